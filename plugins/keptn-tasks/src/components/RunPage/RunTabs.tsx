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

import { Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunDetail } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksTranslationRef } from '../../translation';
import { RunLog } from '../RunLog/RunLog';
import { ContextTab } from './tabs/ContextTab';
import { DefinitionTab } from './tabs/DefinitionTab';
import { EventsTab } from './tabs/EventsTab';
import { ManifestTab } from './tabs/ManifestTab';
import { ParametersTab } from './tabs/ParametersTab';
import {
  RUN_TABS,
  type RunPageAddress,
  type RunTab,
} from './useRunPageAddress';
import styles from './RunPage.module.css';

/** The log and the other details, one at a time. */
export function RunTabs(props: { detail: RunDetail; address: RunPageAddress }) {
  const { detail, address } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const content: Record<RunTab, () => JSX.Element> = {
    log: () => <RunLog detail={detail} attempt={address.attempt} />,
    parameters: () => <ParametersTab detail={detail} />,
    context: () => <ContextTab detail={detail} />,
    definition: () => <DefinitionTab detail={detail} />,
    events: () => <EventsTab detail={detail} />,
    manifest: () => <ManifestTab detail={detail} />,
  };
  return (
    <Tabs
      selectedKey={address.tab}
      onSelectionChange={key => address.setTab(key as RunTab)}
    >
      <div className={styles.tabs}>
        <TabList aria-label={t('tabs.label')}>
          {RUN_TABS.map(tab => (
            <Tab key={tab} id={tab} noTrack>
              {t(`tabs.${tab}`)}
            </Tab>
          ))}
        </TabList>
      </div>
      {RUN_TABS.map(tab => (
        <TabPanel key={tab} id={tab} className={styles.panel}>
          {tab === address.tab && content[tab]()}
        </TabPanel>
      ))}
    </Tabs>
  );
}
