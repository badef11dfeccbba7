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
import { shortHash } from '../../../lib/compareRuns';
import { keptnTasksTranslationRef } from '../../../translation';
import { CopyButton } from '../../CopyButton/CopyButton';
import { CodeBlock } from '../../CodeBlock/CodeBlock';
import styles from '../RunPage.module.css';

/** The definition as it was when the run began. */
export function DefinitionTab(props: { detail: RunDetail }) {
  const { run, definitionSnapshot } = props.detail;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (!definitionSnapshot) return <Text as="p">{t('definition.none')}</Text>;
  const { hash } = run.definition;
  return (
    <div className={styles.stack}>
      <div className={styles.stackRow}>
        <Text as="p" color="secondary">
          {hash && t('definition.hash', { hash: shortHash(hash) })}
        </Text>
        <CopyButton text={() => definitionSnapshot} />
      </div>
      <CodeBlock>{definitionSnapshot}</CodeBlock>
    </div>
  );
}
