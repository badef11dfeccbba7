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

import { createApiRef } from '@backstage/frontend-plugin-api';
import type { KeptnTasksApi } from 'backstage-plugin-keptn-tasks-common';

/**
 * How the plugin's components reach the history. Provide your own implementation to put something else behind them.
 * @public
 */
export const keptnTasksApiRef = createApiRef<KeptnTasksApi>().with({
  id: 'plugin.keptn-tasks.client',
  pluginId: 'keptn-tasks',
});
