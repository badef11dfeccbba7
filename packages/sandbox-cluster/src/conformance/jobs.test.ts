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
import { job } from './support/objects';
import { jobs } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

// Suspended: nothing runs here, so no image is needed.
const make = (name: string, spec: Record<string, any> = {}) =>
  job(name, 'true', { suspend: true, ...spec });

describe('Jobs as objects', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);

  it('are created with the defaults filled in', async () => {
    const { status, body } = await api.post(jobs(namespace), make('defaults'));
    expect(status).toBe(201);
    const { uid } = body.metadata;
    expect(body.metadata.generation).toBe(1);
    expect(body.spec).toMatchObject({
      parallelism: 1,
      completions: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      suspend: true,
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
      template: {
        metadata: {
          labels: {
            'batch.kubernetes.io/controller-uid': uid,
            'batch.kubernetes.io/job-name': 'defaults',
            'controller-uid': uid,
            'job-name': 'defaults',
          },
        },
        spec: { restartPolicy: 'Never', dnsPolicy: 'ClusterFirst' },
      },
    });
    expect(body.spec.ttlSecondsAfterFinished).toBeUndefined();
    expect(body.spec.activeDeadlineSeconds).toBeUndefined();
    const [container] = body.spec.template.spec.containers;
    expect(container).toMatchObject({
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
    });
  });

  it('refuse a name that is taken: who made it first keeps it', async () => {
    const { body: first } = await api.post(jobs(namespace), make('taken'));
    expectStatus(await api.post(jobs(namespace), make('taken')), {
      code: 409,
      reason: 'AlreadyExists',
      message: 'jobs.batch "taken" already exists',
      details: { name: 'taken', group: 'batch', kind: 'jobs' },
    });
    const { body } = await api.get(jobs(namespace, 'taken'));
    expect(body.metadata.uid).toBe(first.metadata.uid);
  });

  it('let one of many creates of a name win', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => api.post(jobs(namespace), make('race'))),
    );
    const codes = answers.map(({ status }) => status).sort();
    expect(codes).toEqual([201, ...Array(7).fill(409)]);
  });

  it('keep their template', async () => {
    await api.post(jobs(namespace), make('template'));
    expectStatus(
      await api.patch(
        jobs(namespace, 'template'),
        {
          spec: {
            template: {
              spec: { containers: [{ name: 'main', image: 'other:1' }] },
            },
          },
        },
        'strategic',
      ),
      {
        code: 422,
        reason: 'Invalid',
        message:
          /^Job\.batch "template" is invalid: spec\.template: Invalid value: [^]*field is immutable$/,
      },
    );
  });

  it('count changes of spec in their generation', async () => {
    await api.post(jobs(namespace), make('generation'));
    const { status, body } = await api.patch(jobs(namespace, 'generation'), {
      spec: { ttlSecondsAfterFinished: 600, activeDeadlineSeconds: 30 },
    });
    expect([status, body.metadata.generation]).toEqual([200, 2]);
    expect(body.spec).toMatchObject({
      ttlSecondsAfterFinished: 600,
      activeDeadlineSeconds: 30,
    });
  });

  it.each([
    [
      'a restart policy that restarts for ever',
      { template: { spec: { restartPolicy: 'Always' } } },
      'spec.template.spec.restartPolicy',
    ],
    [
      'no containers',
      { template: { spec: { restartPolicy: 'Never', containers: [] } } },
      'spec.template.spec.containers',
    ],
    ['a negative backoffLimit', { backoffLimit: -1 }, 'spec.backoffLimit'],
    [
      'a negative deadline',
      { activeDeadlineSeconds: -1 },
      'spec.activeDeadlineSeconds',
    ],
    [
      'a negative ttl',
      { ttlSecondsAfterFinished: -1 },
      'spec.ttlSecondsAfterFinished',
    ],
  ])('refuse %s', async (_, spec: Record<string, any>, field) => {
    const object = make('refused');
    const { template, ...rest } = spec;
    Object.assign(object.spec, rest);
    Object.assign(object.spec.template.spec, template?.spec);
    const refused = await api.post(jobs(namespace), object);
    expectStatus(refused, { code: 422, reason: 'Invalid' });
    expect(refused.body.details).toMatchObject({
      name: 'refused',
      group: 'batch',
      kind: 'Job',
      causes: expect.arrayContaining([expect.objectContaining({ field })]),
    });
  });

  it('may have names of up to 63 characters', async () => {
    const name = 'n'.repeat(63);
    expect((await api.post(jobs(namespace), make(name))).status).toBe(201);
  });
});
