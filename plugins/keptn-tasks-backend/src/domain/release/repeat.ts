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

import { toMs } from '../time';
import { ATTEMPT_ANNOTATION, REPEAT_ANNOTATION } from './annotations';
import type { VersionObject, VersionStatus } from './phase/Phase';
import { isCompleted } from './phase/states';
import { statusTime } from './phase/statusTime';
import type { KeptnWorkloadVersion } from './resources';

/** More than anybody repeats; what people write there may be anything. */
const MAX_ATTEMPT = 1_000_000;
/** Kubernetes takes no later times. */
const MAX_TIME_MS = Date.UTC(9999, 0);

/** Which attempt a version is at, from 1. */
export function attemptOf({ metadata }: VersionObject): number {
  const attempt = Number(metadata.annotations?.[ATTEMPT_ANNOTATION]);
  return Number.isInteger(attempt) && attempt > 0 && attempt <= MAX_ATTEMPT
    ? attempt
    : 1;
}

/** When somebody asked for its checks to be repeated, in milliseconds. */
export function repeatRequestedMs({
  metadata,
}: VersionObject): number | undefined {
  const requestedMs = toMs(metadata.annotations?.[REPEAT_ANNOTATION]);
  return requestedMs !== undefined && requestedMs < MAX_TIME_MS
    ? requestedMs
    : undefined;
}

/** Whether a version will not change again by itself. */
export function isVersionFinished({ status }: VersionObject): boolean {
  return (
    status?.endTime !== undefined ||
    (isCompleted(status?.status) && status?.status !== 'Warning')
  );
}

/**
 * Whether the checks of a version are to begin again: it ended before somebody asked for that. Times are whole seconds,
 * so that what began in the very second of the request counts as before; `startTimeOf` sees to it that the next attempt
 * begins after it.
 */
export function isRepeatDue(version: KeptnWorkloadVersion): boolean {
  const requestedMs = repeatRequestedMs(version);
  if (requestedMs === undefined || !isVersionFinished(version)) {
    return false;
  }
  const { startTime, endTime } = version.status ?? {};
  return (
    (toMs(endTime) ?? 0) <= requestedMs && (toMs(startTime) ?? 0) <= requestedMs
  );
}

/** When the attempt begins that begins now. */
export function startTimeOf(version: VersionObject, now: Date): string {
  const requestedMs = repeatRequestedMs(version);
  return statusTime(
    requestedMs === undefined
      ? now
      : new Date(Math.max(now.getTime(), requestedMs + 1_000)),
  );
}

/** The status of an attempt that has not begun. */
export function freshStatus(): VersionStatus {
  return { status: 'Pending' };
}
