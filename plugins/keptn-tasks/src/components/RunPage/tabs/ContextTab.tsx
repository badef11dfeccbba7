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
import type { RunDetail } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksTranslationRef } from '../../../translation';
import { CopyButton } from '../../CopyButton/CopyButton';
import { CodeBlock } from '../../CodeBlock/CodeBlock';
import styles from '../RunPage.module.css';

/** KEPTN_CONTEXT, as the task saw it. */
export function ContextTab(props: { detail: RunDetail }) {
  const { context } = props.detail.run;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (!context) return <Text as="p">{t('context.none')}</Text>;
  const json = JSON.stringify(context, undefined, 2);
  return (
    <div className={styles.stack}>
      <div className={styles.stackRow}>
        <Text as="p" color="secondary">
          {t('context.intro')}
        </Text>
        <CopyButton text={() => json} />
      </div>
      <CodeBlock>{json}</CodeBlock>
    </div>
  );
}
