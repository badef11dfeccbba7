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

import { Link, VisuallyHidden } from '@backstage/ui';
import { RiArrowRightSLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { writeFilters } from '../../lib/listFilters';
import { formatPlace } from '../../lib/place';
import type { ReleaseFilters } from '../../lib/releaseFilters';
import { releaseLabel } from '../../lib/releaseNames';
import { endedBecauseOf } from '../../lib/releasePhases';
import { keptnTasksTranslationRef } from '../../translation';
import { Toned } from '../StateChip/Toned';
import { useTasks } from '../Tasks/TasksContext';
import { Elapsed } from '../Time/Elapsed';
import styles from './Releases.module.css';

/** The versions before a release in one line, and the way to all of them. */
export function PreviousReleases(props: {
  of: Release;
  previous: readonly Release[];
  /** A heading above says already what it is. */
  untitled?: boolean;
}) {
  const { of, previous, untitled } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { paths } = useTasks();
  const name = releaseLabel(of);
  const { cluster, namespace, kind, appName, workloadName } = of;
  const all: ReleaseFilters = {
    states: [],
    kind,
    app: kind === 'app' ? appName : undefined,
    workload: workloadName,
    cluster,
    namespace,
  };
  return (
    <div className={styles.previous}>
      {previous.length > 0 && (
        <>
          {!untitled && <span>{t('releases.previous')}</span>}
          <ul aria-label={t('releases.previousOf', { name })}>
            {previous.map(release => (
              <li key={release.id} className={styles.previousOne}>
                <Link href={paths.release(release.id)}>{release.version}</Link>
                <Outcome release={release} />
              </li>
            ))}
          </ul>
        </>
      )}
      <span className={styles.previousAll}>
        <Link
          href={paths.allReleases(writeFilters(all).toString())}
          standalone
          aria-label={t('releases.allOf', { name, place: formatPlace(of) })}
        >
          {t('releases.all')}
        </Link>
        <RiArrowRightSLine size={16} aria-hidden />
      </span>
    </div>
  );
}

function Outcome(props: { release: Release }) {
  const { release } = props;
  const { state, startedAt, createdAt, finishedAt } = release;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const check = endedBecauseOf(release);
  return (
    <>
      <Toned state={state} />
      <VisuallyHidden>{t(`state.${state}`)}</VisuallyHidden>
      {check}
      {state === 'Succeeded' && finishedAt && (
        <Elapsed from={startedAt ?? createdAt} to={finishedAt} />
      )}
    </>
  );
}
