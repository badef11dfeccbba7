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

import { Link, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Release,
  ReleaseDetail,
} from 'backstage-plugin-keptn-tasks-common';
import { currentOf } from '../../lib/environments';
import { judgeDetail } from '../../lib/judgePlace';
import { releaseLabel } from '../../lib/releaseNames';
import { keptnTasksTranslationRef } from '../../translation';
import { Outcome } from '../DetailPage/Outcome';
import { HoldNote } from '../Releases/HoldNote';
import { useTasks } from '../Tasks/TasksContext';
import { Elapsed } from '../Time/Elapsed';

/** How it ended, what it is doing or what holds it, in plain words; and what has taken its place. */
export function ReleaseOutcome(props: { detail: ReleaseDetail }) {
  const { detail } = props;
  const { release } = detail;
  const verdict = judgeDetail(detail);
  return (
    <>
      <Replacement release={release} />
      {'trouble' in verdict ? (
        <HoldNote kind={verdict.kind} trouble={verdict.trouble} runOnly />
      ) : (
        <Outcome state={release.state} cause={<Cause release={release} />} />
      )}
    </>
  );
}

function Cause(props: { release: Release }) {
  const { state, phase, startedAt, createdAt, finishedAt, message } =
    props.release;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const duration = <Elapsed from={startedAt ?? createdAt} to={finishedAt} />;
  switch (state) {
    case 'Succeeded':
      return <>{t('release.passed', { duration })}</>;
    case 'Warning':
      return <>{t('release.passedWithWarnings', { duration })}</>;
    case 'Failed':
      return <>{message ?? t('release.failed')}</>;
    case 'Deprecated':
      return <>{message ?? t('release.deprecated')}</>;
    case 'Progressing':
      return (
        <>
          {t('release.underWay', {
            phase: phase ? t(`releases.phase.${phase}`) : t('releases.between'),
          })}
        </>
      );
    default:
      return <>{t('release.waiting')}</>;
  }
}

/** Nobody should repeat or release what is not asked for any more. */
function Replacement(props: { release: Release }) {
  const { release } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { environments, paths } = useTasks();
  const current = currentOf(release, environments);
  if (!current || current.id === release.id) return null;
  const parts = [
    `${releaseLabel(current)} ${current.version}`,
    current.version === release.version &&
      (current.attempt > 1
        ? t('releases.attempt', { number: String(current.attempt) })
        : current.revision !== undefined &&
          t('releases.revision', { number: String(current.revision) })),
  ];
  const name = parts.filter(Boolean).join(', ');
  return (
    <Text as="p" role="status">
      {t('release.replacedBy', { name })}{' '}
      <Link href={paths.release(current.id)}>
        {t('release.openReplacement', { name })}
      </Link>
    </Text>
  );
}
