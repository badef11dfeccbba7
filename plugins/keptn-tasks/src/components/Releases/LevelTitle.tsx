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
import { RiBox3Line, RiStackLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { releaseLabel } from '../../lib/releaseNames';
import { keptnTasksTranslationRef } from '../../translation';
import { StateChip } from '../StateChip/StateChip';
import { useTasks } from '../Tasks/TasksContext';
import { Elapsed } from '../Time/Elapsed';
import styles from './Releases.module.css';

/** Whether it is the app's or the workload's, which, and how it is. */
export function LevelTitle(props: {
  release: Release;
  /** It is the page's own: no link to it. */
  here?: boolean;
}) {
  const { release, here } = props;
  const { kind, version, state, attempt, startedAt, finishedAt } = release;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { paths } = useTasks();
  const Icon = kind === 'app' ? RiStackLine : RiBox3Line;
  const name = `${releaseLabel(release)} ${version}`;
  return (
    <div className={styles.levelTitle}>
      <Text as="h3" variant="body-medium" weight="bold">
        <Icon size={18} aria-hidden className={styles.levelIcon} />{' '}
        {t(`releases.level.${kind}`)}{' '}
        {here ? name : <Link href={paths.release(release.id)}>{name}</Link>}
      </Text>
      <StateChip state={state} />
      {attempt > 1 && (
        <Text variant="body-small" color="secondary">
          {t('releases.attempt', { number: String(attempt) })}
        </Text>
      )}
      {startedAt && (
        <Text variant="body-small" color="secondary">
          <Elapsed from={startedAt} to={finishedAt} />
        </Text>
      )}
    </div>
  );
}
