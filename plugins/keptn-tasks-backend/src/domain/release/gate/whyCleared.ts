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

import {
  ATTEMPT_ANNOTATION,
  RELEASE_GATE_ANNOTATION,
  RELEASE_GATE_AT_ANNOTATION,
  RELEASE_GATE_BY_ANNOTATION,
} from '../annotations';
import { isCleared } from '../cleared';
import type { KeptnWorkloadVersion } from '../resources';
import type { ClearedRevisions, ObservedRevision } from './ObservedRevision';

/** A namespace opts in and gets its workloads by one command; what is older than this ran before. */
const OPT_IN_SLACK_MS = 60_000;

/** Why the Pods of a revision may run. */
export type Clearance =
  /** The checks of this version let it go. */
  | { by: 'version'; version: KeptnWorkloadVersion }
  /** Somebody did. */
  | { by: 'hand'; version: KeptnWorkloadVersion; who?: string; reason: string }
  /** The checks of this version let it go, and are being repeated. */
  | { by: 'earlier-attempt'; version: KeptnWorkloadVersion }
  /** It was there first. */
  | { by: 'age' };

/** Why the Pods of a revision may run; `undefined` while they may not. */
export function whyCleared(
  revision: ObservedRevision,
  cleared: ClearedRevisions,
): Clearance | undefined {
  const { key, versions } = revision;
  const version = versions.find(isCleared);
  if (version) {
    return byHand(version) ?? { by: 'version', version };
  }
  // Repeating the checks of what runs must not take its Pods away: an evicted one could not come back.
  const repeated = cleared.keys.has(key)
    ? versions.find(
        one => Number(one.metadata.annotations?.[ATTEMPT_ANNOTATION] ?? 1) > 1,
      )
    : undefined;
  if (repeated) {
    return { by: 'earlier-attempt', version: repeated };
  }
  return isTakenAsItIs(revision, cleared) || wasLetGoBefore(revision, cleared)
    ? { by: 'age' }
    : undefined;
}

/**
 * Whether a revision was rolled out before its namespace was looked after. It counts as cleared and gets no objects:
 * what runs is neither checked after the fact nor kept from scaling. One whose Pods are all held never ran, and is
 * checked like any other.
 */
export function isTakenAsItIs(
  { key, createdAt, versions, gatedPods, freePods }: ObservedRevision,
  { since, keys }: ClearedRevisions,
): boolean {
  return (
    versions.length === 0 &&
    isBefore(createdAt, since) &&
    (gatedPods === 0 || freePods > 0 || keys.has(key))
  );
}

/**
 * Keptn's own operator lets the Pods of a version go whose checks have failed. Where it was at work before us, they
 * run, and stay free.
 */
function wasLetGoBefore(
  { createdAt, versions, freePods }: ObservedRevision,
  { since }: ClearedRevisions,
): boolean {
  return (
    freePods > 0 &&
    isBefore(createdAt, since) &&
    versions.every(({ status }) =>
      isBefore(new Date(status?.endTime ?? NaN), since),
    )
  );
}

function isBefore(time: Date, since: Date): boolean {
  return time.getTime() < since.getTime() - OPT_IN_SLACK_MS;
}

function byHand(version: KeptnWorkloadVersion): Clearance | undefined {
  const { annotations } = version.metadata;
  const reason = annotations?.[RELEASE_GATE_ANNOTATION];
  return reason
    ? {
        by: 'hand',
        version,
        reason,
        who: annotations[RELEASE_GATE_BY_ANNOTATION],
      }
    : undefined;
}

/** The same in a few words, as the ConfigMap has it. Says nothing that changes by itself. */
export function describeClearance(clearance: Clearance): string {
  switch (clearance.by) {
    case 'version':
    case 'earlier-attempt': {
      const { metadata, status } = clearance.version;
      const at = status?.deploymentStartTime ?? status?.startTime;
      return at ? `${metadata.name}, cleared ${at}` : metadata.name;
    }
    case 'hand': {
      const { name, annotations } = clearance.version.metadata;
      const at = annotations?.[RELEASE_GATE_AT_ANNOTATION];
      return [`${name}, released by hand`, at].filter(Boolean).join(' ');
    }
    case 'age':
      return 'ran before the namespace was opted in';
    default:
      return clearance satisfies never;
  }
}
