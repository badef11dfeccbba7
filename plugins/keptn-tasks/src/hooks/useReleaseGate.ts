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
import type { ReleaseGateRequest } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksApiRef } from '../api/keptnTasksApiRef';
import { useCommand, type Command } from './useCommand';

/** Lets the Pods of some workloads go, one workload after the other. The first refusal ends it. */
export function useReleaseGate(
  onOpened: (id: string) => void,
): Command<{ ids: readonly string[]; request: ReleaseGateRequest }, true> {
  const api = useApi(keptnTasksApiRef);
  const analytics = useAnalytics();
  return useCommand(
    useCallback(
      async (input: {
        ids: readonly string[];
        request: ReleaseGateRequest;
      }) => {
        for (const id of input.ids) {
          await api.releaseGate(id, input.request);
          analytics.captureEvent('releaseGate', id);
          onOpened(id);
        }
        return true as const;
      },
      [api, analytics, onOpened],
    ),
  );
}
