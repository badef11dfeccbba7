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

import { Button, TextField, ToggleButton } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RELEASE_STATES,
  type Release,
  type ReleaseState,
  type Target,
} from 'backstage-plugin-keptn-tasks-common';
import { currentReleases } from '../../lib/environments';
import { formatPlace } from '../../lib/place';
import {
  hasReleaseFilters,
  type ReleaseFilters,
} from '../../lib/releaseFilters';
import { releaseLabel } from '../../lib/releaseNames';
import { keptnTasksTranslationRef } from '../../translation';
import { FilterSelect } from '../FilterSelect/FilterSelect';
import { StateIcon } from '../StateChip/StateIcon';
import { useTasks } from '../Tasks/TasksContext';
import styles from './ReleasesList.module.css';

/** Narrows the list of releases down. */
export function ReleaseFiltersBar(props: {
  filters: ReleaseFilters;
  /** Those on the page: their apps and workloads can be chosen, too. */
  releases: readonly Release[];
  targets: readonly Target[];
  onChange: (filters: ReleaseFilters) => void;
}) {
  const { filters, releases, targets, onChange } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { environments } = useTasks();
  const subjects = subjectsOf(
    [...currentReleases(environments), ...releases],
    filters,
  );
  const place =
    filters.cluster && filters.namespace
      ? formatPlace({ cluster: filters.cluster, namespace: filters.namespace })
      : undefined;
  const toggle = (state: ReleaseState) =>
    onChange({
      ...filters,
      states: RELEASE_STATES.filter(one =>
        one === state
          ? !filters.states.includes(one)
          : filters.states.includes(one),
      ),
    });
  return (
    <section className={styles.bar} aria-label={t('releases.filters')}>
      <fieldset
        className={styles.chips}
        aria-label={t('releases.filterStates')}
      >
        {RELEASE_STATES.map(state => (
          <ToggleButton
            key={state}
            iconStart={<StateIcon state={state} size={16} />}
            isSelected={filters.states.includes(state)}
            onChange={() => toggle(state)}
          >
            {t(`state.${state}`)}
          </ToggleButton>
        ))}
      </fieldset>
      <div className={styles.selects}>
        <FilterSelect
          label={t('releases.filterKind')}
          value={filters.kind}
          options={(['app', 'workload'] as const).map(value => ({
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
        {targets.length > 1 && (
          <FilterSelect
            label={t('releases.filterPlace')}
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
        <TextField
          className={styles.version}
          size="small"
          label={t('releases.filterVersion')}
          value={filters.version ?? ''}
          onChange={version =>
            onChange({ ...filters, version: version.trim() || undefined })
          }
        />
        {hasReleaseFilters(filters) && (
          <Button variant="tertiary" onPress={() => onChange({ states: [] })}>
            {t('runs.clear')}
          </Button>
        )}
      </div>
    </section>
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
