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
import { parseQuantity } from './quantity';

/** Sum of what the containers of a Pod request, at least what its largest init container does. */
export function podRequests(pod: KubeObject): Map<string, number> {
  const total = new Map<string, number>();
  for (const container of pod.spec.containers ?? []) {
    for (const [name, value] of requests(container)) {
      total.set(name, (total.get(name) ?? 0) + value);
    }
  }
  for (const container of pod.spec.initContainers ?? []) {
    for (const [name, value] of requests(container)) {
      total.set(name, Math.max(total.get(name) ?? 0, value));
    }
  }
  return total;
}

function requests(container: any): Array<[string, number]> {
  // A limit without a request is the request; the API server defaults it, a bare object may not have it.
  const merged = {
    ...container.resources?.limits,
    ...container.resources?.requests,
  };
  return Object.entries(merged).map(([name, value]) => [
    name,
    parseQuantity(value as string),
  ]);
}
