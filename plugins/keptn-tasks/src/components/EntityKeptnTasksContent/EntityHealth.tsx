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
import type {
  DefinitionList,
  EnvironmentList,
} from 'backstage-plugin-keptn-tasks-common';
import type { LiveQuery } from '../../hooks/useLiveQuery';
import { useRuns } from '../../hooks/useRuns';
import {
  judgeEntity,
  type EntityHealth as Health,
} from '../../lib/entityHealth';
import type { RunFilters } from '../../lib/runFilters';
import { HealthLine } from '../HealthLine/HealthLine';
import { useTasks } from '../Tasks/TasksContext';

const NO_FILTERS: RunFilters = { states: [] };
const RECENT_RUNS = 50;

/**
 * Judges an entity by its releases, by its definitions' last runs and by the newest runs of all, whose definitions may
 * be gone.
 */
export function EntityHealth(props: {
  definitions: LiveQuery<DefinitionList>;
  releases: LiveQuery<EnvironmentList>;
  /** The run or release that is on the page: what is wrong with it stands there. */
  shown?: string;
}) {
  const { definitions, releases, shown } = props;
  const { entityRef, environments } = useTasks();
  const recent = useRuns(entityRef, NO_FILTERS, { limit: RECENT_RUNS });
  const items = definitions.data?.items;
  const runs = recent.data?.items;
  const known = !!items || !!runs || !!releases.data;
  const health = useMemo(
    () =>
      known
        ? judgeEntity({
            environments,
            definitions: items ?? [],
            runs: runs ?? [],
          })
        : undefined,
    [known, environments, items, runs],
  );
  const complete = !definitions.loading && !recent.loading && !releases.loading;
  // Without an answer there is nothing to say; the view below tells why.
  if (complete && !health) return null;
  if (health && shown !== undefined && subjectsOf(health).includes(shown)) {
    return null;
  }
  return <HealthLine health={complete ? health : undefined} />;
}

/** Ids of what the sentence is about, where a page of its own says more. */
function subjectsOf(health: Health): string[] {
  if (health.about === 'runs') {
    return health.health.kind === 'failed' ? [health.health.run.id] : [];
  }
  return 'trouble' in health.health
    ? [health.health.trouble.subject.id, health.health.trouble.blamed.id]
    : [];
}
