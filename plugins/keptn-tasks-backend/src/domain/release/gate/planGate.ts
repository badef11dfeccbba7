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

import type { V1Pod } from '@kubernetes/client-node';
import type { Notice } from '../../plan';
import { OPTED_IN, OPT_IN_ANNOTATION, SCHEDULING_GATE } from '../annotations';
import type { Words } from '../identity/keys';
import { KEYS, lookUp } from '../identity/keys';
import type { GateMode } from '../settings';
import type { ClearedRevisions, ObservedRevision } from './ObservedRevision';
import { gateRemovalPatch } from './schedulingGate';
import type { Clearance } from './whyCleared';
import { whyCleared } from './whyCleared';

/** All that the gate of a Pod depends on. */
export interface GateObservation {
  /** Has our gate. */
  pod: V1Pod;
  mode: GateMode;
  isOptedIn: boolean;
  /** Absent where the Pod belongs to nothing that has revisions. */
  revision?: ObservedRevision;
  /** What people know the Pod's owner by, and all that may name the workload: absent until it was seen. */
  workload?: { kind: string; name: string; words: (Words | undefined)[] };
  cleared: ClearedRevisions;
  /**
   * Name of the StatefulSet that has a newer template and gets no further while this Pod of an older one is not ready.
   * Source: Kubernetes' "forced rollback" of StatefulSets.
   */
  blocks?: string;
}

/** What to do about a gate. */
export interface GatePlan {
  /** The merge patch that opens it; without one it stays. */
  patch?: object;
  /** What to tell about the Pod, afterwards. */
  notices: Notice[];
}

/** Opens a gate when the Pod's revision is cleared, and says why not where it never will be. */
export function planGate(observed: GateObservation): GatePlan {
  const { pod, mode, isOptedIn, revision, cleared } = observed;
  const open = (...notices: Notice[]) => ({
    patch: gateRemovalPatch(pod),
    notices,
  });
  if (mode === 'off') {
    return open(
      opened('Gates are switched off for this cluster; no Pod is held'),
    );
  }
  if (!isOptedIn) {
    return held(
      'NamespaceNotOptedIn',
      `The gate ${SCHEDULING_GATE} keeps this Pod from being scheduled, and nobody takes it off: namespace ${
        pod.metadata!.namespace
      } is not looked after. Annotate the namespace with ${OPT_IN_ANNOTATION}=${OPTED_IN}, or take the gate out of the Pod template.`,
    );
  }
  if (!revision) {
    return held(
      'NoWorkload',
      `The gate ${SCHEDULING_GATE} keeps this Pod from being scheduled, but no ReplicaSet, StatefulSet or DaemonSet controls it, so that it has no checks to pass. Create the Pod without the gate.`,
    );
  }
  const clearance = whyCleared(revision, cleared);
  if (clearance) {
    return open(...some(describeOpening(clearance)));
  }
  if (isNameless(observed)) {
    return namesNobody(observed);
  }
  return observed.blocks ? blocksNewer(observed) : { notices: [] };
}

/** Only where everything that could name it was seen. */
function isNameless({ pod, revision, workload }: GateObservation): boolean {
  return (
    workload !== undefined &&
    revision?.versions.length === 0 &&
    ![pod.metadata, ...workload.words].some(one => lookUp(one, 'workload'))
  );
}

function namesNobody({ workload }: GateObservation): GatePlan {
  const { kind, name } = workload!;
  return held(
    'NoWorkload',
    `The gate ${SCHEDULING_GATE} keeps this Pod from being scheduled, but it names no workload, so that it has no checks to pass. Annotate the Pod template of ${kind} ${name} with ${KEYS.workload.keptn}, or take the gate out of it.`,
  );
}

function blocksNewer({ pod, blocks }: GateObservation): GatePlan {
  const { namespace, name } = pod.metadata!;
  return held(
    'OutdatedPod',
    `StatefulSet ${blocks} has a newer version and waits for this Pod of an older one, whose checks have not passed. Delete the Pod, so that it is made from the newer one: kubectl -n ${namespace} delete pod ${name}`,
  );
}

function held(reason: string, message: string): GatePlan {
  return { notices: [{ type: 'Warning', reason, message }] };
}

/** Nothing is told of the ordinary case: the version's own events do. */
function describeOpening(clearance: Clearance): Notice | undefined {
  switch (clearance.by) {
    case 'version':
      return undefined;
    case 'hand':
      return opened(
        `The gate of ${clearance.version.metadata.name} was released by hand: ${clearance.reason}`,
      );
    case 'earlier-attempt':
      return opened(
        `The checks of ${clearance.version.metadata.name} had passed before they were repeated`,
      );
    case 'age':
      return opened(
        'This version ran before the namespace was looked after; it is taken as it is',
      );
    default:
      return clearance satisfies never;
  }
}

function opened(message: string): Notice {
  return { type: 'Normal', reason: 'GateRemoved', message };
}

function some<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
