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

import { KubeObject, NewObject, ObjectMeta } from '../../ClusterApi';
import { controllerReference } from './owners';

/** A new Pod of a workload, made from a Pod template and what the workload adds to its metadata. */
export function podFromTemplate(
  owner: KubeObject,
  template: Record<string, any>,
  metadata: Partial<ObjectMeta>,
): NewObject {
  const { labels, annotations, finalizers } = template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace: owner.metadata.namespace,
      ...(annotations && { annotations: { ...annotations } }),
      ...(finalizers && { finalizers: [...finalizers] }),
      ownerReferences: [controllerReference(owner)],
      ...metadata,
      labels: { ...labels, ...metadata.labels },
    },
    spec: structuredClone(template.spec),
  };
}
