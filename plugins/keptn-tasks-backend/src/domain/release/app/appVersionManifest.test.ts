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

import { anApp } from '../__testUtils__/appBuilders';
import type { KeptnAppContext } from '../resources';
import { appVersionManifest } from './appVersionManifest';

const app = anApp({
  generation: 2,
  spec: {
    version: '3.4.5',
    revision: 1,
    workloads: [{ name: 'cart', version: '3.4.5' }],
  },
});

describe('appVersionManifest', () => {
  it('is the app and its context as they are now', () => {
    const context = {
      spec: {
        preDeploymentTasks: ['app-gate'],
        promotionTasks: ['promote'],
        metadata: { team: 'blue' },
        spanLinks: ['00-a-b-01'],
      },
    } as unknown as KeptnAppContext;
    expect(appVersionManifest(app, context, '3.4.4')).toEqual({
      metadata: {
        name: 'shop-3.4.5-d4735e3a',
        namespace: 'shop',
        ownerReferences: [
          {
            apiVersion: 'lifecycle.keptn.sh/v1',
            kind: 'KeptnApp',
            name: 'shop',
            uid: 'uid-shop',
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      },
      spec: {
        appName: 'shop',
        version: '3.4.5',
        revision: 1,
        workloads: [{ name: 'cart', version: '3.4.5' }],
        previousVersion: '3.4.4',
        preDeploymentTasks: ['app-gate'],
        promotionTasks: ['promote'],
        metadata: { team: 'blue' },
        spanLinks: ['00-a-b-01'],
      },
    });
  });

  it('names no previous version where there is none', () => {
    expect(
      appVersionManifest(app, undefined, undefined).spec,
    ).not.toHaveProperty('previousVersion');
  });
});
