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

import { createPermission } from '@backstage/plugin-permission-common';

// The catalog's resource type: every rule that a policy can make about entities (their owner, their
// annotations, …) applies to the runs of these entities.
const resourceType = 'catalog-entity';

/** Allows to see the runs, logs and definitions of an entity. @public */
export const runReadPermission = createPermission({
  name: 'keptn-tasks.run.read',
  attributes: { action: 'read' },
  resourceType,
});

/** Allows to start runs for an entity. @public */
export const runCreatePermission = createPermission({
  name: 'keptn-tasks.run.create',
  attributes: { action: 'create' },
  resourceType,
});

/** Allows to cancel runs of an entity. @public */
export const runCancelPermission = createPermission({
  name: 'keptn-tasks.run.cancel',
  attributes: { action: 'update' },
  resourceType,
});

/** Allows to repeat the checks of an entity's releases. @public */
export const releaseRepeatPermission = createPermission({
  name: 'keptn-tasks.release.repeat',
  attributes: { action: 'update' },
  resourceType,
});

/** Allows to let Pods of an entity go although their checks have not passed. @public */
export const gateReleasePermission = createPermission({
  name: 'keptn-tasks.gate.release',
  attributes: { action: 'update' },
  resourceType,
});

/** All permissions of the plugin. @public */
export const keptnTasksPermissions = [
  runReadPermission,
  runCreatePermission,
  runCancelPermission,
  releaseRepeatPermission,
  gateReleasePermission,
];
