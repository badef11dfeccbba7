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

import { useCallback } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { RunCounts } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksApiRef } from '../api/keptnTasksApiRef';
import { toListQuery } from '../lib/listFilters';
import type { RunFilters } from '../lib/runFilters';
import { isAboutRun } from '../lib/hints';
import { useLiveQuery, type LiveQuery } from './useLiveQuery';

/** How many runs each state has under the other filters. */
export function useRunCounts(
  entityRef: string,
  filters: RunFilters,
): LiveQuery<RunCounts> {
  const api = useApi(keptnTasksApiRef);
  const load = useCallback(() => {
    const { state: _, ...query } = toListQuery(entityRef, filters);
    return api.countRuns(query);
  }, [api, entityRef, filters]);
  return useLiveQuery(load, isAboutRun);
}
