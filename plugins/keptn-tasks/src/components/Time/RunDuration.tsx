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

import { isRunFinished, type Run } from 'backstage-plugin-keptn-tasks-common';
import { useNow } from '../../hooks/useNow';
import { durationBetween, formatDuration } from '../../lib/duration';

/** How long a run took, or has been at it so far: then it counts up. Nothing for a run that has not begun. */
export function RunDuration(props: {
  run: Pick<Run, 'state' | 'startedAt' | 'finishedAt'>;
}) {
  const { state, startedAt, finishedAt } = props.run;
  const underWay = !isRunFinished(state) && startedAt !== undefined;
  const now = useNow(underWay ? 1_000 : undefined);
  const durationMs = durationBetween(startedAt, finishedAt, now);
  return <>{durationMs === undefined ? '–' : formatDuration(durationMs)}</>;
}
