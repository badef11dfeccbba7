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

import type { KeptnTask } from '../resources';
import type { AppLook } from './appPhases';
import { appPhases } from './appPhases';
import { leftoverTasks } from './phase/leftovers';
import { planPhases } from './phase/planPhases';
import { endTimeOf } from './phase/statusTime';
import { isVersionFinished } from './repeat';
import type { VersionPlan } from './VersionPlan';
import { report } from './VersionPlan';

/** All that a decision about a version of an app depends on. */
export interface AppVersionObservation extends AppLook {
  ownedTasks: KeptnTask[];
  /** Name of the attempt that came after it, if there is one. */
  supersededBy?: string;
}

/**
 * What to do about a version of an app. One that has ended is never judged again, whatever is configured later; tasks
 * that it left running are stopped.
 */
export function planAppVersion(observed: AppVersionObservation): VersionPlan {
  const { version, now, ownedTasks, supersededBy } = observed;
  if (!isVersionFinished(version)) {
    return {
      ...planPhases(appPhases, observed, 'AppCompleted'),
      cancellations: [],
    };
  }
  const message = `Superseded by ${supersededBy ?? 'another version'}`;
  const status = {
    ...observed.status,
    endTime: observed.status.endTime ?? endTimeOf(observed.status, now),
  };
  return report(status, {
    cancellations: leftoverTasks(ownedTasks, status, appPhases, message),
    ...(status.status === 'Deprecated' && { message: `${message}.` }),
  });
}
