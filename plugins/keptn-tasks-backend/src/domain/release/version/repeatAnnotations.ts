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

import { toMs } from '../../time';
import { ATTEMPT_ANNOTATION, REPEAT_ANNOTATION } from '../annotations';
import { statusTime } from '../phase/statusTime';
import { attemptOf } from '../repeat';
import type { KeptnWorkloadVersion } from '../resources';

/** What asks a version that has ended to begin its checks afresh: a time that is not before its end, and a number. */
export function repeatAnnotations(
  version: KeptnWorkloadVersion,
  askedAtMs: number,
): Record<string, string> {
  const { startTime, endTime } = version.status ?? {};
  const atMs = Math.max(askedAtMs, nextSecond(startTime), nextSecond(endTime));
  return {
    [REPEAT_ANNOTATION]: statusTime(new Date(atMs)),
    [ATTEMPT_ANNOTATION]: String(attemptOf(version) + 1),
  };
}

/** Times of requests are whole seconds, and must not come before a fraction of one. */
function nextSecond(time: string | undefined): number {
  return Math.ceil((toMs(time) ?? 0) / 1_000) * 1_000;
}
