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
import { podRequests } from '../common/podRequests';

interface Placed {
  node: string;
  requests: Map<string, number>;
}

/** How much of each node is taken by the Pods on it. */
export class NodeUsage {
  private readonly placed = new Map<string, Placed>();

  private readonly totals = new Map<string, Map<string, number>>();

  /** Counts a Pod that is on a node; again for the same Pod changes nothing. */
  add(pod: KubeObject): void {
    const { uid } = pod.metadata;
    if (this.placed.has(uid)) return;
    const requests = podRequests(pod).set('pods', 1);
    const entry = { node: pod.spec.nodeName, requests };
    this.placed.set(uid, entry);
    this.count(entry, 1);
  }

  /** Tells whether the Pod took any room. */
  remove(pod: KubeObject): boolean {
    const entry = this.placed.get(pod.metadata.uid);
    if (!entry) return false;
    this.placed.delete(pod.metadata.uid);
    this.count(entry, -1);
    return true;
  }

  /** What is taken of a resource of a node; Pods count as the resource `pods`. */
  used(node: string, resource: string): number {
    return this.totals.get(node)?.get(resource) ?? 0;
  }

  private count({ node, requests }: Placed, sign: 1 | -1): void {
    const totals = this.totals.get(node) ?? new Map<string, number>();
    this.totals.set(node, totals);
    for (const [name, value] of requests) {
      totals.set(name, (totals.get(name) ?? 0) + sign * value);
    }
  }
}
