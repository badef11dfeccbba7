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

import type { components, paths } from './schema/openapi.generated';

/** Which runs of an entity to list. @public */
export type ListRunsQuery = NonNullable<
  paths['/runs']['get']['parameters']['query']
>;

/** Which runs of an entity to count. @public */
export type CountRunsQuery = NonNullable<
  paths['/runs/counts']['get']['parameters']['query']
>;

/** What starts a run. @public */
export type TriggerRequest = components['schemas']['TriggerRequest'];

/** What to change when a run is repeated. @public */
export type RerunRequest = components['schemas']['RerunRequest'];

/** Why a run is to stop. @public */
export type CancelRequest = components['schemas']['CancelRequest'];

/** Tells that a run or a release has changed, and nothing else. @public */
export type RunHint = components['schemas']['RunHint'];

/** Which releases of an entity to list. @public */
export type ListReleasesQuery = NonNullable<
  paths['/releases']['get']['parameters']['query']
>;

/** Whose checks are to be repeated. @public */
export type RepeatChecksRequest = components['schemas']['RepeatChecksRequest'];

/** Why Pods are to be let go. @public */
export type ReleaseGateRequest = components['schemas']['ReleaseGateRequest'];
