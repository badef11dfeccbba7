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
import type { DefinitionList } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksApiRef } from '../api/keptnTasksApiRef';
import { isAboutRun } from '../lib/hints';
import { useLiveQuery, type LiveQuery } from './useLiveQuery';

/** What an entity can run and where, with the last results. */
export function useDefinitions(entityRef: string): LiveQuery<DefinitionList> {
  const api = useApi(keptnTasksApiRef);
  const load = useCallback(
    () => api.listDefinitions(entityRef),
    [api, entityRef],
  );
  return useLiveQuery(load, isAboutRun);
}
