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

import { Alert, Button, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { RiWifiOffLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DefinitionList,
  EnvironmentList,
} from 'backstage-plugin-keptn-tasks-common';
import {
  Navigate,
  Route,
  Routes,
  useLocation,
  useParams,
} from 'react-router-dom';
import { useLiveUpdates } from '../../hooks/LiveUpdates';
import type { LiveQuery } from '../../hooks/useLiveQuery';
import { apiErrorKind } from '../../lib/apiError';
import { keptnTasksTranslationRef } from '../../translation';
import { QueryProblem } from '../QueryProblem/QueryProblem';
import { ReleasePage } from '../ReleasePage/ReleasePage';
import { ReleasesList } from '../ReleasesList/ReleasesList';
import { ReleasesView } from '../ReleasesView/ReleasesView';
import { RunPage } from '../RunPage/RunPage';
import { RunsView } from '../RunsView/RunsView';
import { useTasks } from '../Tasks/TasksContext';
import { TasksView } from '../TasksView/TasksView';
import { EntityHealth } from './EntityHealth';
import { TargetsBanner } from './TargetsBanner';
import theme from '../Theme/readable.module.css';
import styles from './TasksLayout.module.css';

/** The line that says whether anything is wrong, and below it one of the views. */
export function TasksLayout(props: {
  definitions: LiveQuery<DefinitionList>;
  releases: LiveQuery<EnvironmentList>;
  /** What was just done, in a sentence. */
  notice?: string;
  onNoticeRead: () => void;
}) {
  const { definitions, releases, notice, onNoticeRead } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { paths } = useTasks();
  const { connection } = useLiveUpdates();
  const { error, data, refresh } = definitions;
  const { pathname } = useLocation();
  const shown = [paths.runs(), paths.allReleases()]
    .filter(list => pathname.startsWith(`${list}/`))
    .map(list => decodeURIComponent(pathname.slice(list.length + 1)))[0];
  const view =
    (['runs', 'tasks'] as const).find(one =>
      isBelow(pathname, one === 'runs' ? paths.runs() : paths.tasks),
    ) ?? 'releases';

  // Who may not see the runs gets one sentence about it, not one for each part of the page.
  if (error && !data && apiErrorKind(error) === 'forbidden') {
    return <QueryProblem error={error} onRetry={refresh} />;
  }
  return (
    <div className={`${styles.layout} ${theme.readable}`}>
      <EntityHealth
        definitions={definitions}
        releases={releases}
        shown={shown}
      />
      <TargetsBanner list={data} />
      {connection === 'polling' && (
        <Alert
          role="status"
          status="warning"
          icon={<RiWifiOffLine />}
          title={t('connection.polling')}
        />
      )}
      {notice && (
        <Alert
          role="status"
          status="success"
          icon
          title={notice}
          customActions={
            <Button variant="tertiary" size="small" onPress={onNoticeRead}>
              {t('common.cancel')}
            </Button>
          }
        />
      )}
      <Tabs selectedKey={view}>
        <TabList aria-label={t('nav.label')}>
          <Tab id="releases" href={paths.releases}>
            {t('nav.releases')}
          </Tab>
          <Tab id="tasks" href={paths.tasks}>
            {t('nav.tasks')}
          </Tab>
          <Tab id="runs" href={paths.runs()}>
            {t('nav.runs')}
          </Tab>
        </TabList>
        <TabPanel key={view} id={view} className={styles.view}>
          <Routes>
            <Route
              index
              element={<ReleasesView releases={releases} definitions={data} />}
            />
            <Route
              path="releases"
              element={<ReleasesList definitions={data} />}
            />
            <Route
              path="releases/:releaseId"
              element={<ReleasePageOfAddress />}
            />
            <Route
              path="tasks"
              element={<TasksView definitions={definitions} />}
            />
            <Route path="runs" element={<RunsView definitions={data} />} />
            <Route path="runs/:runId" element={<RunPageOfAddress />} />
            <Route
              path="*"
              element={<Navigate to={paths.releases} replace />}
            />
          </Routes>
        </TabPanel>
      </Tabs>
    </div>
  );
}

function isBelow(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(`${path}/`);
}

function ReleasePageOfAddress() {
  const { releaseId = '' } = useParams();
  return <ReleasePage key={releaseId} id={releaseId} />;
}

function RunPageOfAddress() {
  const { runId = '' } = useParams();
  // Another run is another page: nothing of the one before may shine through.
  return <RunPage key={runId} id={runId} />;
}
