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

import type { Run } from 'backstage-plugin-keptn-tasks-common';
import type { keptnTasksTranslationRef } from '../../translation';
import { formatActor } from '../../lib/person';
import type { TranslationFunction } from '@backstage/frontend-plugin-api';

type T = TranslationFunction<(typeof keptnTasksTranslationRef)['T']>;

/** Who or what started a run, in a few words. */
export function actorText(run: Run, t: T): string {
  const { source, by } = run.trigger;
  const actor = by ? formatActor(by) : t('trigger.someone');
  switch (source) {
    case 'portal':
      return t('trigger.byPortal', { actor });
    case 'rerun':
      return t('trigger.byRerun', { actor });
    case 'cluster':
      return t('trigger.byCluster', { actor });
    default:
      return run.version
        ? t('trigger.byReleaseVersion', { version: run.version })
        : t('trigger.byRelease');
  }
}
