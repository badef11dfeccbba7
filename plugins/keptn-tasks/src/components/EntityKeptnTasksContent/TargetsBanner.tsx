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

import { Alert } from '@backstage/ui';
import { RiCloudOffLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DefinitionList } from 'backstage-plugin-keptn-tasks-common';
import { formatPlace } from '../../lib/place';
import { keptnTasksTranslationRef } from '../../translation';
import { NoPlaces } from '../Tasks/NoPlaces';

/** Names the places that cannot be used at the moment; the rest works. */
export function TargetsBanner(props: { list: DefinitionList | undefined }) {
  const { list } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (!list) return null;
  if (list.problem) return <NoPlaces problem={list.problem} />;
  const away = list.targets.filter(({ available }) => !available);
  if (away.length === 0) return null;
  const messages = [...new Set(away.map(({ message }) => message))];
  return (
    <Alert
      role="status"
      status="warning"
      icon={<RiCloudOffLine />}
      title={t('targets.awayTitle', {
        count: away.length,
        places: away.map(formatPlace).join(', '),
      })}
      description={[...messages.filter(Boolean), t('targets.away')].join(' ')}
    />
  );
}
