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

import { Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Phase,
  RunCounts,
  Target,
  Trigger,
} from 'backstage-plugin-keptn-tasks-common';
import { formatPlace } from '../../lib/place';
import { hasRunFilters, type RunFilters } from '../../lib/runFilters';
import { keptnTasksTranslationRef } from '../../translation';
import { FilterSelect } from '../FilterSelect/FilterSelect';
import { StateChips } from './StateChips';
import styles from './RunFiltersBar.module.css';

const PHASES: Phase[] = ['pre', 'post', 'promotion', 'none'];
const TRIGGERS: Array<Trigger['source']> = [
  'portal',
  'rerun',
  'cluster',
  'release',
];

/** Narrows the list of runs down. */
export function RunFiltersBar(props: {
  filters: RunFilters;
  counts: RunCounts | undefined;
  definitionNames: readonly string[];
  targets: readonly Target[];
  onChange: (filters: RunFilters) => void;
}) {
  const { filters, counts, definitionNames, targets, onChange } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const names = [...new Set([...definitionNames, filters.definition])].filter(
    (name): name is string => !!name,
  );
  const place =
    filters.cluster && filters.namespace
      ? formatPlace({ cluster: filters.cluster, namespace: filters.namespace })
      : undefined;
  return (
    <section className={styles.bar} aria-label={t('runs.filters')}>
      <StateChips
        selected={filters.states}
        counts={counts}
        onChange={states => onChange({ ...filters, states })}
      />
      <div className={styles.selects}>
        <FilterSelect
          label={t('runs.filterDefinition')}
          value={filters.definition}
          options={names.sort().map(name => ({ value: name, label: name }))}
          onChange={definition => onChange({ ...filters, definition })}
        />
        <FilterSelect
          label={t('runs.filterPhase')}
          value={filters.phase}
          options={PHASES.map(value => ({ value, label: t(`phase.${value}`) }))}
          onChange={phase => onChange({ ...filters, phase })}
        />
        <FilterSelect
          label={t('runs.filterTrigger')}
          value={filters.trigger}
          options={TRIGGERS.map(value => ({
            value,
            label: t(`trigger.${value}`),
          }))}
          onChange={trigger => onChange({ ...filters, trigger })}
        />
        {targets.length > 1 && (
          <FilterSelect
            label={t('runs.filterPlace')}
            value={place}
            options={targets.map(target => ({
              value: formatPlace(target),
              label: formatPlace(target),
            }))}
            onChange={value => {
              const target = targets.find(one => formatPlace(one) === value);
              onChange({
                ...filters,
                cluster: target?.cluster,
                namespace: target?.namespace,
              });
            }}
          />
        )}
        {hasRunFilters(filters) && (
          <Button variant="tertiary" onPress={() => onChange({ states: [] })}>
            {t('runs.clear')}
          </Button>
        )}
      </div>
    </section>
  );
}
