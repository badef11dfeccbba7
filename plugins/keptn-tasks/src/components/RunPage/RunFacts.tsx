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

import type { ReactNode } from 'react';
import { Button, Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  RelatedRun,
  RunDetail,
} from 'backstage-plugin-keptn-tasks-common';
import { releaseOfRun } from '../../lib/environments';
import { formatAbsoluteTime } from '../../lib/relativeTime';
import { filtersOfRun } from '../../lib/releaseOfRun';
import { keptnTasksTranslationRef } from '../../translation';
import { Facts } from '../Facts/Facts';
import { StateIcon } from '../StateChip/StateIcon';
import { actorText } from '../RunsView/actorText';
import { useTasks } from '../Tasks/TasksContext';
import { RelativeTime } from '../Time/RelativeTime';
import { RunDuration } from '../Time/RunDuration';
import { ReleaseOfRun } from './ReleaseOfRun';
import type { Comparison } from './useRunPageAddress';

/** When, by whom, how long, and what came before. */
export function RunFacts(props: {
  detail: RunDetail;
  onCompare: (comparison: Comparison) => void;
}) {
  const { detail, onCompare } = props;
  const { run, maxAttempts, previous } = detail;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { paths, environments } = useTasks();

  const facts: Array<{ name: string; value: ReactNode }> = [
    {
      name: t('run.created'),
      value: (
        <>
          <RelativeTime at={run.createdAt} /> (
          {formatAbsoluteTime(run.createdAt)})
        </>
      ),
    },
    { name: t('run.by'), value: actorText(run, t) },
    { name: t('run.duration'), value: <RunDuration run={run} /> },
    {
      name: t('run.attempts'),
      value:
        maxAttempts && maxAttempts > 1
          ? t('run.attemptsOf', {
              used: String(run.attempts),
              max: String(maxAttempts),
            })
          : undefined,
    },
    {
      name: t('run.release'),
      value: (releaseOfRun(run.id, environments) || filtersOfRun(run)) && (
        <ReleaseOfRun run={run} />
      ),
    },
    {
      name: t('run.repeats'),
      value: run.rerunOf && (
        <Link href={paths.run(run.rerunOf)}>{t('run.openRepeated')}</Link>
      ),
    },
    {
      name: t('run.previous'),
      value: previous && (
        <PreviousRun
          previous={previous}
          onCompare={() => onCompare('previous')}
        />
      ),
    },
    { name: t('run.image'), value: detail.image },
    { name: t('run.taskName'), value: run.taskName },
    { name: t('run.jobName'), value: detail.jobName },
  ];
  return <Facts label={t('run.facts')} facts={facts} />;
}

function PreviousRun(props: { previous: RelatedRun; onCompare: () => void }) {
  const { previous, onCompare } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { paths } = useTasks();
  return (
    <>
      <StateIcon state={previous.state} size={16} />
      <Link href={paths.run(previous.id)}>
        {t(`state.${previous.state}`)}{' '}
        <RelativeTime at={previous.finishedAt ?? previous.createdAt} />
      </Link>
      <Button variant="tertiary" size="small" onPress={onCompare}>
        {t('run.compare')}
      </Button>
    </>
  );
}
