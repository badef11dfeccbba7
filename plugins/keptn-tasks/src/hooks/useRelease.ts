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
  ReleaseDetail,
  RunHint,
} from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksApiRef } from '../api/keptnTasksApiRef';
import { isAboutRelease } from '../lib/hints';
import { useLiveQuery, type LiveQuery } from './useLiveQuery';

/** Everything kept of one release, fresh whenever a release or one of its runs changes. */
export function useRelease(
  id: string,
  entityRef: string,
): LiveQuery<ReleaseDetail> {
  const api = useApi(keptnTasksApiRef);
  const shown = useRef<Set<string>>(new Set());
  const load = useCallback(async () => {
    const detail = await api.getRelease(id, { entityRef });
    shown.current = new Set(detail.runs.map(({ run }) => run.id));
    return detail;
  }, [api, id, entityRef]);
  const concerns = useCallback(
    (hint: RunHint) => isAboutRelease(hint) || shown.current.has(hint.id),
    [],
  );
  return useLiveQuery(load, concerns);
}
