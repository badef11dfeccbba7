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
import { configMap, job, pod } from './support/objects';
import { configMaps, jobs, pods } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { useWidgets } from './support/widgets';

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
const metadataOnly = (kind: string) =>
  `application/json;as=${kind};v=v1;g=meta.k8s.io`;

describe('Other forms of objects', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);

  beforeAll(async () => {
    await api.post(
      configMaps(namespace),
      configMap('meta', { metadata: { labels: { a: 'b' } } }),
    );
    await api.post(widgets.path(namespace), widgets.make('w1'));
    await api.post(widgets.path(namespace), widgets.make('w2', { size: 3 }));
    await api.patch(widgets.path(namespace, 'w1', 'status'), {
      status: { phase: 'Ready' },
    });
  });

  it('prints the columns of a definition as a Table', async () => {
    const { status, body } = await api.get(widgets.path(namespace), {
      accept: TABLE,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      columnDefinitions: [
        { name: 'Name', type: 'string', format: 'name', priority: 0 },
        { name: 'Color', type: 'string', priority: 0 },
        { name: 'Size', type: 'integer', description: 'How big', priority: 0 },
        { name: 'Phase', type: 'string', priority: 0 },
        { name: 'Mode', type: 'string', priority: 1 },
        { name: 'Age', type: 'date', priority: 0 },
      ],
      rows: [
        {
          cells: ['w1', 'blue', 2, 'Ready', 'auto', expect.any(String)],
          object: { kind: 'PartialObjectMetadata', metadata: { name: 'w1' } },
        },
        { cells: ['w2', 'blue', 3, null, 'auto', expect.any(String)] },
      ],
    });
  });

  it('prints Jobs and Pods as kubectl shows them', async () => {
    await api.post(jobs(namespace), job('j1', 'true', { suspend: true }));
    await api.post(
      pods(namespace),
      pod('p1', 'true', {
        nodeSelector: { 'conformance.example.test/none': 'none' },
      }),
    );
    const cellsOf = async (path: string) => {
      const { body } = await api.get(path, { accept: TABLE });
      return Object.fromEntries(
        body.columnDefinitions.map((column: any, index: number) => [
          column.name,
          body.rows[0].cells[index],
        ]),
      );
    };
    expect(await cellsOf(jobs(namespace))).toMatchObject({
      Name: 'j1',
      Completions: '0/1',
      Age: expect.any(String),
    });
    expect(await cellsOf(pods(namespace))).toMatchObject({
      Name: 'p1',
      Ready: '0/1',
      Status: 'Pending',
      Restarts: '0',
      Age: expect.any(String),
      IP: '<none>',
      Node: '<none>',
    });
  });

  it('answers JSON where a client would rather have something else', async () => {
    const { status, contentType, body } = await api.get(
      widgets.path(namespace, 'w1'),
      { accept: 'application/vnd.kubernetes.protobuf,application/json' },
    );
    expect([status, body.kind]).toEqual([200, widgets.kind]);
    expect(contentType).toMatch(/^application\/json/);
  });

  it('includes the object in a Table, or nothing of it', async () => {
    const whole = await api.get(widgets.path(namespace, 'w1'), {
      accept: TABLE,
      query: { includeObject: 'Object' },
    });
    expect(whole.body.rows[0].object).toMatchObject({
      kind: widgets.kind,
      spec: { size: 2 },
    });
    const none = await api.get(configMaps(namespace), {
      accept: TABLE,
      query: { includeObject: 'None' },
    });
    expect(none.body.columnDefinitions.map((c: any) => c.name)).toEqual([
      'Name',
      'Data',
      'Age',
    ]);
    expect(none.body.rows[0].object ?? null).toBeNull();
  });

  it('answers a Status, not a Table, when there is nothing', async () => {
    expectStatus(
      await api.get(widgets.path(namespace, 'none'), { accept: TABLE }),
      { code: 404, reason: 'NotFound' },
    );
  });

  it('sends the columns of a watched Table once', async () => {
    const watch = await api.watch(
      widgets.path(namespace),
      {},
      { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
    );
    const [first, second] = await watch.take(2);
    watch.stop();
    expect(first.object.columnDefinitions).toHaveLength(6);
    expect(second.object.columnDefinitions).toBeNull();
    expect(second.object.rows).toHaveLength(1);
  });

  it('sends metadata only', async () => {
    const one = await api.get(configMaps(namespace, 'meta'), {
      accept: metadataOnly('PartialObjectMetadata'),
    });
    expect(one.body).toMatchObject({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { name: 'meta', labels: { a: 'b' } },
    });
    expect(one.body.data).toBeUndefined();
    const list = await api.get(configMaps(namespace), {
      accept: metadataOnly('PartialObjectMetadataList'),
      query: { labelSelector: 'a=b' },
    });
    expect(list.body).toMatchObject({
      kind: 'PartialObjectMetadataList',
      items: [{ kind: 'PartialObjectMetadata', metadata: { name: 'meta' } }],
    });
    expectStatus(
      await api.get(configMaps(namespace), {
        accept: metadataOnly('PartialObjectMetadata'),
      }),
      { code: 406, reason: 'NotAcceptable' },
    );
  });

  it('watches metadata only', async () => {
    const watch = await api.watch(
      configMaps(namespace),
      { fieldSelector: 'metadata.name=meta' },
      { accept: metadataOnly('PartialObjectMetadata') },
    );
    const [event] = await watch.take(1);
    watch.stop();
    expect(event.object.kind).toBe('PartialObjectMetadata');
    expect(event.object.data).toBeUndefined();
  });
});
