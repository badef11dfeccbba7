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

import { TextField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RELEASE_STATES,
  type Release,
  type Target,
} from 'backstage-plugin-keptn-tasks-common';
import { currentReleases } from '../../lib/environments';
import { RELEASE_KINDS, type ReleaseFilters } from '../../lib/releaseFilters';
import { releaseLabel } from '../../lib/releaseNames';
import { keptnTasksTranslationRef } from '../../translation';
import { FiltersBar } from '../FiltersBar/FiltersBar';
import { FilterSelect } from '../FiltersBar/FilterSelect';
import { PlaceFilter } from '../FiltersBar/PlaceFilter';
import { StateChips } from '../FiltersBar/StateChips';
import { useTasks } from '../Tasks/TasksContext';
import styles from './ReleasesList.module.css';

/** Narrows the list of releases down. */
export function ReleaseFiltersBar(props: {
  filters: ReleaseFilters;
  /** Those on the page: their apps and workloads can be chosen, too. */
  releases: readonly Release[];
  targets: readonly Target[];
  onChange: (filters: ReleaseFilters) => void;
  onClear: (() => void) | undefined;
}) {
  const { filters, releases, targets, onChange, onClear } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { environments } = useTasks();
  const subjects = subjectsOf(
    [...currentReleases(environments), ...releases],
    filters,
  );
  return (
    <FiltersBar
      chips={
        <StateChips
          states={RELEASE_STATES}
          selected={filters.states}
          onChange={states => onChange({ ...filters, states })}
        />
      }
      onClear={onClear}
    >
      <FilterSelect
        label={t('releases.filterKind')}
        value={filters.kind}
        options={RELEASE_KINDS.map(value => ({
          value,
          label: t(`releases.level.${value}`),
        }))}
        onChange={kind => onChange({ ...filters, kind })}
      />
      <FilterSelect
        label={t('releases.filterWhat')}
        value={
          (filters.workload && `workload ${filters.workload}`) ??
          (filters.app && `app ${filters.app}`)
        }
        options={subjects}
        onChange={value => {
          const [kind, name] = value?.split(' ') ?? [];
          onChange({
            ...filters,
            app: kind === 'app' ? name : undefined,
            workload: kind === 'workload' ? name : undefined,
          });
        }}
      />
      <PlaceFilter filters={filters} targets={targets} onChange={onChange} />
      <TextField
        className={styles.version}
        size="small"
        label={t('releases.filterVersion')}
        value={filters.version ?? ''}
        onChange={version =>
          onChange({ ...filters, version: version.trim() || undefined })
        }
      />
    </FiltersBar>
  );
}

/** The apps and workloads to choose from; what is chosen is always one of them. */
function subjectsOf(
  releases: readonly Release[],
  { app, workload }: ReleaseFilters,
): Array<{ value: string; label: string }> {
  const labels = new Map<string, string>();
  if (app) labels.set(`app ${app}`, app);
  if (workload) labels.set(`workload ${workload}`, workload);
  for (const release of releases) {
    labels.set(`app ${release.appName}`, release.appName);
    if (release.workloadName) {
      labels.set(`workload ${release.workloadName}`, releaseLabel(release));
    }
  }
  return [...labels]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
