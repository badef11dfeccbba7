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
 * The plugin for apps on the old frontend system.
 *
 * @packageDocumentation
 */
import {
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { keptnTasksApiFactory } from './api/keptnTasksApiFactory';
import { entityContentRouteRef } from './routes';

export { isKeptnTasksAvailable } from 'backstage-plugin-keptn-tasks-common';
export { keptnTasksApiRef } from './api/keptnTasksApiRef';
export { keptnTasksTranslationRef } from './translation';

/**
 * The plugin with its API client.
 * @public
 */
export const keptnTasksPlugin = createPlugin({
  id: 'keptn-tasks',
  apis: [keptnTasksApiFactory],
  routes: { entityContent: entityContentRouteRef },
});

/**
 * The tab on entity pages, to stand in an `EntityLayout.Route`.
 * @public
 */
export const EntityKeptnTasksContent = keptnTasksPlugin.provide(
  createRoutableExtension({
    name: 'EntityKeptnTasksContent',
    mountPoint: entityContentRouteRef,
    component: () =>
      import(
        './components/EntityKeptnTasksContent/EntityKeptnTasksContent'
      ).then(module => module.EntityKeptnTasksContent),
  }),
);
