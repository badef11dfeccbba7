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
  type Environment,
  type Release,
} from 'backstage-plugin-keptn-tasks-common';
import { releaseLabel } from './releaseNames';

/** What repeating the checks of a release does. */
export interface RepeatPlan {
  /** Its own tasks and evaluations, which run again. */
  checks: string[];
  /** Of an app, the workloads whose failed checks run again, by their names. */
  workloads: string[];
  /** Something of it still runs and is stopped. */
  stopsRunning: boolean;
}

/** What will happen when the checks of a release are repeated, as far as it is known. */
export function planRepeat(
  release: Release,
  environment: Environment | undefined,
): RepeatPlan {
  const failed =
    release.kind === 'app'
      ? environment?.workloads.filter(({ state }) => state === 'Failed') ?? []
      : [];
  const definitions = release.phases.flatMap(({ items }) =>
    items.map(({ definition }) => definition),
  );
  return {
    checks: [...new Set(definitions)],
    workloads: failed.map(releaseLabel).sort(),
    stopsRunning: !isReleaseFinished(release.state),
  };
}

/**
 * Whether the checks of a release can be repeated: those of an app's version always, those of a workload's version
 * when it has failed.
 */
export function canRepeat({ kind, state }: Release): boolean {
  return kind === 'app' ? state !== 'Deprecated' : state === 'Failed';
}
