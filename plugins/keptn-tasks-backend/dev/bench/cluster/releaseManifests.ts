/*
 * Copyright 2026 The Keptn Tasks for Backstage Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

import type { NewObject } from '../../../src/cluster/ClusterClient';
import { SCHEDULING_GATE } from '../../../src/domain/release/annotations';

/** Names of the definitions that each release runs around its deployment. */
export const PRE = 'before';
export const POST = 'after';

/**
 * A workload that is an app of its own: one task before its deployment, one after it, and a gate in its Pod template.
 * Its Pod runs for ever and is ready at once.
 */
export function workloadManifest(
  namespace: string,
  name: string,
  version: string,
): NewObject<'Deployment'> {
  return {
    metadata: { namespace, name },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: {
          labels: { app: name },
          annotations: {
            'keptn.sh/workload': name,
            'keptn.sh/version': version,
            'keptn.sh/pre-deployment-tasks': PRE,
            'keptn.sh/post-deployment-tasks': POST,
          },
        },
        spec: {
          schedulingGates: [{ name: SCHEDULING_GATE }],
          terminationGracePeriodSeconds: 0,
          containers: [{ name: 'server', image: 'nginx:1.27' }],
        },
      },
    },
  };
}
