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
import type { Target } from 'backstage-plugin-keptn-tasks-common';
import { formatPlace } from '../../lib/place';
import { keptnTasksTranslationRef } from '../../translation';
import { CodeBlock } from '../CodeBlock/CodeBlock';
import { ExampleToCopy } from '../FirstSteps/ExampleToCopy';
import { FirstSteps } from '../FirstSteps/FirstSteps';
import { exampleAnnotations, exampleOptIn } from './exampleRelease';

/** How to get the first release. */
export function NoReleases(props: { targets: readonly Target[] }) {
  const { targets } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <FirstSteps title={t('releases.emptyTitle')}>
      <Text as="p">
        {targets.length > 0
          ? t('releases.empty', { places: targets.map(formatPlace).join(', ') })
          : t('releases.emptyNoPlaces')}
      </Text>
      <CodeBlock>{exampleOptIn(targets[0]?.namespace)}</CodeBlock>
      <Text as="p">{t('releases.emptyThen')}</Text>
      <ExampleToCopy text={exampleAnnotations} />
      <Text as="p">{t('releases.emptyAfter')}</Text>
    </FirstSteps>
  );
}
