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

import { useNow } from '../../hooks/useNow';
import { durationBetween, formatDuration } from '../../lib/duration';
import { formatAbsoluteTime } from '../../lib/relativeTime';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** How long something took, or has been going on: then it counts up. Nothing for what has not begun. */
export function Elapsed(props: {
  from: string | undefined;
  to?: string;
  /** Counts in tens of seconds and in minutes: for sentences, which are read out whenever they change. */
  calm?: boolean;
}) {
  const { from, to, calm } = props;
  const interval = calm ? 10 * SECOND_MS : SECOND_MS;
  const now = useNow(from && !to ? interval : undefined);
  const durationMs = durationBetween(from, to, now);
  if (!from || durationMs === undefined) return <>–</>;
  return (
    <time dateTime={from} title={formatAbsoluteTime(from)}>
      {to && durationMs < SECOND_MS
        ? // Kubernetes tells whole seconds.
          '< 1 s'
        : formatDuration(calm ? inSteps(durationMs) : durationMs)}
    </time>
  );
}

function inSteps(ms: number): number {
  const step = ms < MINUTE_MS ? 10 * SECOND_MS : MINUTE_MS;
  return Math.max(10 * SECOND_MS, Math.floor(ms / step) * step);
}
