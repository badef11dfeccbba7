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

import {
  ApiBlueprint,
  createFrontendPlugin,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import {
  KUBERNETES_NAMESPACE_ANNOTATION,
  TARGETS_ANNOTATION,
} from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksApiFactory } from './api/keptnTasksApiFactory';
import { entityContentRouteRef } from './routes';

const api = ApiBlueprint.make({
  params: define => define(keptnTasksApiFactory),
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/keptn-tasks',
    title: 'Deployment tasks',
    group: 'deployment',
    routeRef: entityContentRouteRef,
    // The same question that isKeptnTasksAvailable answers, in the form that installations can configure.
    filter: {
      $any: [
        { [`metadata.annotations.${TARGETS_ANNOTATION}`]: { $exists: true } },
        {
          [`metadata.annotations.${KUBERNETES_NAMESPACE_ANNOTATION}`]: {
            $exists: true,
          },
        },
      ],
    },
    loader: () =>
      import(
        './components/EntityKeptnTasksContent/EntityKeptnTasksContent'
      ).then(({ EntityKeptnTasksContent }) => <EntityKeptnTasksContent />),
  },
});

/**
 * The plugin for the new frontend system: the API client and the tab on entity pages.
 * @public
 */
export const keptnTasksPlugin = createFrontendPlugin({
  pluginId: 'keptn-tasks',
  title: 'Deployment tasks',
  info: { packageJson: () => import('../package.json') },
  routes: { entityContent: entityContentRouteRef },
  extensions: [api, entityContent],
});
