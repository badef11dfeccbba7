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
  gateReleasePermission,
  releaseRepeatPermission,
  runCancelPermission,
  runCreatePermission,
} from 'backstage-plugin-keptn-tasks-common';

/** What somebody may do with the runs and releases of an entity. Nothing while that is being found out. */
export interface RunPermissions {
  loading: boolean;
  mayRun: boolean;
  mayCancel: boolean;
  /** To repeat the checks of a release. */
  mayRepeat: boolean;
  /** To let Pods go whose checks have not passed. */
  mayOpenGate: boolean;
}

/** Asks for all permissions of an entity. The backend asks again. */
export function useRunPermissions(entityRef: string): RunPermissions {
  const create = usePermission({
    permission: runCreatePermission,
    resourceRef: entityRef,
  });
  const cancel = usePermission({
    permission: runCancelPermission,
    resourceRef: entityRef,
  });
  const repeat = usePermission({
    permission: releaseRepeatPermission,
    resourceRef: entityRef,
  });
  const gate = usePermission({
    permission: gateReleasePermission,
    resourceRef: entityRef,
  });
  return {
    loading: create.loading || cancel.loading || repeat.loading || gate.loading,
    mayRun: create.allowed,
    mayCancel: cancel.allowed,
    mayRepeat: repeat.allowed,
    mayOpenGate: gate.allowed,
  };
}
