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

import { Fragment, useId, useState } from 'react';
import { Link } from '@backstage/ui';
import {
  RiArrowDownSLine,
  RiArrowRightSLine,
  RiPauseCircleLine,
} from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { releaseLabel } from '../../lib/releaseNames';
import { shownPhases } from '../../lib/releasePhases';
import { keptnTasksTranslationRef } from '../../translation';
import { StateChip } from '../StateChip/StateChip';
import { Toned } from '../StateChip/Toned';
import { useTasks } from '../Tasks/TasksContext';
import { Notes } from './Notes';
import { ReleaseTrack } from './ReleaseTrack';
import styles from './Releases.module.css';

/** A workload in one line. One that has failed is open until somebody closes it. */
export function WorkloadRow(props: { release: Release }) {
  const { release } = props;
  const { version, state, attempt, hold } = release;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { paths } = useTasks();
  const [chosen, setChosen] = useState<boolean>();
  const isOpen = chosen ?? state === 'Failed';
  const bodyId = useId();
  const label = releaseLabel(release);
  const Chevron = isOpen ? RiArrowDownSLine : RiArrowRightSLine;
  return (
    <li className={styles.row}>
      <button
        type="button"
        className={styles.rowToggle}
        aria-expanded={isOpen}
        aria-controls={isOpen ? bodyId : undefined}
        onClick={() => setChosen(!isOpen)}
      >
        <Chevron size={20} aria-hidden />
        <span className={styles.rowName}>
          {label}{' '}
          <span className={styles.rowVersion}>
            {version}
            {attempt > 1 &&
              ` · ${t('releases.attempt', { number: String(attempt) })}`}
          </span>
        </span>
        <span>
          <StateChip state={state} />
        </span>
        <PhaseDots release={release} />
        <PodsOf release={release} />
      </button>
      {isOpen && (
        <div id={bodyId} className={styles.rowBody}>
          {hold && state !== 'Failed' && <span>{hold.message}</span>}
          <Notes release={release} />
          <ReleaseTrack release={release} />
          <div>
            <Link href={paths.release(release.id)} standalone>
              {t('releases.open', { name: `${label} ${version}` })}
            </Link>
          </div>
        </div>
      )}
    </li>
  );
}

/** The phases as small as they get. */
function PhaseDots(props: { release: Release }) {
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <span className={styles.dots}>
      {shownPhases(props.release).map(({ name, state }, index) => {
        const words = t('releases.step', {
          phase: t(`releases.phase.${name}`),
          state: t(`state.${state}`),
        });
        return (
          <Fragment key={name}>
            {index > 0 && <span className={styles.dotLine} />}
            <Toned state={state} role="img" aria-label={words} title={words} />
          </Fragment>
        );
      })}
    </span>
  );
}

function PodsOf(props: { release: Release }) {
  const { gatedPods, rollout } = props.release;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (gatedPods && gatedPods.count > 0) {
    return (
      <span className={styles.withIcon}>
        <RiPauseCircleLine size={16} aria-hidden />
        {t('releases.gated', { count: gatedPods.count })}
      </span>
    );
  }
  if (rollout?.desired === undefined) return <span />;
  const ready = Math.min(rollout.available ?? 0, rollout.updated ?? 0);
  return (
    <span className={styles.rowPods}>
      {t('releases.pods', {
        ready: String(ready),
        desired: String(rollout.desired),
      })}
    </span>
  );
}
