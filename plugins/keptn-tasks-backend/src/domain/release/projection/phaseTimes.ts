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

import { toIso } from '../../time';
import type { Phase, PhaseLook, VersionStatus } from '../phase/Phase';
import { hasPassed } from '../phase/states';

/** When a phase began and ended. */
export interface PhaseTimes {
  startedAt?: string;
  finishedAt?: string;
}

/**
 * When each phase began and ended. The resources keep the times of the version, of its deployment and of its items
 * only; the rest follows from them, because a phase begins when the one before it has ended.
 */
export function phaseTimes<Look extends PhaseLook>(
  phases: readonly Phase<Look>[],
  { status, now }: Pick<PhaseLook, 'status' | 'now'>,
): PhaseTimes[] {
  let begin = toIso(status.startTime);
  return phases.map((phase, index) => {
    const state = status[phase.stateField];
    const startedAt =
      phase.stateField === 'deploymentStatus'
        ? toIso(status.deploymentStartTime) ?? begin
        : begin;
    if (hasPassed(state)) {
      const finishedAt =
        endOfItems(phase, status, startedAt) ??
        beginOfNext(phases.slice(index + 1), status) ??
        toIso(status.endTime) ??
        now.toISOString();
      begin = latest(startedAt, finishedAt);
      return { startedAt, finishedAt: begin };
    }
    begin = undefined;
    if (state === 'Failed') {
      return { startedAt, finishedAt: toIso(status.endTime) };
    }
    return status.currentPhase === phase.name ? { startedAt } : {};
  });
}

/** A phase of items ends with the last of them, one without any at once. */
function endOfItems<Look extends PhaseLook>(
  { items }: Phase<Look>,
  status: VersionStatus,
  startedAt: string | undefined,
): string | undefined {
  if (!items) {
    return undefined;
  }
  return latest(
    startedAt,
    ...(status[items.field] ?? []).map(({ endTime }) => toIso(endTime)),
  );
}

/** Its items are made as soon as a phase begins. */
function beginOfNext<Look extends PhaseLook>(
  phases: readonly Phase<Look>[],
  status: VersionStatus,
): string | undefined {
  return phases
    .flatMap(({ items }) =>
      items
        ? (status[items.field] ?? []).map(({ startTime }) => startTime)
        : [],
    )
    .flatMap(time => toIso(time) ?? [])
    .sort()[0];
}

function latest(...times: (string | undefined)[]): string | undefined {
  return times
    .filter(time => time !== undefined)
    .sort()
    .at(-1);
}
