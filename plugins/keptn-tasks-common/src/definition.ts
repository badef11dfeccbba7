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

import type { components } from './schema/openapi.generated';

/** A task definition as people see it, in a place where the entity may run it. @public */
export type Definition = components['schemas']['Definition'];

/** What an entity can run, and where. @public */
export type DefinitionList = components['schemas']['DefinitionList'];

/** A place (cluster and namespace) where an entity may run tasks. @public */
export type Target = components['schemas']['Target'];

/** State and duration of one of the last runs of a definition. @public */
export type RecentRun = components['schemas']['RecentRun'];
