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

import { expectStatus } from './support/expectStatus';
import { configMap, container } from './support/objects';
import { configMaps, deployments } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { useWidgets } from './support/widgets';

const REJECTED =
  'the server rejected our request due to an error in our request';

describe('Patches', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);
  const create = async (name: string) => {
    await api.post(
      configMaps(namespace),
      configMap(name, { data: { a: '1', b: '2' } }),
    );
    return configMaps(namespace, name);
  };

  describe('JSON patch', () => {
    it('adds, replaces and removes', async () => {
      const path = await create('json');
      const { status, body } = await api.patch(
        path,
        [
          { op: 'test', path: '/data/a', value: '1' },
          { op: 'add', path: '/data/c', value: '3' },
          { op: 'replace', path: '/data/a', value: '9' },
          { op: 'remove', path: '/data/b' },
        ],
        'json',
      );
      expect([status, body.data]).toEqual([200, { a: '9', c: '3' }]);
    });

    it('understands ~1 as a slash in a key', async () => {
      const path = await create('slash');
      const { body } = await api.patch(
        path,
        [
          { op: 'add', path: '/metadata/annotations', value: {} },
          { op: 'add', path: '/metadata/annotations/a.test~1x', value: 'y' },
        ],
        'json',
      );
      expect(body.metadata.annotations).toEqual({ 'a.test/x': 'y' });
    });

    it.each([
      [
        'a test fails',
        [
          { op: 'test', path: '/data/a', value: 'no' },
          { op: 'remove', path: '/data/a' },
        ],
      ],
      ['the path to remove is missing', [{ op: 'remove', path: '/data/none' }]],
      [
        'the parent is missing',
        [{ op: 'add', path: '/metadata/labels/x', value: 'y' }],
      ],
      ['the operation is unknown', [{ op: 'frob', path: '/data/a' }]],
    ])('changes nothing when %s', async (_, patch) => {
      const path = await create(
        `json-${Math.random().toString(36).slice(2, 8)}`,
      );
      expectStatus(await api.patch(path, patch, 'json'), {
        code: 422,
        reason: 'Invalid',
        message: REJECTED,
      });
      expect((await api.get(path)).body.data).toEqual({ a: '1', b: '2' });
    });

    it('refuses a body that is no list', async () => {
      expectStatus(
        await api.patch(await create('no-list'), { op: 'add' }, 'json'),
        { code: 400, reason: 'BadRequest', message: /^error decoding patch: / },
      );
    });
  });

  describe('merge patch', () => {
    it('merges objects and removes what is null', async () => {
      const path = await create('merge');
      const { status, body } = await api.patch(path, {
        data: { a: null, c: '3' },
      });
      expect([status, body.data]).toEqual([200, { b: '2', c: '3' }]);
    });

    it('changes nothing when it is empty', async () => {
      const path = await create('empty');
      const before = (await api.get(path)).body;
      const { status, body } = await api.patch(path, {});
      expect([status, body]).toEqual([200, before]);
    });

    it('refuses a body that is not JSON', async () => {
      expectStatus(await api.patch(await create('not-json'), '{'), {
        code: 400,
        reason: 'BadRequest',
        message: 'error decoding patch: unexpected end of JSON input',
      });
    });

    it('refuses a result that is invalid', async () => {
      const path = await create('invalid');
      expectStatus(await api.patch(path, { data: { 'bad key': 'x' } }), {
        code: 422,
        reason: 'Invalid',
        causes: [{ reason: 'FieldValueInvalid', field: 'data[bad key]' }],
      });
      expectStatus(await api.patch(path, { data: 'x' }), {
        code: 422,
        reason: 'Invalid',
        message: /^ "" is invalid: patch: Invalid value: /,
      });
    });

    it('replaces a list as a whole', async () => {
      await api.post(
        widgets.path(namespace),
        widgets.make('list', { tags: ['a', 'b'] }),
      );
      const { body } = await api.patch(widgets.path(namespace, 'list'), {
        spec: { tags: ['c'] },
      });
      expect(body.spec.tags).toEqual(['c']);
    });
  });

  describe('strategic merge patch', () => {
    const deployment = (name: string) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: {
            containers: [
              container('true', {
                name: 'one',
                env: [
                  { name: 'A', value: '1' },
                  { name: 'B', value: '2' },
                ],
              }),
              container('true', { name: 'two' }),
            ],
          },
        },
      },
    });
    const patchPod = async (name: string, spec: unknown) => {
      await api.post(deployments(namespace), deployment(name));
      const { status, body } = await api.patch(
        deployments(namespace, name),
        { spec: { template: { spec } } },
        'strategic',
      );
      expect(status).toBe(200);
      return body.spec.template.spec.containers as any[];
    };

    it('merges containers by name', async () => {
      const containers = await patchPod('by-name', {
        containers: [{ name: 'two', image: 'registry.invalid/other:1' }],
      });
      const images = containers.map(({ name, image }) => [name, image]);
      expect(images).toEqual([
        ['one', container('').image],
        ['two', 'registry.invalid/other:1'],
      ]);
    });

    it('merges and deletes environment variables by name', async () => {
      const containers = await patchPod('env', {
        containers: [
          {
            name: 'one',
            env: [
              { name: 'A', $patch: 'delete' },
              { name: 'C', value: '3' },
            ],
          },
        ],
      });
      const env = [...containers[0].env];
      env.sort((a, b) => a.name.localeCompare(b.name));
      expect(env).toEqual([
        { name: 'B', value: '2' },
        { name: 'C', value: '3' },
      ]);
    });

    it('deletes a container', async () => {
      const containers = await patchPod('delete', {
        containers: [{ name: 'two', $patch: 'delete' }],
      });
      expect(containers.map(({ name }) => name)).toEqual(['one']);
    });

    it('replaces an object that says so', async () => {
      const containers = await patchPod('replace', {
        $patch: 'replace',
        containers: [{ name: 'four', image: 'registry.invalid/four:1' }],
      });
      expect(containers.map(({ name }) => name)).toEqual(['four']);
    });

    it('is unknown to custom resources', async () => {
      await api.post(widgets.path(namespace), widgets.make('strategic'));
      expectStatus(
        await api.patch(
          widgets.path(namespace, 'strategic'),
          { spec: { size: 3 } },
          'strategic',
        ),
        {
          code: 415,
          reason: 'UnsupportedMediaType',
          message:
            /application\/json-patch\+json, application\/merge-patch\+json/,
        },
      );
    });
  });
});
