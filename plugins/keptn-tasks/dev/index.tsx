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

import type { Entity } from '@backstage/catalog-model';
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { Container } from '@backstage/ui';
import { RiRocketLine } from '@remixicon/react';
import { TARGETS_ANNOTATION } from 'backstage-plugin-keptn-tasks-common';
import keptnTasksPlugin, { keptnTasksApiRef } from '../src';
import { EntityKeptnTasksContent } from '../src/components/EntityKeptnTasksContent/EntityKeptnTasksContent';
import { byEntity } from './byEntity';
import { SCENARIOS } from './demoApi';

const entityOf = (name: string, annotated: boolean): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    annotations: annotated ? { [TARGETS_ANNOTATION]: 'production/shop' } : {},
  },
});

// One page for each state of the tab; `missing` is the entity without annotations.
const pages = [...Object.keys(SCENARIOS), 'missing'].map(name =>
  PageBlueprint.make({
    name,
    params: {
      path: `/${name}`,
      title: name,
      icon: <RiRocketLine />,
      loader: async () => (
        <EntityProvider entity={entityOf(name, name !== 'missing')}>
          <Container py="6">
            <EntityKeptnTasksContent />
          </Container>
        </EntityProvider>
      ),
    },
  }),
);

createDevApp({
  features: [
    keptnTasksPlugin,
    createFrontendPlugin({ pluginId: 'demo', extensions: pages }),
    createFrontendModule({
      pluginId: 'app',
      extensions: [
        ApiBlueprint.make({
          name: 'permission',
          params: define =>
            define({
              api: permissionApiRef,
              deps: {},
              factory: () => ({
                authorize: async () => ({ result: AuthorizeResult.ALLOW }),
              }),
            }),
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'keptn-tasks',
      extensions: [
        ApiBlueprint.make({
          params: define =>
            define({
              api: keptnTasksApiRef,
              deps: {},
              factory: () => byEntity(SCENARIOS),
            }),
        }),
      ],
    }),
  ],
});
