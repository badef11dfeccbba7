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

import { createExtensionTester } from '@backstage/frontend-test-utils';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import {
  isKeptnTasksAvailable,
  KUBERNETES_NAMESPACE_ANNOTATION,
  TARGETS_ANNOTATION,
} from 'backstage-plugin-keptn-tasks-common';
import { anEntity } from './__testUtils__';
import plugin from './index';
import * as legacy from './legacy';

const { dataRefs } = EntityContentBlueprint;

describe('the plugin', () => {
  const tab = createExtensionTester(
    plugin.getExtension('entity-content:keptn-tasks'),
  );

  it.each([
    [{ [TARGETS_ANNOTATION]: 'sandbox/shop' }],
    [{ [KUBERNETES_NAMESPACE_ANNOTATION]: 'shop' }],
    [{ 'backstage.io/kubernetes-id': 'checkout' }],
    [{}],
  ])('offers its tab exactly where tasks can run: %p', annotations => {
    const entity = anEntity();
    entity.metadata.annotations = annotations;
    const isOffered = tab.get(dataRefs.filterFunction)!;
    expect(isOffered(entity)).toBe(isKeptnTasksAvailable(entity));
  });

  it('puts its tab among those about deployment', () => {
    expect(tab.get(dataRefs.title)).toBe('Deployment tasks');
    expect(tab.get(dataRefs.group)).toBe('deployment');
  });
});

describe('the plugin for the old frontend system', () => {
  it('has the same id and brings the API along', () => {
    expect(legacy.keptnTasksPlugin.getId()).toBe('keptn-tasks');
    expect(
      [...legacy.keptnTasksPlugin.getApis()].map(({ api }) => api),
    ).toEqual([legacy.keptnTasksApiRef]);
  });

  it('mounts the tab where the route of the plugin is', () => {
    expect(legacy.EntityKeptnTasksContent).toEqual(expect.any(Function));
    expect(legacy.isKeptnTasksAvailable(anEntity())).toBe(true);
  });
});
