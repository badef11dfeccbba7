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

import { Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Definition } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksTranslationRef } from '../../translation';
import { CodeBlock } from '../CodeBlock/CodeBlock';
import { EmptyList } from '../HistoryList/EmptyList';
import { exampleTask } from '../TasksView/exampleDefinition';

/** How to get the first run. */
export function NoRuns(props: {
  /** Something that could be run. */
  example?: Definition;
}) {
  const { example } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <EmptyList title={t('runs.emptyTitle')}>
      <Text as="p">{t('runs.empty')}</Text>
      <CodeBlock>{exampleTask(example?.namespace, example?.name)}</CodeBlock>
    </EmptyList>
  );
}
