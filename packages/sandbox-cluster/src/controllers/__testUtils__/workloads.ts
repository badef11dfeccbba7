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

import { KubeObject } from '../../ClusterApi';

/** A container of an image that the sandbox has no program for. */
export const SERVER = { name: 'main', image: 'ghcr.io/acme/checkout:2.4.0' };

/** A container that never starts: its image cannot be pulled. */
export const BROKEN = { name: 'main', image: 'registry.invalid/none:1' };

/** The body of a workload of any kind, to be given to `TestCluster.create`. */
export function workload(
  name: string,
  spec: Record<string, any> = {},
  podSpec: Record<string, any> = {},
) {
  return {
    name,
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [SERVER], ...podSpec },
      },
      ...spec,
    },
  };
}

/** A change that gives a workload another template. */
export function version(name: string) {
  const annotations = { version: name };
  return { spec: { template: { metadata: { annotations } } } };
}

/** Whether a Deployment has everything that it wants, from its present template. */
export function isRolledOut({ spec, status, metadata }: KubeObject): boolean {
  return (
    status.observedGeneration === metadata.generation &&
    status.updatedReplicas === spec.replicas &&
    status.replicas === spec.replicas &&
    status.availableReplicas === spec.replicas
  );
}

/** A condition as `status reason`. */
export function conditionOf({ status }: KubeObject, type: string) {
  const found = (status?.conditions ?? []).find(
    (condition: any) => condition.type === type,
  );
  return found && `${found.status} ${found.reason}`;
}
