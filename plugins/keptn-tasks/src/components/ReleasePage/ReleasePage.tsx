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

import { Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReleaseDetail } from 'backstage-plugin-keptn-tasks-common';
import { useRelease } from '../../hooks/useRelease';
import { releaseLabel } from '../../lib/releaseNames';
import { keptnTasksTranslationRef } from '../../translation';
import { BackLink } from '../DetailPage/BackLink';
import { DetailPage } from '../DetailPage/DetailPage';
import { LoadingDetail } from '../DetailPage/LoadingDetail';
import { QueryProblem } from '../QueryProblem/QueryProblem';
import { Notes } from '../Releases/Notes';
import { PreviousReleases } from '../Releases/PreviousReleases';
import { ReleaseTrack } from '../Releases/ReleaseTrack';
import { WorkloadRows } from '../Releases/WorkloadRows';
import { ReleaseTimeline } from '../ReleaseTimeline/ReleaseTimeline';
import { useTasks } from '../Tasks/TasksContext';
import { ReleaseFacts } from './ReleaseFacts';
import { ReleaseHeading } from './ReleaseHeading';
import { ReleaseOutcome } from './ReleaseOutcome';
import { ReleaseSteps } from './ReleaseSteps';
import { Section } from './Section';

/** What has become of a version: everything kept of one release. */
export function ReleasePage(props: { id: string }) {
  const { id } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { entityRef, paths } = useTasks();
  const { data, error, loading, refresh } = useRelease(id, entityRef);
  return (
    <DetailPage>
      <BackLink href={paths.releases}>{t('releases.back')}</BackLink>
      {loading && <LoadingDetail />}
      {error && (
        <QueryProblem
          error={error}
          onRetry={refresh}
          backTo={paths.releases}
          ofRelease
          hasData={!!data}
        />
      )}
      {data && <LoadedRelease detail={data} />}
    </DetailPage>
  );
}

function LoadedRelease(props: { detail: ReleaseDetail }) {
  const { detail } = props;
  const { release, workloads, previous, steps } = detail;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <>
      <ReleaseHeading detail={detail} />
      <ReleaseOutcome detail={detail} />
      <Notes release={release} />
      <ReleaseFacts detail={detail} />
      <Section title={t('release.phases')}>
        <ReleaseTrack release={release} />
      </Section>
      <ReleaseTimeline detail={detail} />
      {workloads.length > 0 && (
        <Section title={t('releases.workloads')}>
          <WorkloadRows
            workloads={workloads}
            label={t('releases.workloadsOf', {
              name: `${releaseLabel(release)} ${release.version}`,
            })}
          />
        </Section>
      )}
      <Section title={t('release.steps')}>
        <ReleaseSteps steps={steps} />
      </Section>
      <Section title={t('releases.previous')}>
        {previous.length === 0 && (
          <Text as="p" color="secondary">
            {t('release.noPrevious')}
          </Text>
        )}
        <PreviousReleases of={release} previous={previous} untitled />
      </Section>
    </>
  );
}
