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

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Target } from 'backstage-plugin-keptn-tasks-common';
import { formatPlace, type Place } from '../../lib/place';
import { keptnTasksTranslationRef } from '../../translation';
import { FilterSelect } from './FilterSelect';

/** One of the places, where there are several to tell apart. */
export function PlaceFilter<T extends Partial<Place>>(props: {
  filters: T;
  targets: readonly Target[];
  onChange: (filters: T) => void;
}) {
  const { filters, targets, onChange } = props;
  const { cluster, namespace } = filters;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (targets.length < 2) return null;
  return (
    <FilterSelect
      label={t('runs.filterPlace')}
      value={
        cluster && namespace ? formatPlace({ cluster, namespace }) : undefined
      }
      options={targets.map(formatPlace).map(value => ({ value, label: value }))}
      onChange={value => {
        const target = targets.find(one => formatPlace(one) === value);
        onChange({
          ...filters,
          cluster: target?.cluster,
          namespace: target?.namespace,
        });
      }}
    />
  );
}
