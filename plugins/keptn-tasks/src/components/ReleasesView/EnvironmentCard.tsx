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

import { useId } from 'react';
import { Box, Link, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Environment, Release } from 'backstage-plugin-keptn-tasks-common';
import { describePlace } from '../../lib/environments';
import { judge } from '../../lib/judgePlace';
import { releaseLabel, subjectOf } from '../../lib/releaseNames';
import { keptnTasksTranslationRef } from '../../translation';
import { HoldNote } from '../Releases/HoldNote';
import { LevelTitle } from '../Releases/LevelTitle';
import { Notes } from '../Releases/Notes';
import { PreviousReleases } from '../Releases/PreviousReleases';
import { Problems } from '../Releases/Problems';
import { ReleaseTrack } from '../Releases/ReleaseTrack';
import { WorkloadRows } from '../Releases/WorkloadRows';
import { StateChip } from '../StateChip/StateChip';
import { useTasks } from '../Tasks/TasksContext';
import { RelativeTime } from '../Time/RelativeTime';
import levels from '../Releases/Releases.module.css';
import styles from './ReleasesView.module.css';

/** Where the releases of an app, or of workloads of it, are in one place, and what holds them. */
export function EnvironmentCard(props: { environment: Environment }) {
  const { environment } = props;
  const { app, appName, workloads, previous, problems } = environment;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const headingId = useId();
  const verdict = judge(environment);
  const subject = subjectOf(environment);
  const place = describePlace({
    clusterTitle: subject?.clusterTitle,
    ...environment,
  });
  return (
    <Box
      as="section"
      bg="neutral"
      className={styles.card}
      aria-labelledby={headingId}
    >
      <header className={styles.header}>
        <div className={styles.place} id={headingId}>
          <Text as="h2" variant="title-x-small">
            {[place.title, place.address].filter(Boolean).join(' · ')}
          </Text>
          <Text variant="body-medium" color="secondary">
            {t('releases.ofApp', { app: appName })}
          </Text>
        </div>
        {subject && <Headline release={subject} />}
      </header>
      {'trouble' in verdict && (
        <HoldNote kind={verdict.kind} trouble={verdict.trouble} />
      )}
      <Problems problems={problems} />
      {!app && workloads.length > 0 && !workloads.some(one => one.hold) && (
        <Text as="p" color="secondary">
          {t('releases.discovering', { app: appName })}
        </Text>
      )}
      <div className={levels.levels}>
        {app && tellsOfApp(app, workloads) && <Level release={app} />}
        {workloads.length === 1 && <Level release={workloads[0]} />}
        {workloads.length > 1 && (
          <div className={levels.level}>
            <Text as="h3" variant="body-medium" weight="bold">
              {t('releases.workloads')}
            </Text>
            <WorkloadRows
              workloads={workloads}
              label={t('releases.workloadsOf', {
                name: app ? `${appName} ${app.version}` : appName,
              })}
            />
          </div>
        )}
      </div>
      {subject && <PreviousReleases of={subject} previous={previous} />}
    </Box>
  );
}

function Headline(props: { release: Release }) {
  const { release } = props;
  const { paths } = useTasks();
  return (
    <div className={styles.headline}>
      <Link
        href={paths.release(release.id)}
        standalone
        variant="body-large"
        weight="bold"
      >
        {releaseLabel(release)} {release.version}
      </Link>
      <StateChip state={release.state} />
      <RelativeTime
        at={release.finishedAt ?? release.startedAt ?? release.createdAt}
        className={styles.when}
      />
    </div>
  );
}

function Level(props: { release: Release }) {
  const { release } = props;
  return (
    <div className={levels.level}>
      <LevelTitle release={release} />
      <Notes release={release} />
      <ReleaseTrack release={release} />
    </div>
  );
}

/** An app without checks of its own says nothing that its only workload does not say. */
function tellsOfApp(app: Release, workloads: readonly Release[]): boolean {
  return (
    workloads.length !== 1 ||
    (app.workloads?.length ?? 0) > 1 ||
    app.phases.some(({ items }) => items.length > 0)
  );
}
