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

import type { KeptnTask, KeptnTaskStatus } from '../../domain/resources';

const FIELDS = [
  'jobName',
  'status',
  'reason',
  'message',
  'startTime',
  'endTime',
] as const;

/**
 * Merge patch that makes a task report a status. The version of the task that was looked at is part of it, so that
 * the API server refuses it when somebody wrote in between.
 */
export function statusPatch(task: KeptnTask, status: KeptnTaskStatus) {
  return {
    metadata: { resourceVersion: task.metadata.resourceVersion },
    status: Object.fromEntries(
      FIELDS.filter(
        field => (task.status?.[field] ?? '') !== (status[field] ?? ''),
      ).map(field => [field, status[field] ?? null]),
    ),
  };
}
