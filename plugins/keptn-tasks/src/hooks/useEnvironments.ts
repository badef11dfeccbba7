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

import { useCallback, useRef } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  EnvironmentList,
  RunHint,
} from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksApiRef } from '../api/keptnTasksApiRef';
import { shownRunIds } from '../lib/environments';
import { isAboutRelease } from '../lib/hints';
import { useLiveQuery, type LiveQuery } from './useLiveQuery';

/** Where an entity's releases are, fresh whenever a release or a run that is shown with one changes. */
export function useEnvironments(entityRef: string): LiveQuery<EnvironmentList> {
  const api = useApi(keptnTasksApiRef);
  const shown = useRef<Set<string>>(new Set());
  const load = useCallback(async () => {
    const list = await api.listEnvironments(entityRef);
    shown.current = shownRunIds(list.items);
    return list;
  }, [api, entityRef]);
  const concerns = useCallback(
    (hint: RunHint) => isAboutRelease(hint) || shown.current.has(hint.id),
    [],
  );
  return useLiveQuery(load, concerns);
}
