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
import { useAnalytics, useApi } from '@backstage/frontend-plugin-api';
import type {
  ReleaseDetail,
  RepeatChecksRequest,
} from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksApiRef } from '../api/keptnTasksApiRef';
import { useCommand, type Command } from './useCommand';

/** Asks for the checks of a release to be repeated. */
export function useRepeatChecks(): Command<
  { id: string; request: RepeatChecksRequest },
  ReleaseDetail
> {
  const api = useApi(keptnTasksApiRef);
  const analytics = useAnalytics();
  return useCommand(
    useCallback(
      async ({ id, request }: { id: string; request: RepeatChecksRequest }) => {
        const detail = await api.repeatChecks(id, request);
        analytics.captureEvent('repeat', id);
        return detail;
      },
      [api, analytics],
    ),
  );
}
