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

import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { TARGETS_ANNOTATION } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksApiRef } from '../api/keptnTasksApiRef';
import { EntityKeptnTasksContent } from '../components/EntityKeptnTasksContent/EntityKeptnTasksContent';
import type { FakeKeptnTasksApi } from './FakeKeptnTasksApi';

const BASE = '/catalog/default/component/checkout/keptn-tasks';

/** The entity that the examples belong to. */
export function anEntity(name = 'checkout'): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { [TARGETS_ANNOTATION]: 'sandbox/shop' },
    },
  };
}

/**
 * Shows the tab of an entity in a test app, at a path below it.
 * @param options.denied - names of the permissions that are refused
 */
export async function renderTab(
  api: FakeKeptnTasksApi,
  options: { path?: string; entity?: Entity; denied?: string[] } = {},
) {
  const { path = '', entity = anEntity(), denied = [] } = options;
  const analytics = mockApis.analytics();
  const address = { current: '' };
  const Address = () => {
    const { pathname, search, hash } = useLocation();
    address.current = pathname.replace(BASE, '') + search + hash;
    return null;
  };
  await renderInTestApp(
    <EntityProvider entity={entity}>
      <EntityKeptnTasksContent />
      <Address />
    </EntityProvider>,
    {
      mountPath: BASE,
      initialRouteEntries: [BASE + path],
      apis: [
        [keptnTasksApiRef, api],
        [
          permissionApiRef,
          {
            authorize: async ({ permission }) => ({
              result: denied.includes(permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
            }),
          },
        ],
        analytics,
        mockApis.identity({ userEntityRef: 'user:default/guest' }),
      ],
    },
  );
  return {
    user: userEvent.setup(),
    /** What was captured for analytics. */
    events: () => analytics.getEvents(),
    /** Where one is, below the tab. */
    address: () => address.current,
    entityRef: stringifyEntityRef(entity),
  };
}
