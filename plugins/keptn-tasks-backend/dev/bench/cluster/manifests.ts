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

/** A definition whose task prints a line and ends at once, so that the time is the reconciler's. */
export function definitionManifest(
  namespace: string,
  name: string,
): NewObject<'KeptnTaskDefinition'> {
  return {
    metadata: { namespace, name },
    spec: {
      retries: 0,
      timeout: '5m',
      container: {
        name: 'check',
        image: 'busybox:1.36',
        command: ['sh', '-c', 'echo checked'],
      },
    },
  };
}

/** A task as Keptn's operator would have made it for a workload. */
export function taskManifest(
  namespace: string,
  name: string,
  definition: string,
): NewObject<'KeptnTask'> {
  return {
    metadata: { namespace, name },
    spec: {
      taskDefinition: definition,
      context: {
        appName: 'shop',
        appVersion: '1.4.2',
        workloadName: 'shop-checkout',
        workloadVersion: '1.4.2',
        taskType: 'pre',
        objectType: 'Workload',
      },
      parameters: { map: { url: 'https://shop.example.com/healthz' } },
      checkType: 'pre',
    },
  };
}
