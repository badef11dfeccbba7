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

let sequence = 0;

/** `<object>.<nanoseconds in hex>`, as client-go names events; the low digits keep names apart. */
export function eventName(about: KubeObject): string {
  sequence = (sequence + 1) % 1_000_000;
  const nanos = BigInt(Date.now()) * 1_000_000n + BigInt(sequence);
  return `${about.metadata.name}.${nanos.toString(16)}`;
}

/** `involvedObject` of an event. */
export function eventReference(about: KubeObject, fieldPath?: string) {
  return {
    kind: about.kind,
    namespace: about.metadata.namespace,
    name: about.metadata.name,
    uid: about.metadata.uid,
    apiVersion: about.apiVersion,
    resourceVersion: about.metadata.resourceVersion,
    ...(fieldPath && { fieldPath }),
  };
}
