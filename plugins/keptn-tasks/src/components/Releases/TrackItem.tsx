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

import { Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReleaseItem } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksTranslationRef } from '../../translation';
import { Toned } from '../StateChip/Toned';
import { useTasks } from '../Tasks/TasksContext';
import { Elapsed } from '../Time/Elapsed';
import styles from './ReleaseTrack.module.css';

/** A task or an evaluation of a phase: how it is, how long it took, and the way to its run. */
export function TrackItem(props: { item: ReleaseItem }) {
  const { definition, kind, state, startedAt, finishedAt, message, runId } =
    props.item;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { paths } = useTasks();
  return (
    <li>
      <div className={styles.itemLine}>
        <Toned
          state={state}
          role="img"
          className={styles.icon}
          aria-label={t(`state.${state}`)}
        />
        <span className={styles.name}>
          {runId ? (
            <Link href={paths.run(runId)} standalone>
              {definition}
            </Link>
          ) : (
            definition
          )}
          {kind === 'evaluation' && (
            <span className={styles.kind}> {t('releases.evaluation')}</span>
          )}
        </span>
        {startedAt && (
          <span className={styles.duration}>
            <Elapsed from={startedAt} to={finishedAt} />
          </span>
        )}
      </div>
      {message && state !== 'Succeeded' && (
        <p className={styles.message} title={message}>
          {message}
        </p>
      )}
    </li>
  );
}
