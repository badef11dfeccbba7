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
import { isTerminal } from '../job/podState';
import { isAvailable } from '../workload/availability';
import { byAge } from '../workload/byAge';
import { resolvePercent } from '../workload/percent';
import { HASH_LABEL } from './daemonPod';

/** One node as a DaemonSet sees it. */
export interface NodeView {
  name: string;
  /** The DaemonSet wants a Pod here. */
  wanted: boolean;
  /** The DaemonSet's Pods here, those that are on their way out included. */
  pods: KubeObject[];
}

/** What is to be done next. */
export interface DaemonPlan {
  /** Names of nodes that get a Pod. */
  create: string[];
  remove: KubeObject[];
}

/** Makes missing Pods and removes those that ended, are too many, or are where none is wanted. */
export function planPods(set: KubeObject, nodes: NodeView[]): DaemonPlan {
  const plan: DaemonPlan = { create: [], remove: [] };
  for (const { name, wanted, pods } of nodes) {
    const staying = pods.filter(pod => !pod.metadata.deletionTimestamp);
    if (!wanted) {
      plan.remove.push(...staying);
    } else if (pods.length === 0) {
      plan.create.push(name);
    } else {
      const running = staying.filter(pod => !isTerminal(pod)).sort(byAge);
      const surplus = surges(set) ? [] : running.slice(1);
      plan.remove.push(...staying.filter(isTerminal), ...surplus);
    }
  }
  return plan;
}

/** Replaces Pods of old templates, as many at a time as the DaemonSet allows. */
export function planUpdate(
  set: KubeObject,
  nodes: NodeView[],
  hash: string,
): DaemonPlan {
  const wanted = nodes.filter(node => node.wanted);
  const views = wanted.map(({ name, pods }) => {
    const running = pods.filter(
      pod => !pod.metadata.deletionTimestamp && !isTerminal(pod),
    );
    const isNew = (pod: KubeObject) =>
      pod.metadata.labels?.[HASH_LABEL] === hash;
    return {
      name,
      fresh: running.find(isNew),
      old: running.find(pod => !isNew(pod)),
    };
  });
  const works = (pod: KubeObject) => isAvailable(pod, set.spec.minReadySeconds);
  return surges(set)
    ? surge(views, amount(set, 'maxSurge', wanted.length), works)
    : replace(views, amount(set, 'maxUnavailable', wanted.length), works);
}

interface Replacement {
  name: string;
  fresh?: KubeObject;
  old?: KubeObject;
}

/** An old Pod goes before its successor comes; those that do no work go at once. */
function replace(
  views: Replacement[],
  maxUnavailable: number,
  works: (pod: KubeObject) => boolean,
): DaemonPlan {
  const missing = views.filter(({ fresh, old }) =>
    fresh ? !works(fresh) : !old,
  ).length;
  const old = views.flatMap(view => (view.old && !view.fresh ? view.old : []));
  const working = old.filter(works);
  const room = Math.max(0, maxUnavailable - missing);
  return {
    create: [],
    remove: [...old.filter(pod => !works(pod)), ...working.slice(0, room)],
  };
}

/** An old Pod goes when its successor works. */
function surge(
  views: Replacement[],
  maxSurge: number,
  works: (pod: KubeObject) => boolean,
): DaemonPlan {
  const both = views.filter(({ fresh, old }) => fresh && old);
  const waiting = both.filter(({ fresh }) => !works(fresh!));
  const due = views.filter(({ fresh, old }) => old && !fresh);
  const atOnce = due.filter(({ old }) => !works(old!));
  const others = due.filter(({ old }) => works(old!));
  const room = Math.max(0, maxSurge - waiting.length);
  return {
    create: [...atOnce, ...others.slice(0, room)].map(({ name }) => name),
    remove: both.filter(({ fresh }) => works(fresh!)).map(({ old }) => old!),
  };
}

function surges(set: KubeObject): boolean {
  return amount(set, 'maxSurge', 1) > 0;
}

function amount(
  { spec }: KubeObject,
  field: 'maxSurge' | 'maxUnavailable',
  nodes: number,
): number {
  return resolvePercent(
    spec.updateStrategy?.rollingUpdate?.[field],
    nodes,
    'up',
  );
}
