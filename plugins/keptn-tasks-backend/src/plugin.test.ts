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
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import plugin from './index';

describe('keptnTasksPlugin', () => {
  it('starts without any cluster and says so', async () => {
    const { server } = await startTestBackend({
      features: [plugin, catalogServiceMock.factory({})],
    });
    const { body } = await request(server)
      .get('/api/keptn-tasks/clusters')
      .expect(200);
    expect(body).toEqual({ items: [] });
  });

  it('tells the permission system what may be granted', async () => {
    const { server } = await startTestBackend({
      features: [plugin, catalogServiceMock.factory({})],
    });
    const { body } = await request(server)
      .get('/api/keptn-tasks/.well-known/backstage/permissions/metadata')
      .expect(200);
    expect(body.permissions.map(({ name }: any) => name).sort()).toEqual([
      'keptn-tasks.gate.release',
      'keptn-tasks.release.repeat',
      'keptn-tasks.run.cancel',
      'keptn-tasks.run.create',
      'keptn-tasks.run.read',
    ]);
  });

  it('lets nobody in without credentials', async () => {
    const { server } = await startTestBackend({
      features: [plugin, catalogServiceMock.factory({})],
    });
    const { status } = await request(server)
      .get('/api/keptn-tasks/clusters')
      .set('authorization', mockCredentials.none.header());
    expect(status).toBe(401);
  });

  it('does not wait for a cluster that is away, and tells what is wrong', async () => {
    const { server } = await startTestBackend({
      features: [
        plugin,
        catalogServiceMock.factory({}),
        mockServices.rootConfig.factory({
          data: {
            keptnTasks: {
              clusters: [
                { name: 'away', url: 'https://127.0.0.1:1', token: 'hidden' },
              ],
            },
          },
        }),
      ],
    });
    let health: any;
    while (!health?.message) {
      const { body } = await request(server).get('/api/keptn-tasks/clusters');
      health = body.items[0];
    }
    expect(health).toMatchObject({
      name: 'away',
      reachable: false,
      message: expect.stringContaining('ECONNREFUSED'),
    });
    expect(JSON.stringify(health)).not.toContain('hidden');
  });

  it('refuses to start with a configuration that is wrong', async () => {
    await expect(
      startTestBackend({
        features: [
          plugin,
          catalogServiceMock.factory({}),
          mockServices.rootConfig.factory({
            data: { keptnTasks: { clusters: [{ name: 'x', mode: 'both' }] } },
          }),
        ],
      }),
    ).rejects.toThrow(/keptnTasks\.clusters\[0\]\.mode is 'both'/);
  });
});
