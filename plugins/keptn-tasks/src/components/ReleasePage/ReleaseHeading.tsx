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
import type { ReleaseDetail } from 'backstage-plugin-keptn-tasks-common';
import { currentOf, describePlace } from '../../lib/environments';
import { releaseLabel } from '../../lib/releaseNames';
import { canRepeat } from '../../lib/repeatPlan';
import { keptnTasksTranslationRef } from '../../translation';
import { CopyLinkButton } from '../DetailPage/CopyLinkButton';
import { DetailHeading } from '../DetailPage/DetailHeading';
import { GateButton } from '../Releases/GateButton';
import { RepeatButton } from '../Releases/RepeatButton';
import { StateChip } from '../StateChip/StateChip';
import { useTasks } from '../Tasks/TasksContext';

/** Which version of what and where, and what can be done with it. */
export function ReleaseHeading(props: { detail: ReleaseDetail }) {
  const { release, workloads } = props.detail;
  const { kind, state, version, attempt } = release;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { environments } = useTasks();
  const place = describePlace(release);
  const isCurrent = currentOf(release, environments)?.id === release.id;
  const gated = [release, ...workloads].filter(
    one => one.kind === 'workload' && one.hold?.gateReleasable,
  );
  return (
    <DetailHeading
      chip={<StateChip state={state} />}
      title={t('release.heading', { name: releaseLabel(release), version })}
      details={[
        t(`releases.level.${kind}`),
        kind === 'workload' && t('releases.ofApp', { app: release.appName }),
        place.title,
        place.address,
        attempt > 1 && t('releases.attempt', { number: String(attempt) }),
      ]}
      actions={
        <>
          <CopyLinkButton />
          {isCurrent && <GateButton releases={gated} />}
          {isCurrent && canRepeat(release) && (
            <RepeatButton
              release={release}
              variant={state === 'Failed' ? 'primary' : 'secondary'}
            />
          )}
        </>
      }
    />
  );
}
