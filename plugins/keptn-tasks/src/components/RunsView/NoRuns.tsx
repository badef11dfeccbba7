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

import { Button, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Definition } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksTranslationRef } from '../../translation';
import { exampleTask } from '../TasksView/exampleDefinition';
import { CodeBlock } from '../CodeBlock/CodeBlock';
import styles from './RunsView.module.css';

/** Why the list is empty, and how to fill it. */
export function NoRuns(props: {
  /** Clears the filters; undefined when none is set. */
  onClear?: () => void;
  /** Something that could be run. */
  example?: Definition;
}) {
  const { onClear, example } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (onClear) {
    return (
      <div className={styles.empty}>
        <Text as="h2" variant="title-x-small">
          {t('runs.noMatchTitle')}
        </Text>
        <Text as="p">{t('runs.noMatch')}</Text>
        <Button variant="secondary" onPress={onClear}>
          {t('runs.clear')}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.empty}>
      <Text as="h2" variant="title-x-small">
        {t('runs.emptyTitle')}
      </Text>
      <Text as="p">{t('runs.empty')}</Text>
      <CodeBlock>{exampleTask(example?.namespace, example?.name)}</CodeBlock>
    </div>
  );
}
