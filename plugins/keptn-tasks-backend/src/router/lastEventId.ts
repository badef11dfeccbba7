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

import type { Request } from 'express';
import type { StreamPosition } from '../service/RunService';

/** Where a reader of a stream has stopped, if it says so with a whole number from 0 to `max`. */
export function lastEventId(
  req: Pick<Request, 'header'>,
  max: number,
): number | undefined {
  const given = req.header('last-event-id');
  const id = given ? Number(given) : NaN;
  return Number.isInteger(id) && id >= 0 && id <= max ? id : undefined;
}

/**
 * Where a reader of the streams of runs and releases has stopped: `<run>.<release>`. A whole number alone is about runs,
 * and releases are then told from now on.
 */
export function lastPosition(
  req: Pick<Request, 'header'>,
): Partial<StreamPosition> {
  const given = /^(\d{1,15})(?:\.(\d{1,15}))?$/.exec(
    req.header('last-event-id') ?? '',
  );
  if (!given) return {};
  const [, runs, releases] = given;
  return {
    runs: Number(runs),
    ...(releases === undefined ? {} : { releases: Number(releases) }),
  };
}

/** What `lastPosition` reads. */
export function positionId({ runs, releases }: StreamPosition): string {
  return `${runs}.${releases}`;
}
