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
import {
  type Release,
  type ReleasePhase,
} from 'backstage-plugin-keptn-tasks-common';
import { releaseLabel } from '../../lib/releaseNames';
import { shownPhases } from '../../lib/releasePhases';
import { stateDisplay } from '../../lib/stateDisplay';
import { keptnTasksTranslationRef } from '../../translation';
import { Toned } from '../StateChip/Toned';
import { Elapsed } from '../Time/Elapsed';
import { DeploymentStep } from './DeploymentStep';
import { TrackItem } from './TrackItem';
import styles from './ReleaseTrack.module.css';

/** The phases of a release in their order, those with nothing to do left out. */
export function ReleaseTrack(props: { release: Release }) {
  const { release } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const name = `${t(`releases.level.${release.kind}`)} ${releaseLabel(
    release,
  )} ${release.version}`;
  return (
    <ol className={styles.track} aria-label={t('releases.track', { name })}>
      {shownPhases(release).map(phase => (
        <TrackPhase key={phase.name} release={release} phase={phase} />
      ))}
    </ol>
  );
}

function TrackPhase(props: { release: Release; phase: ReleasePhase }) {
  const { release, phase } = props;
  const { name, state, items, startedAt, finishedAt, message } = phase;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const begun = startedAt !== undefined;
  const words = t(`releases.phase.${name}`);
  return (
    <li
      className={styles.phase}
      data-tone={stateDisplay[state].tone}
      data-begun={begun}
    >
      <div className={styles.title}>
        <Toned
          state={state}
          role="img"
          className={styles.icon}
          aria-label={t(`state.${state}`)}
        />
        <span className={styles.name}>{words}</span>
        {begun && (
          <span className={styles.duration}>
            <Elapsed from={startedAt} to={finishedAt} />
          </span>
        )}
      </div>
      {items.length > 0 && (
        <ul className={styles.items}>
          {items.map((item, index) => (
            <TrackItem key={index} item={item} />
          ))}
        </ul>
      )}
      {name === 'deployment' && <DeploymentStep release={release} />}
      {message && !items.some(item => item.message) && (
        <p className={styles.message}>{message}</p>
      )}
    </li>
  );
}
