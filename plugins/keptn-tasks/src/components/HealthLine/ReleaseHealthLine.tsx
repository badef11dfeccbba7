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
import { Why } from './Why';

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
        <Line
          kind={health.kind}
          sentence={
            <>
              <TroubleSentence kind={health.kind} trouble={health.trouble} />
              {health.trouble.message && <Why>{health.trouble.message}</Why>}
              <Others count={health.others} />
            </>
          }
          actions={
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
          }
        />
      );
    case 'problems':
      return (
        <Line
          kind="warning"
          sentence={
            <>
              {t('health.release.problems', {
                name: `${health.problem.kind} ${health.problem.name}`,
                place: formatPlace(health.environment),
              })}
              <Why>{health.problem.messages[0]}</Why>
              <Others count={health.others} />
            </>
          }
        />
      );
    case 'underWay':
      return (
        <Line
          kind="underWay"
          sentence={<UnderWay releases={health.releases} />}
        />
      );
    case 'passed':
      return <Line kind="passed" sentence={<Passed release={health.last} />} />;
    default:
      return <Line kind="none" sentence={t('health.none')} />;
  }
}

function Others(props: { count: number }) {
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (props.count === 0) return null;
  return <Why>{t('health.release.others', { count: props.count })}</Why>;
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
