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

import { ButtonLink } from '@backstage/ui';
import {
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiErrorWarningFill,
  RiInformationLine,
  RiLoader4Line,
  RiTimeLine,
} from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { formatPlace } from '../../lib/place';
import type { ReleaseHealth } from '../../lib/releaseHealth';
import { releaseLabel } from '../../lib/releaseNames';
import { keptnTasksTranslationRef } from '../../translation';
import { TroubleActions } from '../Releases/TroubleActions';
import { TroubleSentence } from '../Releases/TroubleSentence';
import { useTasks } from '../Tasks/TasksContext';
import { Elapsed } from '../Time/Elapsed';
import { RelativeTime } from '../Time/RelativeTime';
import { Line } from './Line';
import styles from './HealthLine.module.css';

const TROUBLES = {
  held: { tone: 'danger', icon: <RiCloseCircleFill aria-hidden /> },
  failed: { tone: 'danger', icon: <RiCloseCircleFill aria-hidden /> },
  waiting: { tone: 'waiting', icon: <RiTimeLine aria-hidden /> },
  warning: { tone: 'waiting', icon: <RiErrorWarningFill aria-hidden /> },
} as const;

/** Why it is not deploying, what has failed, or that everything is well. */
export function ReleaseHealthLine(props: { health: ReleaseHealth }) {
  const { health } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { paths } = useTasks();
  switch (health.kind) {
    case 'held':
    case 'failed':
    case 'waiting':
    case 'warning':
      return (
        <Line {...TROUBLES[health.kind]}>
          <p className={styles.sentence}>
            <TroubleSentence kind={health.kind} trouble={health.trouble} />
            {health.trouble.message && (
              <span className={styles.why}>{health.trouble.message}</span>
            )}
            <Others count={health.others} />
          </p>
          <div className={styles.actions}>
            <TroubleActions kind={health.kind} trouble={health.trouble}>
              {!health.trouble.runId && (
                <ButtonLink
                  variant="secondary"
                  href={paths.release(health.trouble.blamed.id)}
                >
                  {t('health.release.open')}
                </ButtonLink>
              )}
            </TroubleActions>
          </div>
        </Line>
      );
    case 'problems':
      return (
        <Line tone="waiting" icon={<RiErrorWarningFill aria-hidden />}>
          <p className={styles.sentence}>
            {t('health.release.problems', {
              name: `${health.problem.kind} ${health.problem.name}`,
              place: formatPlace(health.environment),
            })}
            <span className={styles.why}>{health.problem.messages[0]}</span>
            <Others count={health.others} />
          </p>
        </Line>
      );
    case 'underWay':
      return (
        <Line tone="info" icon={<RiLoader4Line aria-hidden />}>
          <p className={styles.sentence}>
            <UnderWay releases={health.releases} />
          </p>
        </Line>
      );
    case 'passed':
      return (
        <Line tone="success" icon={<RiCheckboxCircleFill aria-hidden />}>
          <p className={styles.sentence}>
            <Passed release={health.last} />
          </p>
        </Line>
      );
    default:
      return (
        <Line tone="neutral" icon={<RiInformationLine aria-hidden />}>
          <p className={styles.sentence}>{t('health.none')}</p>
        </Line>
      );
  }
}

function Others(props: { count: number }) {
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (props.count === 0) return null;
  return (
    <span className={styles.why}>
      {t('health.release.others', { count: props.count })}
    </span>
  );
}

function UnderWay(props: { releases: Release[] }) {
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const [release] = props.releases;
  const phase = release.phase
    ? t(`releases.phase.${release.phase}`)
    : t('releases.between');
  return (
    <>
      {t('health.release.underWay', {
        count: props.releases.length,
        name: `${releaseLabel(release)} ${release.version}`,
        place: formatPlace(release),
        phase,
      })}
    </>
  );
}

function Passed(props: { release: Release }) {
  const { release } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <>
      {t('health.release.passed', {
        name: `${releaseLabel(release)} ${release.version}`,
        place: formatPlace(release),
        when: <RelativeTime at={release.finishedAt ?? release.createdAt} />,
        duration: (
          <Elapsed
            from={release.startedAt ?? release.createdAt}
            to={release.finishedAt}
          />
        ),
      })}
    </>
  );
}
