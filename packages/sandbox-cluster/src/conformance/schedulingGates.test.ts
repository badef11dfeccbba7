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

import { setTimeout as sleep } from 'node:timers/promises';
import { eventsOf } from './support/eventsOf';
import { expectStatus } from './support/expectStatus';
import { pod } from './support/objects';
import { pods } from './support/paths';
import { recordTimeline } from './support/timeline';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

const gate = (name: string) => ({ name: `conformance.example.test/${name}` });

describe('Scheduling gates', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const create = (name: string) =>
    api.post(
      pods(namespace),
      pod(name, 'exit 0', { schedulingGates: [gate('one'), gate('two')] }),
    );

  it('hold a Pod back and say so', async () => {
    await create('held');
    await sleep(1_500);
    const { body } = await api.get(pods(namespace, 'held'));
    expect(body.status.phase).toBe('Pending');
    expect(body.spec.nodeName).toBeUndefined();
    expect(body.status.conditions).toEqual([
      expect.objectContaining({
        type: 'PodScheduled',
        status: 'False',
        reason: 'SchedulingGated',
        message: 'Scheduling is blocked due to non-empty scheduling gates',
      }),
    ]);
    const events = await eventsOf(api, namespace, 'Pod', 'held');
    expect(events.map(event => event.reason)).not.toContain('FailedScheduling');
  });

  it('can be taken off one by one, none can be added', async () => {
    await create('changed');
    const path = pods(namespace, 'changed');
    expectStatus(
      await api.patch(
        path,
        [{ op: 'add', path: '/spec/schedulingGates/-', value: gate('three') }],
        'json',
      ),
      {
        code: 422,
        reason: 'Invalid',
        message:
          /only deletion is allowed, but found new scheduling gate 'conformance\.example\.test\/three'/,
      },
    );
    const { status, body } = await api.patch(
      path,
      [
        { op: 'test', path: '/spec/schedulingGates/0', value: gate('one') },
        { op: 'remove', path: '/spec/schedulingGates/0' },
      ],
      'json',
    );
    expect([status, body.spec.schedulingGates]).toEqual([200, [gate('two')]]);
    // Who thinks that the first one still stands there changes nothing.
    expectStatus(
      await api.patch(
        path,
        [
          { op: 'test', path: '/spec/schedulingGates/0', value: gate('one') },
          { op: 'remove', path: '/spec/schedulingGates/0' },
        ],
        'json',
      ),
      { code: 422, reason: 'Invalid' },
    );
    expect((await api.get(path)).body.spec.schedulingGates).toEqual([
      gate('two'),
    ]);
  });

  it('let a Pod that is deleted go at once', async () => {
    await create('dropped');
    const { status, body } = await api.delete(pods(namespace, 'dropped'));
    expect([status, body.metadata.deletionGracePeriodSeconds]).toEqual([
      200, 0,
    ]);
  });

  it('cannot stand beside a node', async () => {
    expectStatus(
      await api.post(
        pods(namespace),
        pod('placed', 'true', {
          schedulingGates: [gate('one')],
          nodeName: 'somewhere',
        }),
      ),
      {
        code: 422,
        reason: 'Invalid',
        message: /cannot be set until all schedulingGates have been cleared/,
        causes: [{ reason: 'FieldValueForbidden', field: 'spec.nodeName' }],
      },
    );
  });

  describeWithPods('taken off', () => {
    it('let the Pod run', async () => {
      const timeline = await recordTimeline(api, namespace);
      await create('freed');
      await api.patch(
        pods(namespace, 'freed'),
        [{ op: 'remove', path: '/spec/schedulingGates' }],
        'json',
      );
      const { object } = await timeline.untilPod(
        'freed',
        'ended',
        candidate => candidate.status.phase === 'Succeeded',
      );
      timeline.stop();
      expect(object.spec.schedulingGates).toBeUndefined();
      expect(object.spec.nodeName).toEqual(expect.any(String));
    });
  });
});
