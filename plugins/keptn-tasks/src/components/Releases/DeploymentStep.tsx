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

import { RiPauseCircleLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksTranslationRef } from '../../translation';
import { Elapsed } from '../Time/Elapsed';
import styles from './ReleaseTrack.module.css';

/** How far the Pods of a workload, or the workloads of an app, are. */
export function DeploymentStep(props: { release: Release }) {
  const { gatedPods, rollout, workloads, state } = props.release;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (workloads && workloads.length > 0) {
    const done = workloads.filter(
      workload =>
        workload.state === 'Succeeded' || workload.state === 'Warning',
    ).length;
    return (
      <Progress
        done={done}
        count={workloads.length}
        failed={state === 'Failed'}
        words={t('releases.deployed', {
          done: String(done),
          total: String(workloads.length),
        })}
      />
    );
  }
  return (
    <>
      {gatedPods && gatedPods.count > 0 && (
        <div className={styles.gated} title={gatedPods.names.join('\n')}>
          <RiPauseCircleLine size={16} aria-hidden />
          <span className={styles.name}>
            {t('releases.gated', { count: gatedPods.count })}
          </span>
          {gatedPods.since && (
            <span className={styles.duration}>
              <Elapsed from={gatedPods.since} />
            </span>
          )}
        </div>
      )}
      {rollout?.desired !== undefined && (
        <Rollout rollout={rollout} failed={state === 'Failed'} />
      )}
      {rollout?.message && <p className={styles.message}>{rollout.message}</p>}
    </>
  );
}

function Rollout(props: {
  rollout: NonNullable<Release['rollout']>;
  failed: boolean;
}) {
  const { desired = 0, updated = 0, available = 0 } = props.rollout;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const ready = Math.min(available, updated);
  const numbers = {
    desired: String(desired),
    updated: String(updated),
    ready: String(ready),
  };
  return (
    <Progress
      done={ready}
      count={desired}
      failed={props.failed}
      words={
        updated < desired
          ? t('releases.podsUpdated', numbers)
          : t('releases.pods', numbers)
      }
    />
  );
}

function Progress(props: {
  done: number;
  count: number;
  words: string;
  /** It does not go on. */
  failed: boolean;
}) {
  const { done, count, words, failed } = props;
  const share = count === 0 ? 1 : Math.min(1, done / count);
  return (
    <div className={styles.progress}>
      <div className={styles.progressBar} aria-hidden>
        <div
          className={styles.progressDone}
          data-complete={share === 1}
          data-failed={failed}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <span className={styles.progressWords}>{words}</span>
    </div>
  );
}
