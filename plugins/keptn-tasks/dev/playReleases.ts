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
  isReleaseFinished,
  type Release,
  type ReleasePhase,
} from 'backstage-plugin-keptn-tasks-common';
import type { FakeKeptnTasksApi } from '../src/__testUtils__/FakeKeptnTasksApi';

const STEP_MS = 1_500;

/** Lets repeated releases and those whose gate was opened go on until they are through. */
export function playReleases(api: FakeKeptnTasksApi) {
  const known = new Set(api.releases.all().map(({ id }) => id));
  const done = new Set<string>();
  setInterval(() => {
    for (const release of api.releases.all()) {
      const opened = release.gateReleased && !done.has(release.id);
      const repeated = !known.has(release.id);
      if (opened) {
        done.add(release.id);
        api.releases.change(release.id, deployed(release));
      } else if (repeated && !isReleaseFinished(release.state)) {
        api.releases.change(release.id, goOn(release));
      }
    }
  }, STEP_MS);
}

function deployed(release: Release): Partial<Release> {
  return {
    rollout: {
      kind: 'Deployment',
      name: 'checkout',
      desired: 3,
      updated: 3,
      available: 3,
    },
    notes: [...(release.notes ?? []), 'Its Pods were let go by hand.'],
  };
}

/** Ends the phase under way and begins the next one. */
function goOn(release: Release): Partial<Release> {
  const now = new Date().toISOString();
  const index = release.phases.findIndex(
    ({ state }) => !isReleaseFinished(state),
  );
  const phases = release.phases.map((phase, at): ReleasePhase => {
    if (at === index) {
      return {
        ...phase,
        state: 'Succeeded',
        finishedAt: now,
        items: phase.items.map(item => ({
          ...item,
          state: 'Succeeded',
          finishedAt: now,
        })),
      };
    }
    if (at !== index + 1) return phase;
    return {
      ...phase,
      state: 'Progressing',
      startedAt: now,
      items: phase.items.map(item => ({
        ...item,
        state: 'Progressing',
        startedAt: now,
      })),
    };
  });
  const isLast = index === release.phases.length - 1;
  const passedBefore = phases[index].name !== 'preTasks';
  return {
    phases,
    phase: isLast ? undefined : phases[index + 1].name,
    state: isLast ? 'Succeeded' : 'Progressing',
    finishedAt: isLast ? now : undefined,
    gatedPods: passedBefore ? undefined : release.gatedPods,
  };
}
