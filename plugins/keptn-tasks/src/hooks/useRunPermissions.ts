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

import { usePermission } from '@backstage/plugin-permission-react';
import {
  runCancelPermission,
  runCreatePermission,
} from 'backstage-plugin-keptn-tasks-common';

/** What somebody may do with the runs of an entity. Nothing while that is being found out. */
export interface RunPermissions {
  loading: boolean;
  mayRun: boolean;
  mayCancel: boolean;
}

/** Asks for both permissions of an entity. The backend asks again. */
export function useRunPermissions(entityRef: string): RunPermissions {
  const create = usePermission({
    permission: runCreatePermission,
    resourceRef: entityRef,
  });
  const cancel = usePermission({
    permission: runCancelPermission,
    resourceRef: entityRef,
  });
  return {
    loading: create.loading || cancel.loading,
    mayRun: create.allowed,
    mayCancel: cancel.allowed,
  };
}
