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

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { keptnTasksTranslationRef } from '../../translation';
import { useTasks } from './TasksContext';

const RIGHTS = {
  run: 'mayRun',
  cancel: 'mayCancel',
  repeat: 'mayRepeat',
  openGate: 'mayOpenGate',
} as const;

/** Why the reader may not do something; undefined when nothing is against it. */
export function useReasonAgainst(
  what: keyof typeof RIGHTS,
): string | undefined {
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { permissions } = useTasks();
  if (permissions[RIGHTS[what]]) return undefined;
  return t(permissions.loading ? 'permission.checking' : `permission.${what}`);
}
