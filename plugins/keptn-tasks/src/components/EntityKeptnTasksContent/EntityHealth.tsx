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

import { useMemo } from 'react';
import type { DefinitionList } from 'backstage-plugin-keptn-tasks-common';
import type { LiveQuery } from '../../hooks/useLiveQuery';
import { useRuns } from '../../hooks/useRuns';
import type { RunFilters } from '../../lib/runFilters';
import { judgeHealth } from '../../lib/runHealth';
import { HealthLine } from '../HealthLine/HealthLine';
import { useTasks } from '../Tasks/TasksContext';

const NO_FILTERS: RunFilters = { states: [] };
const RECENT_RUNS = 50;

/** Judges an entity by its definitions' last runs and by the newest runs of all, whose definitions may be gone. */
export function EntityHealth(props: {
  definitions: LiveQuery<DefinitionList>;
  /** The run that is on the page: what is wrong with it stands there. */
  shownRun?: string;
}) {
  const { definitions, shownRun } = props;
  const { entityRef } = useTasks();
  const recent = useRuns(entityRef, NO_FILTERS, { limit: RECENT_RUNS });
  const items = definitions.data?.items;
  const runs = recent.data?.items;
  const health = useMemo(
    () => (items || runs ? judgeHealth(items ?? [], runs ?? []) : undefined),
    [items, runs],
  );
  const complete = !definitions.loading && !recent.loading;
  // Without an answer there is nothing to say; the view below tells why.
  if (complete && !health) return null;
  if (health?.kind === 'failed' && health.run.id === shownRun) return null;
  return <HealthLine health={complete ? health : undefined} />;
}
