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

import { createHash } from 'node:crypto';

/** Says that an object in the cluster is ours to change and delete. */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
export const MANAGED_BY = 'keptn-tasks';
export const COMPONENT_LABEL = 'app.kubernetes.io/component';
export const COMPONENT = 'deployment-task';

export const TASK_NAME_LABEL = 'keptn.sh/task-name';
export const TASK_DEFINITION_LABEL = 'keptn.sh/task-definition';
export const PHASE_LABEL = 'keptn.sh/phase';

const MAX_LENGTH = 63;

/**
 * A text as a label value: at most 63 characters, only those that labels allow. A text that has to be changed ends
 * with a hash of the original, so that two texts never become one value.
 */
export function labelValue(text: string): string {
  const cleaned = text
    // What people write may be very long, and then these searches take very long.
    .slice(0, 4 * MAX_LENGTH)
    .replace(/[^A-Za-z0-9_.-]/g, '-')
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
  if (cleaned === text && text.length <= MAX_LENGTH) {
    return text;
  }
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  const head = cleaned
    .slice(0, MAX_LENGTH - hash.length - 1)
    .replace(/[^A-Za-z0-9]+$/, '');
  return head ? `${head}-${hash}` : hash;
}

/** Whether an object carries our managed-by label. */
export function isManaged(object: {
  metadata?: { labels?: Record<string, string> };
}): boolean {
  return object.metadata?.labels?.[MANAGED_BY_LABEL] === MANAGED_BY;
}
