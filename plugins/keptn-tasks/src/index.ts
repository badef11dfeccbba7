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

/**
 * Shows the deployment tasks of an entity on its catalog page and lets people run, repeat and cancel them.
 *
 * @packageDocumentation
 */
export { keptnTasksPlugin as default } from './plugin';
export { keptnTasksApiRef } from './api/keptnTasksApiRef';
export { keptnTasksTranslationRef } from './translation';
export {
  isKeptnTasksAvailable,
  type KeptnTasksApi,
  type Run,
  type RunDetail,
  type RunState,
} from 'backstage-plugin-keptn-tasks-common';
