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
import {
  RUN_STATES,
  type RunCounts,
  type RunState,
  type Target,
} from 'backstage-plugin-keptn-tasks-common';
import {
  RUN_PHASES,
  RUN_TRIGGERS,
  type RunFilters,
} from '../../lib/runFilters';
import { keptnTasksTranslationRef } from '../../translation';
import { FiltersBar } from '../FiltersBar/FiltersBar';
import { FilterSelect } from '../FiltersBar/FilterSelect';
import { PlaceFilter } from '../FiltersBar/PlaceFilter';
import { StateChips } from '../FiltersBar/StateChips';

/** Narrows the list of runs down. */
export function RunFiltersBar(props: {
  filters: RunFilters;
  counts: RunCounts | undefined;
  definitionNames: readonly string[];
  targets: readonly Target[];
  onChange: (filters: RunFilters) => void;
  onClear: (() => void) | undefined;
}) {
  const { filters, counts, definitionNames, targets, onChange, onClear } =
    props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const names = [...new Set([...definitionNames, filters.definition])].filter(
    (name): name is string => !!name,
  );
  return (
    <FiltersBar
      chips={
        <StateChips
          states={RUN_STATES}
          selected={filters.states}
          countOf={counts && (state => countText(counts, state, t))}
          onChange={states => onChange({ ...filters, states })}
        />
      }
      onClear={onClear}
    >
      <FilterSelect
        label={t('runs.filterDefinition')}
        value={filters.definition}
        options={names.sort().map(name => ({ value: name, label: name }))}
        onChange={definition => onChange({ ...filters, definition })}
      />
      <FilterSelect
        label={t('runs.filterPhase')}
        value={filters.phase}
        options={RUN_PHASES.map(value => ({
          value,
          label: t(`phase.${value}`),
        }))}
        onChange={phase => onChange({ ...filters, phase })}
      />
      <FilterSelect
        label={t('runs.filterTrigger')}
        value={filters.trigger}
        options={RUN_TRIGGERS.map(value => ({
          value,
          label: t(`trigger.${value}`),
        }))}
        onChange={trigger => onChange({ ...filters, trigger })}
      />
      <PlaceFilter filters={filters} targets={targets} onChange={onChange} />
    </FiltersBar>
  );
}

function countText(
  { states, limit }: RunCounts,
  state: RunState,
  t: (key: 'runs.atLeast', options: { count: string }) => string,
): string {
  const count = states[state] ?? 0;
  return count >= limit ? t('runs.atLeast', { count: `${count}` }) : `${count}`;
}
