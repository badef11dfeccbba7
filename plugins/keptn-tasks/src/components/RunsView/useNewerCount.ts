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

import { useCallback, useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { keptnTasksApiRef } from '../../api/keptnTasksApiRef';
import { useLiveQuery } from '../../hooks/useLiveQuery';
import { isAboutRun } from '../../lib/hints';
import { toListQuery } from '../../lib/listFilters';
import type { RunFilters } from '../../lib/runFilters';

const LIMIT = 25;
const NONE: string[] = [];

/**
 * How many runs have been added on the first page since somebody turned to an older one.
 * @param active - an older page is shown; nothing is asked for otherwise
 */
export function useNewerCount(
  entityRef: string,
  filters: RunFilters,
  active: boolean,
): number {
  const api = useApi(keptnTasksApiRef);
  const [since, setSince] = useState<string>();
  const load = useCallback(
    async () =>
      active
        ? (
            await api.listRuns({
              ...toListQuery(entityRef, filters),
              limit: LIMIT,
            })
          ).items.map(({ id }) => id)
        : [],
    [api, entityRef, filters, active],
  );
  const { data: ids = NONE, stale } = useLiveQuery(load, isAboutRun);

  useEffect(() => setSince(undefined), [filters, active]);
  useEffect(() => {
    if (!stale && ids.length > 0) setSince(known => known ?? ids[0]);
  }, [ids, stale]);

  if (!active || stale || since === undefined) return 0;
  const position = ids.indexOf(since);
  return position < 0 ? ids.length : position;
}
