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

import type { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  ReleaseDetail,
  RunDetail,
} from 'backstage-plugin-keptn-tasks-common';
import type { CallOptions, StartedRun } from './RunService';

/** Writes down who does what, and how it went. Values of parameters are not to be among `meta`. */
export async function audited<T extends StartedRun | RunDetail | ReleaseDetail>(
  auditor: AuditorService,
  what: {
    eventId: string;
    request: CallOptions['request'];
    meta: Record<string, string | string[]>;
  },
  work: () => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent({ ...what, severityLevel: 'medium' });
  try {
    const result = await work();
    await event.success({ meta: describe(result) });
    return result;
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
}

function describe(result: StartedRun | RunDetail | ReleaseDetail) {
  if ('release' in result) {
    const { id, cluster, namespace, name } = result.release;
    return { releaseId: id, cluster, namespace, version: name };
  }
  const { run } = 'detail' in result ? result.detail : result;
  return { runId: run.id, taskName: run.taskName };
}
