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
import { leases } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

describe('Leases', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const lease = (name: string, spec: Record<string, any> = {}) => ({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name },
    spec: {
      holderIdentity: 'one',
      leaseDurationSeconds: 15,
      acquireTime: '2026-01-01T00:00:00.000000Z',
      renewTime: '2026-01-01T00:00:00.000000Z',
      leaseTransitions: 0,
      ...spec,
    },
  });

  it('are made once', async () => {
    const { status, body } = await api.post(leases(namespace), lease('leader'));
    expect(status).toBe(201);
    expect(body.spec).toEqual(lease('leader').spec);
    expect(body.metadata.generation).toBeUndefined();
    expectStatus(await api.post(leases(namespace), lease('leader')), {
      code: 409,
      reason: 'AlreadyExists',
      message: 'leases.coordination.k8s.io "leader" already exists',
      details: {
        name: 'leader',
        group: 'coordination.k8s.io',
        kind: 'leases',
      },
    });
  });

  it('are renewed by their holder; a rival with an old view loses', async () => {
    const { body: first } = await api.post(
      leases(namespace),
      lease('contested'),
    );
    const path = leases(namespace, 'contested');
    const renewTime = '2026-01-01T00:00:02.123456Z';
    const renewed = await api.put(path, {
      ...first,
      spec: { ...first.spec, renewTime },
    });
    expect([renewed.status, renewed.body.spec.renewTime]).toEqual([
      200,
      renewTime,
    ]);
    expectStatus(
      await api.put(path, {
        ...first,
        spec: { ...first.spec, holderIdentity: 'two' },
      }),
      {
        code: 409,
        reason: 'Conflict',
        message:
          'Operation cannot be fulfilled on leases.coordination.k8s.io "contested": the object has been modified; please apply your changes to the latest version and try again',
      },
    );
    expect((await api.get(path)).body.spec.holderIdentity).toBe('one');
  });

  it('go to one of many rivals', async () => {
    const { body: first } = await api.post(leases(namespace), lease('free'));
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        api.put(leases(namespace, 'free'), {
          ...first,
          spec: { ...first.spec, holderIdentity: `rival-${n}` },
        }),
      ),
    );
    const codes = answers.map(({ status }) => status).sort();
    expect(codes).toEqual([200, ...Array(7).fill(409)]);
  });

  it('can be let go: the holder is taken off', async () => {
    await api.post(leases(namespace), lease('released'));
    const { status, body } = await api.patch(leases(namespace, 'released'), {
      spec: { holderIdentity: '', renewTime: null },
    });
    expect(status).toBe(200);
    expect(body.spec.renewTime).toBeUndefined();
    expect(body.spec.holderIdentity).toBe('');
  });

  it.each([
    [
      '2026-01-01T00:00:02Z',
      'Lease in version "v1" cannot be handled as a Lease: parsing time "2026-01-01T00:00:02Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "Z" as ".000000"',
    ],
    [
      'now',
      'Lease in version "v1" cannot be handled as a Lease: parsing time "now" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "now" as "2006"',
    ],
  ])('want times with microseconds, not %s', async (renewTime, message) => {
    expectStatus(
      await api.post(leases(namespace), lease('times', { renewTime })),
      { code: 400, reason: 'BadRequest', message },
    );
  });

  it('refuse numbers that make no sense', async () => {
    expectStatus(
      await api.post(
        leases(namespace),
        lease('numbers', { leaseDurationSeconds: 0, leaseTransitions: -1 }),
      ),
      {
        code: 422,
        reason: 'Invalid',
        causes: [
          {
            field: 'spec.leaseDurationSeconds',
            message: 'Invalid value: 0: must be greater than 0',
          },
          {
            field: 'spec.leaseTransitions',
            message: 'Invalid value: -1: must be greater than or equal to 0',
          },
        ],
      },
    );
  });
});
