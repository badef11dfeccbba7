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

import { randomUUID } from 'crypto';
import { isReleaseFinished } from 'backstage-plugin-keptn-tasks-common';
import { toMillis, toText } from '../columns';
import type { ReleaseSighting } from '../ReleaseStore';
import { defined } from '../rows';
import type { BigIntColumn } from '../tables';
import {
  bodyOf,
  bodyOfSighting,
  hashOf,
  type ReleaseBody,
  toBody,
} from './rows';
import type { ReleaseRow } from './tables';

/** A release as it is first seen, without the number that the database gives it. */
export function rowOfSighting(
  sighting: ReleaseSighting,
  subjectId: number,
  now: number,
): Omit<ReleaseRow, 'seq'> {
  const { release } = sighting;
  // An attempt begins long after its object was made.
  const createdAt =
    toMillis(sighting.attempt > 1 ? release.startedAt : release.createdAt) ??
    now;
  return {
    id: randomUUID(),
    subject_id: subjectId,
    cluster: sighting.cluster,
    namespace: sighting.namespace,
    object_uid: sighting.uid,
    attempt: sighting.attempt,
    version: toText(release.version, 255)!,
    state: release.state,
    created_at: createdAt,
    finished_at: finishedAt(sighting, now),
    activated_at: null,
    asked_at: createdAt,
    deleted_at: null,
    gate_by: null,
    gate_at: null,
    hash: hashOf(sighting),
    body: toBody(bodyOfSighting(sighting)),
  };
}

/** The row after a sighting. A finished release keeps its outcome: only what holds its Pods, and notes, still change. */
export function applySighting(
  row: ReleaseRow,
  sighting: ReleaseSighting,
  now: number,
): ReleaseRow {
  const seen = { ...row, hash: hashOf(sighting), deleted_at: null };
  if (row.finished_at !== null) {
    const body = bodyAfterEnd(bodyOf(row), bodyOfSighting(sighting));
    return { ...seen, body: toBody(body) };
  }
  return {
    ...seen,
    state: sighting.release.state,
    finished_at: finishedAt(sighting, now),
    body: toBody(bodyOfSighting(sighting)),
  };
}

/** The row after its object was deleted. Nothing of it holds anything any more. */
export function applyDeletion(row: ReleaseRow, at: number): ReleaseRow {
  const { hold: _hold, gatedPods: _gatedPods, ...body } = bodyOf(row);
  const gone = { ...row, deleted_at: at };
  if (row.finished_at !== null) return { ...gone, body: toBody(body) };
  return {
    ...gone,
    state: 'Deprecated',
    finished_at: at,
    body: toBody({
      ...body,
      phases: body.phases.map(phase => ({
        ...skipped(phase),
        items: phase.items.map(skipped),
      })),
      reason: 'ObjectDeleted',
      message: `${body.name} was deleted from the cluster before it had finished.`,
    }),
  };
}

/** When the step to a row happened, which is earlier than now if nobody was there to see it. */
export function timeOfStep(
  before: ReleaseRow | undefined,
  after: ReleaseRow,
  now: number,
): BigIntColumn {
  if (after.finished_at !== null) {
    return before?.finished_at ? now : after.finished_at;
  }
  if (!before) return after.created_at;
  const [was, is] = [bodyOf(before), bodyOf(after)];
  if (was.phase !== is.phase) {
    const began = is.phases.find(({ name }) => name === is.phase)?.startedAt;
    return toMillis(began) ?? now;
  }
  return now;
}

function bodyAfterEnd(kept: ReleaseBody, seen: ReleaseBody): ReleaseBody {
  const notes = [...new Set([...(kept.notes ?? []), ...(seen.notes ?? [])])];
  return defined<ReleaseBody>({
    ...kept,
    notes: notes.length > 0 ? notes : undefined,
    gateReleased: seen.gateReleased ?? kept.gateReleased,
    // Pods may go on waiting, or be let go, after the checks have failed.
    hold: seen.hold,
    gatedPods: seen.gatedPods,
    // Whoever let them go wants to see them run, as long as anybody follows them.
    rollout:
      seen.gateReleased && seen.rollout?.desired !== undefined
        ? seen.rollout
        : kept.rollout,
  });
}

function skipped<T extends { state: ReleaseRow['state'] }>(one: T): T {
  return isReleaseFinished(one.state) ? one : { ...one, state: 'Deprecated' };
}

function finishedAt({ release }: ReleaseSighting, now: number): number | null {
  if (!isReleaseFinished(release.state)) return null;
  return toMillis(release.finishedAt) ?? now;
}
