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
import { configMap } from './support/objects';
import { configMaps, coreEvents, newEvents } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

const UID = '33333333-3333-3333-3333-333333333333';

describe('Events', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const about = () => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    namespace,
    name: 'ev',
    uid: UID,
  });
  const coreEvent = (name: string, extra: Record<string, any> = {}) => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name },
    involvedObject: about(),
    reason: 'Hello',
    message: 'written through core',
    type: 'Normal',
    source: { component: 'example-controller' },
    firstTimestamp: '2026-01-01T00:00:00Z',
    lastTimestamp: '2026-01-01T00:00:00Z',
    count: 1,
    ...extra,
  });
  const newEvent = (name: string, extra: Record<string, any> = {}) => ({
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { name },
    regarding: about(),
    reason: 'Hello',
    note: 'written through events.k8s.io',
    type: 'Warning',
    action: 'Greeting',
    reportingController: 'example.test/controller',
    reportingInstance: 'controller-0',
    eventTime: '2026-01-01T00:00:00.000000Z',
    ...extra,
  });

  beforeAll(async () => {
    await api.post(coreEvents(namespace), coreEvent('ev.1'));
    await api.post(newEvents(namespace), newEvent('ev.2'));
  });

  it('of core are read through events.k8s.io', async () => {
    const { body } = await api.get(newEvents(namespace, 'ev.1'));
    expect(body).toMatchObject({
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      regarding: about(),
      reason: 'Hello',
      note: 'written through core',
      type: 'Normal',
      eventTime: null,
      deprecatedSource: { component: 'example-controller' },
      deprecatedFirstTimestamp: '2026-01-01T00:00:00Z',
      deprecatedLastTimestamp: '2026-01-01T00:00:00Z',
      deprecatedCount: 1,
    });
    expect(body.involvedObject).toBeUndefined();
  });

  it('of events.k8s.io are read through core', async () => {
    const { body } = await api.get(coreEvents(namespace, 'ev.2'));
    expect(body).toMatchObject({
      apiVersion: 'v1',
      kind: 'Event',
      involvedObject: about(),
      message: 'written through events.k8s.io',
      action: 'Greeting',
      reportingComponent: 'example.test/controller',
      reportingInstance: 'controller-0',
      eventTime: '2026-01-01T00:00:00.000000Z',
      source: {},
      firstTimestamp: null,
      lastTimestamp: null,
    });
    expect(body.note).toBeUndefined();
  });

  it('count repeats by a patch', async () => {
    await api.post(coreEvents(namespace), coreEvent('ev.count'));
    const { status, body } = await api.patch(
      coreEvents(namespace, 'ev.count'),
      { count: 2, lastTimestamp: '2026-01-01T00:01:00Z' },
      'strategic',
    );
    expect([status, body.count, body.lastTimestamp]).toEqual([
      200,
      2,
      '2026-01-01T00:01:00Z',
    ]);
    await api.post(newEvents(namespace), newEvent('ev.series'));
    const series = {
      count: 2,
      lastObservedTime: '2026-01-01T00:01:00.000000Z',
    };
    const second = await api.patch(
      newEvents(namespace, 'ev.series'),
      { series },
      'strategic',
    );
    expect([second.status, second.body.series]).toEqual([200, series]);
  });

  it('of events.k8s.io keep their note', async () => {
    expectStatus(
      await api.patch(newEvents(namespace, 'ev.2'), { note: 'other' }),
      {
        code: 422,
        reason: 'Invalid',
        message: /field is immutable/,
      },
    );
  });

  it.each([
    ['reportingController', undefined],
    ['reportingInstance', undefined],
    ['action', undefined],
    ['reason', undefined],
    ['eventTime', undefined],
    ['type', 'Info'],
  ])('of events.k8s.io want a good %s', async (field, value) => {
    const refused = await api.post(
      newEvents(namespace),
      newEvent('bad', { [field]: value }),
    );
    expectStatus(refused, { code: 422, reason: 'Invalid' });
    expect(refused.body.details.causes).toContainEqual(
      expect.objectContaining({ field }),
    );
  });

  it('of events.k8s.io have limits: note 1024, reason 128', async () => {
    for (const extra of [
      { note: 'x'.repeat(1025) },
      { reason: 'R'.repeat(129) },
    ]) {
      expectStatus(
        await api.post(newEvents(namespace), newEvent('long', extra)),
        {
          code: 422,
          reason: 'Invalid',
          message: /can have at most (1024|128) characters/,
        },
      );
    }
    const edge = await api.post(
      newEvents(namespace),
      newEvent('edge', { note: 'x'.repeat(1024) }),
    );
    expect(edge.status).toBe(201);
  });

  it('must be in the namespace of what they are about', async () => {
    expectStatus(
      await api.post(
        coreEvents(namespace),
        coreEvent('bad', {
          involvedObject: { ...about(), namespace: 'other' },
        }),
      ),
      {
        code: 422,
        reason: 'Invalid',
        message:
          /involvedObject\.namespace: Invalid value: "other": does not match event\.namespace/,
      },
    );
  });

  it.each([
    [{ 'involvedObject.kind': 'Job', 'involvedObject.name': 'ev' }, true],
    [{ 'involvedObject.uid': UID }, true],
    [{ 'involvedObject.uid': 'another' }, false],
    [{ 'involvedObject.name': 'other' }, false],
    [{ reason: 'Hello', type: 'Warning' }, false],
    [{ reason: 'Hello', type: 'Normal' }, true],
    [{ source: 'example-controller' }, true],
  ])('of core are found by %j', async (fields, found) => {
    const fieldSelector = Object.entries(fields)
      .map(([field, value]) => `${field}=${value}`)
      .join(',');
    const { status, body } = await api.get(coreEvents(namespace), {
      query: { fieldSelector },
    });
    expect(status).toBe(200);
    const names = body.items.map((item: any) => item.metadata.name);
    expect(names.includes('ev.1')).toBe(found);
  });

  it('of events.k8s.io are found by what they regard', async () => {
    const { body } = await api.get(newEvents(namespace), {
      query: { fieldSelector: 'regarding.name=ev,reason=Hello' },
    });
    const names = body.items.map((item: any) => item.metadata.name);
    expect(names).toEqual(expect.arrayContaining(['ev.1', 'ev.2']));
  });

  it('are not found by their message', async () => {
    expectStatus(
      await api.get(coreEvents(namespace), {
        query: { fieldSelector: 'message=x' },
      }),
      {
        code: 400,
        reason: 'BadRequest',
        message: 'field label not supported: message',
      },
    );
  });

  it('can be watched for one object', async () => {
    const { body } = await api.get(configMaps(namespace));
    const watch = await api.watch(coreEvents(namespace), {
      resourceVersion: body.metadata.resourceVersion,
      fieldSelector: 'involvedObject.name=watched',
    });
    await api.post(configMaps(namespace), configMap('unrelated'));
    await api.post(coreEvents(namespace), coreEvent('ev.other'));
    await api.post(
      newEvents(namespace),
      newEvent('ev.watched', { regarding: { ...about(), name: 'watched' } }),
    );
    const [event] = await watch.take(1);
    watch.stop();
    expect(event.object).toMatchObject({
      apiVersion: 'v1',
      metadata: { name: 'ev.watched' },
      message: 'written through events.k8s.io',
    });
  });
});
