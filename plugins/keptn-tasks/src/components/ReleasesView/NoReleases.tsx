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

import { Box, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Target } from 'backstage-plugin-keptn-tasks-common';
import { formatPlace } from '../../lib/place';
import { keptnTasksTranslationRef } from '../../translation';
import { CodeBlock } from '../CodeBlock/CodeBlock';
import { CopyButton } from '../CopyButton/CopyButton';
import { exampleAnnotations, exampleOptIn } from './exampleRelease';
import styles from './ReleasesView.module.css';

/** How to get the first release. */
export function NoReleases(props: { targets: readonly Target[] }) {
  const { targets } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const optIn = exampleOptIn(targets[0]?.namespace);
  return (
    <Box as="section" bg="neutral" className={styles.empty}>
      <Text as="h2" variant="title-x-small">
        {t('releases.emptyTitle')}
      </Text>
      <Text as="p">
        {targets.length > 0
          ? t('releases.empty', { places: targets.map(formatPlace).join(', ') })
          : t('releases.emptyNoPlaces')}
      </Text>
      <CodeBlock>{optIn}</CodeBlock>
      <Text as="p">{t('releases.emptyThen')}</Text>
      <CodeBlock>{exampleAnnotations}</CodeBlock>
      <div>
        <CopyButton text={() => exampleAnnotations} />
      </div>
      <Text as="p">{t('releases.emptyAfter')}</Text>
    </Box>
  );
}
