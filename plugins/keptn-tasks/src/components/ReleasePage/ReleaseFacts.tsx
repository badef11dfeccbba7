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

import type { ReactNode } from 'react';
import { Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReleaseDetail } from 'backstage-plugin-keptn-tasks-common';
import { formatAbsoluteTime } from '../../lib/relativeTime';
import { keptnTasksTranslationRef } from '../../translation';
import { Facts } from '../Facts/Facts';
import { StateIcon } from '../StateChip/StateIcon';
import { useTasks } from '../Tasks/TasksContext';
import { Elapsed } from '../Time/Elapsed';
import { RelativeTime } from '../Time/RelativeTime';

/** When, how long, and what it is in the cluster. */
export function ReleaseFacts(props: { detail: ReleaseDetail }) {
  const { release, app } = props.detail;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { paths } = useTasks();
  const { rollout, revision, traceparent } = release;
  const facts: Array<{ name: string; value: ReactNode }> = [
    { name: t('release.created'), value: <When at={release.createdAt} /> },
    {
      name: t('release.finished'),
      value: release.finishedAt && <When at={release.finishedAt} />,
    },
    {
      name: t('release.duration'),
      value: release.startedAt && (
        <Elapsed from={release.startedAt} to={release.finishedAt} />
      ),
    },
    {
      name: t('release.app'),
      value: app && (
        <>
          <StateIcon state={app.state} size={16} />
          <Link href={paths.release(app.id)}>
            {app.appName} {app.version}
          </Link>
        </>
      ),
    },
    { name: t('release.previousVersion'), value: release.previousVersion },
    {
      name: t('release.revision'),
      value: revision === undefined ? undefined : String(revision),
    },
    { name: t(`release.object.${release.kind}`), value: release.name },
    {
      name: t('release.rollout'),
      value: rollout && `${rollout.kind} ${rollout.name}`,
    },
    { name: t('release.trace'), value: traceIdOf(traceparent) },
  ];
  return <Facts label={t('release.facts')} facts={facts} />;
}

function When(props: { at: string }) {
  return (
    <>
      <RelativeTime at={props.at} /> ({formatAbsoluteTime(props.at)})
    </>
  );
}

/** The id to look a trace up by: the second part of a W3C traceparent. */
function traceIdOf(traceparent: string | undefined): string | undefined {
  return traceparent?.split('-')[1];
}
