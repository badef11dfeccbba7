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

// An app of its own, which brings the styles along as packages/app does.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { Content, Header, Page, SidebarPage } from '@backstage/core-components';
import { createApiFactory } from '@backstage/core-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { TARGETS_ANNOTATION } from 'backstage-plugin-keptn-tasks-common';
import ReactDOM from 'react-dom/client';
import { Navigate, Route } from 'react-router-dom';
import {
  EntityKeptnTasksContent,
  keptnTasksApiRef,
  keptnTasksPlugin,
} from '../src/legacy';
import { byEntity } from './byEntity';
import { SCENARIOS } from './demoApi';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    annotations: { [TARGETS_ANNOTATION]: 'production/shop' },
  },
};

const checkoutPage = (
  <EntityProvider entity={entity}>
    <Page themeId="service">
      <Header title="checkout" subtitle="On the old frontend system" />
      <Content>
        <EntityKeptnTasksContent />
      </Content>
    </Page>
  </EntityProvider>
);

const app = createApp({
  plugins: [keptnTasksPlugin],
  apis: [
    createApiFactory({
      api: keptnTasksApiRef,
      deps: {},
      factory: () => byEntity(SCENARIOS),
    }),
  ],
});

const App = app.createRoot(
  <AppRouter>
    <SidebarPage>
      <FlatRoutes>
        <Route path="/" element={<Navigate to="keptn-tasks" />} />
        <Route path="/keptn-tasks" element={checkoutPage} />
      </FlatRoutes>
    </SidebarPage>
  </AppRouter>,
);

ReactDOM.createRoot(document.getElementById('root')!).render(<App />);
