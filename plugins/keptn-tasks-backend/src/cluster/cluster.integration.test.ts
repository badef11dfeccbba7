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

import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ClusterHarness,
  quietLogger,
  until,
} from '../__testUtils__/clusterHarness';
import { ClusterConnection } from './ClusterConnection';
import { EventRecorder } from './EventRecorder';
import { KubernetesClusterClient } from './KubernetesClusterClient';
import { PodLogs } from './PodLogs';
import { ResourceWatch } from './ResourceWatch';

jest.setTimeout(60_000);

describe('the cluster layer against an API server', () => {
  let harness: ClusterHarness;
  let connection: ClusterConnection;
  let client: KubernetesClusterClient;

  beforeAll(async () => {
    harness = await ClusterHarness.start({
      tokens: {
        'second-token': { name: 'rotated', groups: ['system:masters'] },
      },
    });
    connection = new ClusterConnection(harness.config());
    client = new KubernetesClusterClient(connection);
  });
  afterEach(() => harness.sandbox.faults.reset());
  afterAll(async () => {
    await connection?.close();
    await harness?.stop();
  });

  const configMap = (name: string, data = {}) => ({
    metadata: { name, namespace: 'shop' },
    data,
  });

  describe('KubernetesClusterClient', () => {
    const key = { namespace: 'shop', name: 'settings' };

    it('creates, reads, changes and deletes', async () => {
      const created = await client.create(
        'ConfigMap',
        configMap('settings', { a: '1' }),
      );
      expect(created.metadata?.creationTimestamp).toBeInstanceOf(Date);
      await client.replace('ConfigMap', { ...created, data: { a: '2' } });
      await client.patch('ConfigMap', key, { data: { b: '3' } });
      expect((await client.get('ConfigMap', key))?.data).toEqual({
        a: '2',
        b: '3',
      });
      await client.delete('ConfigMap', key, { uid: 'of-another-one' });
      expect(await client.get('ConfigMap', key)).toBeDefined();
      await client.delete('ConfigMap', key, { uid: created.metadata!.uid });
      expect(await client.get('ConfigMap', key)).toBeUndefined();
      await client.delete('ConfigMap', key);
    });

    it('says how it was refused', async () => {
      const created = await client.create('ConfigMap', configMap('taken'));
      await expect(
        client.create('ConfigMap', configMap('taken')),
      ).rejects.toMatchObject({ kind: 'already-exists' });
      await client.patch(
        'ConfigMap',
        { ...key, name: 'taken' },
        { data: { a: 'b' } },
      );
      await expect(client.replace('ConfigMap', created)).rejects.toMatchObject({
        kind: 'conflict',
      });
      await expect(
        client.create('ConfigMap', configMap('Not A Name')),
      ).rejects.toMatchObject({ kind: 'invalid' });
      harness.sandbox.faults.refuse({ verb: 'get', resource: 'configmaps' });
      await expect(client.get('ConfigMap', key)).rejects.toMatchObject({
        kind: 'forbidden',
        missingRight: true,
      });
    });

    it('repeats what was put off, also a create, and nothing else', async () => {
      harness.sandbox.faults.failNext({
        verb: 'create',
        status: 429,
        retryAfterSeconds: 0,
      });
      await client.create('ConfigMap', configMap('put-off'));
      harness.sandbox.faults.failNext({ verb: 'create', status: 503 });
      await expect(
        client.create('ConfigMap', configMap('away')),
      ).rejects.toMatchObject({ kind: 'unavailable' });
    });

    it('lists more than a page', async () => {
      for (let number = 0; number < 620; number++) {
        harness.create({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {
            name: `many-${number}`,
            namespace: 'shop',
            labels: { many: 'yes' },
          },
        });
      }
      harness.sandbox.faults.requests.clear();
      const found = await client.list('ConfigMap', {
        labelSelector: 'many=yes',
      });
      expect(new Set(found.map(({ metadata }) => metadata!.name)).size).toBe(
        620,
      );
      expect(harness.sandbox.faults.requests.count({ verb: 'list' })).toBe(2);
    });
  });

  describe('ClusterConnection', () => {
    it('reads the token again when it is refused, as after a rotation', async () => {
      const tokenFile = join(tmpdir(), `token-${randomUUID()}`);
      await writeFile(tokenFile, 'expired-token');
      const rotating = new ClusterConnection(
        harness.config({ token: undefined, tokenFile }),
      );
      try {
        const request = { method: 'GET', path: '/api/v1/namespaces' } as const;
        expect((await rotating.request(request)).status).toBe(401);
        await writeFile(tokenFile, 'second-token\n');
        await until(
          async () => (await rotating.request(request)).status === 200,
        );
      } finally {
        await rotating.close();
        await rm(tokenFile);
      }
    });

    it('gives up on an API server that does not answer', async () => {
      harness.sandbox.faults.delay({ resource: 'leases', milliseconds: 3_000 });
      const impatient = new KubernetesClusterClient(connection, undefined, {
        timeoutMs: 100,
      });
      await expect(
        impatient.get('Lease', { namespace: 'shop', name: 'x' }),
      ).rejects.toMatchObject({ kind: 'unavailable' });
    });
  });

  describe('ResourceWatch', () => {
    const oneWatch = () =>
      until(() => harness.sandbox.faults.openWatches('configmaps') === 1);

    it('brings everything, then every change, and resumes where it was cut', async () => {
      harness.create({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'w-0', namespace: 'shop', labels: { w: 'yes' } },
      });
      const watch = new ResourceWatch({
        connection,
        client,
        kind: 'ConfigMap',
        labelSelector: 'w=yes',
        logger: quietLogger,
      });
      const seen: string[] = [];
      watch.onChange(({ type, object }) =>
        seen.push(`${type} ${object.metadata!.name}`),
      );
      watch.start();
      await watch.synced();
      expect(seen).toEqual(['added w-0']);
      await until(() => harness.sandbox.faults.openWatches('configmaps') === 1);
      harness.sandbox.faults.requests.clear();
      for (let number = 1; number <= 4; number++) {
        harness.create({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {
            name: `w-${number}`,
            namespace: 'shop',
            labels: { w: 'yes' },
          },
        });
        harness.sandbox.faults.dropWatches({ resource: 'configmaps' });
        await oneWatch();
      }
      harness.resource('v1', 'ConfigMap').delete('shop', 'w-2');
      await until(() => seen.length === 6);
      expect(seen.slice(1)).toEqual([
        'added w-1',
        'added w-2',
        'added w-3',
        'added w-4',
        'deleted w-2',
      ]);
      expect(harness.sandbox.faults.requests.count({ verb: 'list' })).toBe(0);
      await watch.stop();
    });

    it('lists again when its place is forgotten, and tells only what changed', async () => {
      const make = (name: string) =>
        harness.create({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name, namespace: 'shop', labels: { forgotten: 'yes' } },
        });
      make('kept');
      make('gone');
      const watch = new ResourceWatch({
        connection,
        client,
        kind: 'ConfigMap',
        labelSelector: 'forgotten=yes',
        logger: quietLogger,
      });
      watch.start();
      await watch.synced();
      const seen: string[] = [];
      watch.onChange(({ type, object }) =>
        seen.push(`${type} ${object.metadata!.name}`),
      );
      harness.sandbox.faults.failNext({
        verb: 'watch',
        resource: 'configmaps',
        status: 410,
      });
      harness.sandbox.faults.delay({
        verb: 'list',
        resource: 'configmaps',
        milliseconds: 100,
      });
      await until(() => harness.sandbox.faults.openWatches('configmaps') === 1);
      harness.sandbox.faults.dropWatches({ resource: 'configmaps' });
      harness.resource('v1', 'ConfigMap').delete('shop', 'gone');
      make('new');
      harness.sandbox.faults.expireHistory();
      await until(() => seen.length >= 2);
      expect(seen.sort()).toEqual(['added new', 'deleted gone']);
      await watch.stop();
    });

    it('breaks off a connection that has fallen silent', async () => {
      const watch = new ResourceWatch({
        connection,
        client,
        kind: 'Lease',
        logger: quietLogger,
        maxSilenceMs: 700,
      });
      watch.start();
      await watch.synced();
      harness.sandbox.faults.requests.clear();
      await until(
        () =>
          harness.sandbox.faults.requests.count({
            verb: 'watch',
            resource: 'leases',
          }) >= 3,
      );
      await watch.stop();
    });

    it('is well again once a watch holds, also where nothing happens', async () => {
      const watch = new ResourceWatch({
        connection,
        client,
        kind: 'Lease',
        namespace: 'shop',
        logger: quietLogger,
      });
      watch.start();
      await watch.synced();
      await until(() => harness.sandbox.faults.openWatches('leases') === 1);
      harness.sandbox.faults.failNext({
        verb: 'watch',
        resource: 'leases',
        status: 503,
        times: 3,
      });
      harness.sandbox.faults.dropWatches({ resource: 'leases' });
      await until(() => watch.health().error);
      await until(() => harness.sandbox.faults.openWatches('leases') === 1);
      await until(() => !watch.health().error, 5_000);
      await watch.stop();
    });

    it('says that it may not read', async () => {
      harness.sandbox.faults.refuse({ verb: 'list', resource: 'leases' });
      const watch = new ResourceWatch({
        connection,
        client,
        kind: 'Lease',
        logger: quietLogger,
      });
      watch.start();
      await until(() => watch.health().error);
      expect(watch.health()).toMatchObject({
        synced: false,
        error: { kind: 'forbidden' },
      });
      await watch.stop();
      await expect(watch.synced()).rejects.toThrow('stopped');
    });
  });

  describe('PodLogs', () => {
    it('follows a container and resumes after the last line', async () => {
      harness.create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'talker', namespace: 'shop' },
        spec: {
          restartPolicy: 'Never',
          containers: [
            {
              name: 'main',
              image: 'busybox',
              command: [
                'sh',
                '-c',
                'for i in 1 2 3 4 5 6; do echo line $i; sleep 0.15; done',
              ],
            },
          ],
        },
      });
      const logs = new PodLogs(connection);
      const read = async (after?: string, atMost = Infinity) => {
        const aborter = new AbortController();
        const lines: { at?: string; text: string }[] = [];
        try {
          for await (const some of logs.follow({
            namespace: 'shop',
            pod: 'talker',
            container: 'main',
            after,
            signal: aborter.signal,
          })) {
            lines.push(...some);
            if (lines.length >= atMost) {
              break;
            }
          }
        } finally {
          aborter.abort();
        }
        return lines;
      };
      const first = await until(
        () => read(undefined, 2).catch(() => undefined),
        15_000,
      );
      const rest = await read(first.at(-1)!.at);
      expect([...first, ...rest].map(({ text }) => text)).toEqual(
        [1, 2, 3, 4, 5, 6].map(number => `line ${number}`),
      );
      await expect(
        logs
          .follow({
            namespace: 'shop',
            pod: 'absent',
            container: 'main',
            signal: new AbortController().signal,
          })
          .next(),
      ).rejects.toMatchObject({ kind: 'not-found' });
    });
  });

  describe('EventRecorder', () => {
    it('tells each sentence about an object once, even after a restart', async () => {
      const task = harness.createTask('told', { taskDefinition: 'absent' });
      const notice = {
        type: 'Warning' as const,
        reason: 'CreateTaskNotFound',
        message: 'Definition absent is not there.',
      };
      const recorder = () =>
        new EventRecorder({
          client,
          logger: quietLogger,
          now: () => new Date(),
        });
      const once = recorder();
      await once.tell(task as any, [notice, notice]);
      await once.tell(task as any, [notice]);
      await recorder().tell(task as any, [notice]);
      await once.tell(task as any, [{ ...notice, message: 'Another one.' }]);
      expect(harness.eventsOf('told')).toHaveLength(2);
    });

    it('tells others of an event when it was stored, and whoever restarts tells nobody again', async () => {
      const task = harness.createTask('announced', {
        taskDefinition: 'smoke',
        context: { appName: 'shop', appVersion: '1' },
      });
      const notice = {
        type: 'Normal' as const,
        reason: 'TaskStarted',
        message: 'Started.',
      };
      const onTold = jest.fn();
      const recorder = () =>
        new EventRecorder({
          client,
          logger: quietLogger,
          now: () => new Date(),
          onTold,
        });
      harness.sandbox.faults.refuse({ verb: 'create', resource: 'events' });
      await recorder().tell(task as any, [notice]);
      expect(onTold).not.toHaveBeenCalled();

      harness.sandbox.faults.reset();
      await recorder().tell(task as any, [notice, notice]);
      await recorder().tell(task as any, [notice]);
      expect(onTold.mock.calls).toEqual([[task, notice]]);
      const [event] = harness
        .list('Event')
        .filter(({ involvedObject }) => involvedObject.name === 'announced');
      expect(event.metadata.annotations).toEqual({
        namespace: 'shop',
        name: 'announced',
        phase: 'ReconcileTask',
        appName: 'shop',
        appVersion: '1',
        taskName: 'announced',
        taskDefinitionName: 'smoke',
      });
    });
  });
});
