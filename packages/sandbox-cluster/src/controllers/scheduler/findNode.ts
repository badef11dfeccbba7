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
import { parseQuantity } from '../common/quantity';
import { NodeUsage } from './NodeUsage';
import { untoleratedTaint, wantsNode } from './nodeAffinity';

/** The node for a Pod, or the scheduler's words about why there is none. */
export type Placement = { node: string } | { message: string };

interface Misfit {
  /** Why this node is not the one, e.g. `Insufficient cpu`. */
  reasons: string[];
  /** Whether it would fit if other Pods were gone. */
  couldPreempt: boolean;
}

/** Places a Pod on the first node that it fits, given what is taken already. */
export function findNode(
  pod: KubeObject,
  nodes: KubeObject[],
  usage: NodeUsage,
): Placement {
  const misfits: Misfit[] = [];
  for (const node of nodes) {
    const misfit = checkNode(pod, node, usage);
    if (!misfit) return { node: node.metadata.name };
    misfits.push(misfit);
  }
  return { message: explain(misfits) };
}

function checkNode(
  pod: KubeObject,
  node: KubeObject,
  usage: NodeUsage,
): Misfit | undefined {
  const never = (reason: string) => ({
    reasons: [reason],
    couldPreempt: false,
  });
  if (node.spec?.unschedulable) return never('node(s) were unschedulable');
  const taint = untoleratedTaint(pod, node);
  if (taint) return never(`node(s) had untolerated taint ${taint}`);
  if (!wantsNode(pod, node)) {
    return never("node(s) didn't match Pod's node affinity/selector");
  }
  return checkResources(pod, node, usage);
}

function checkResources(
  pod: KubeObject,
  node: KubeObject,
  usage: NodeUsage,
): Misfit | undefined {
  const allocatable = (name: string) =>
    parseQuantity(node.status?.allocatable?.[name]);
  const { name: nodeName } = node.metadata;
  const reasons: string[] = [];
  let couldPreempt = true;
  if (usage.used(nodeName, 'pods') + 1 > allocatable('pods')) {
    reasons.push('Too many pods');
  }
  for (const [name, value] of podRequests(pod)) {
    if (value === 0) continue;
    if (value + usage.used(nodeName, name) <= allocatable(name)) continue;
    reasons.push(`Insufficient ${name}`);
    if (value > allocatable(name)) couldPreempt = false;
  }
  return reasons.length > 0 ? { reasons, couldPreempt } : undefined;
}

function explain(misfits: Misfit[]): string {
  const total = misfits.length;
  if (total === 0) return 'no nodes available to schedule pods';
  const counts = count(misfits.flatMap(({ reasons }) => reasons));
  const preemption = count(
    misfits.map(({ couldPreempt }) =>
      couldPreempt
        ? 'No preemption victims found for incoming pod'
        : 'Preemption is not helpful for scheduling',
    ),
  );
  const head = `0/${total} nodes are available`;
  return `${head}: ${counts}. no new claims to deallocate, preemption: ${head}: ${preemption}.`;
}

function count(reasons: string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .map(([reason, number]) => `${number} ${reason}`)
    .sort()
    .join(', ');
}
