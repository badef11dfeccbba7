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

import type {
  Release,
  ReleaseItem,
  ReleasePhase,
  ReleasePhaseName,
} from 'backstage-plugin-keptn-tasks-common';

const BEFORE_DEPLOYMENT: ReadonlySet<ReleasePhaseName | undefined> = new Set<
  ReleasePhaseName | undefined
>(['preTasks', 'preEvaluations']);

/** Whether a phase holds the deployment until it has passed. */
export function isBeforeDeployment(name: ReleasePhaseName | undefined) {
  return BEFORE_DEPLOYMENT.has(name);
}

/** The phases with something to tell. The deployment is always one of them. */
export function shownPhases({ phases }: Release): ReleasePhase[] {
  return phases.filter(
    ({ name, items, message, state }) =>
      name === 'deployment' ||
      items.length > 0 ||
      message !== undefined ||
      state === 'Failed' ||
      state === 'Warning',
  );
}

/**
 * The item that is to blame for how a release ended: the first that failed in a phase that failed, otherwise the first
 * that failed where failures do not block.
 */
export function failedItem(
  release: Release,
): { item: ReleaseItem; phase: ReleasePhase } | undefined {
  const failed = release.phases
    .flatMap(phase => phase.items.map(item => ({ item, phase })))
    .filter(({ item }) => item.state === 'Failed' || item.state === 'Warning')
    .sort((a, b) =>
      (a.item.finishedAt ?? '').localeCompare(b.item.finishedAt ?? ''),
    );
  return failed.find(({ phase }) => phase.state === 'Failed') ?? failed[0];
}

/** Whether something of a release is going on right now, rather than waiting. */
export function isMoving({ phases }: Release): boolean {
  return phases.some(({ name, state, items }) =>
    name === 'deployment'
      ? state === 'Progressing'
      : items.some(item => item.state === 'Progressing'),
  );
}

/** Which check a release did not pass, in a word. */
export function endedBecauseOf(release: Release): string | undefined {
  const { state } = release;
  return state === 'Failed' || state === 'Warning'
    ? failedItem(release)?.item.definition
    : undefined;
}
