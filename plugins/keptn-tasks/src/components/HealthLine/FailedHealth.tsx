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
import type { Run } from 'backstage-plugin-keptn-tasks-common';
import { formatPlace } from '../../lib/place';
import { keptnTasksTranslationRef } from '../../translation';
import { RunActions } from '../Tasks/RunActions';
import { RelativeTime } from '../Time/RelativeTime';
import { Line } from './Line';
import { Why } from './Why';

/** What failed, where and why, with the way to its log and to another try. */
export function FailedHealth(props: { run: Run; others: number }) {
  const { run, others } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const words = {
    task: run.definition.name,
    when: <RelativeTime at={run.finishedAt ?? run.createdAt} />,
    place: formatPlace(run),
  };
  return (
    <Line
      kind="failed"
      sentence={
        <>
          {run.version
            ? t('health.failedVersion', { ...words, version: run.version })
            : t('health.failed', words)}
          {run.message && <Why>{run.message}</Why>}
          {others > 0 && <Why>{t('health.others', { count: others })}</Why>}
        </>
      }
      actions={<RunActions runId={run.id} />}
    />
  );
}
