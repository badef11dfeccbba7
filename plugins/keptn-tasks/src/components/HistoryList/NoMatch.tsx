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
import { keptnTasksTranslationRef } from '../../translation';
import { EmptyList } from './EmptyList';

/** That the filters leave nothing, and the way out. */
export function NoMatch(props: { title: string; onClear: () => void }) {
  const { title, onClear } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <EmptyList title={title}>
      <Text as="p">{t('runs.noMatch')}</Text>
      <Button variant="secondary" onPress={onClear}>
        {t('runs.clear')}
      </Button>
    </EmptyList>
  );
}
