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

import type { V1Job } from '@kubernetes/client-node';
import { jobOutcome } from '../jobOutcome';

/** Reasons of ours for a Job that used up its attempts. */
const REFINED = new Set([
  'ExitCode',
  'OutOfMemory',
  'Evicted',
  'NodeLost',
  'StartFailed',
]);

/**
 * The reason that a failed KeptnTask reports: the one on its Job, which is what Keptn reports and scripts look for.
 * What it means is in the message and, as a reason, in the history.
 */
export function statusReasonOf(reason: string, job: V1Job | undefined): string {
  const outcome = job && jobOutcome(job);
  if (!outcome || outcome.type !== 'failed') {
    return reason;
  }
  return REFINED.has(reason) || reason === outcome.reason
    ? outcome.reason
    : reason;
}
