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

import { useCallback, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Run } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksApiRef } from '../../api/keptnTasksApiRef';

/** Saves the log of an attempt as a text file. */
export function useDownloadLog(
  run: Run,
  entityRef: string,
  attempt: number | undefined,
): { download: () => Promise<void>; error?: Error } {
  const api = useApi(keptnTasksApiRef);
  const [error, setError] = useState<Error>();
  const download = useCallback(async () => {
    setError(undefined);
    try {
      const text = await api.getRunLogText(run.id, { entityRef, attempt });
      saveText(`${run.taskName}-attempt-${attempt ?? 1}.log`, text);
    } catch (failure) {
      setError(failure as Error);
    }
  }, [api, run.id, run.taskName, entityRef, attempt]);
  return { download, error };
}

function saveText(name: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
