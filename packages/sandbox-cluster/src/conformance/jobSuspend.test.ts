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
import { eventOf } from './support/eventsOf';
import { inBackground } from './support/inBackground';
import { job, onTerm } from './support/objects';
import { jobs, pods } from './support/paths';
import { condition, recordTimeline } from './support/timeline';
import { untilReady } from './support/untilReady';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

describeWithPods('A Job that is suspended', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);

  const run = inBackground(async () => {
    const timeline = await recordTimeline(api, namespace);
    const suspend = (value: boolean) =>
      api.patch(jobs(namespace, 'sus'), { spec: { suspend: value } });
    const listPods = async () =>
      (await api.get(pods(namespace))).body.items as any[];
    const isSuspended = (object: any) =>
      Boolean(condition(object, 'Suspended'));

    await api.post(
      jobs(namespace),
      job('sus', onTerm('exit 0'), { suspend: true }),
    );
    const created = await timeline.untilJob('sus', 'suspended', isSuspended);
    await sleep(2_000);
    const podsAtFirst = await listPods();

    await suspend(false);
    const resumed = await timeline.untilJob(
      'sus',
      'active',
      object => object.status.active === 1 && !isSuspended(object),
    );
    const running = await timeline.untilPod(
      'sus',
      'running',
      pod => pod.status.containerStatuses?.[0]?.state.running !== undefined,
    );
    await untilReady(api, namespace, running.object.metadata.name);

    const patched = await suspend(true);
    const again = await timeline.untilJob(
      'sus',
      'suspended again',
      object => object.metadata.generation === 3 && isSuspended(object),
    );
    await timeline.untilPod(
      'sus',
      'deleted',
      (_, { type }) => type === 'DELETED',
    );
    const settled = await timeline.untilJob(
      'sus',
      'settled',
      object =>
        object.metadata.generation === 3 &&
        isSuspended(object) &&
        (object.status.terminating ?? 0) === 0,
    );
    const podsWhileSuspended = await listPods();

    await suspend(false);
    const last = await timeline.untilJob(
      'sus',
      'active again',
      object => object.metadata.generation === 4 && object.status.active === 1,
    );
    const second = await timeline.untilPod(
      'sus',
      'made anew',
      pod => pod.metadata.name !== running.object.metadata.name,
    );
    timeline.stop();
    await api.delete(jobs(namespace, 'sus'), undefined, {
      query: { propagationPolicy: 'Background' },
    });
    return {
      created: created.object,
      podsAtFirst,
      resumed: resumed.object,
      patched,
      again: again.object,
      settled: settled.object,
      podsWhileSuspended,
      last: last.object,
      second: second.object,
    };
  });

  it('has no Pod and no start time', async () => {
    const { created, podsAtFirst } = await run();
    expect(condition(created, 'Suspended')).toMatchObject({
      reason: 'JobSuspended',
      message: 'Job suspended',
    });
    expect(created.status.startTime).toBeUndefined();
    expect(podsAtFirst).toEqual([]);
  });

  it('starts when it is resumed', async () => {
    const { resumed } = await run();
    expect(resumed.status.startTime).toEqual(expect.any(String));
    expect(resumed.status.conditions).toEqual([
      expect.objectContaining({
        type: 'Suspended',
        status: 'False',
        reason: 'JobResumed',
        message: 'Job resumed',
      }),
    ]);
  });

  it('stops its Pods when it is suspended again, and counts none as failed', async () => {
    const { patched, again, settled, podsWhileSuspended } = await run();
    expect([patched.status, patched.body.metadata.generation]).toEqual([
      200, 3,
    ]);
    expect(again.status.startTime).toBeUndefined();
    expect(settled.status.active ?? 0).toBe(0);
    expect(settled.status.failed ?? 0).toBe(0);
    expect(settled.status.succeeded ?? 0).toBe(0);
    expect(podsWhileSuspended).toEqual([]);
  });

  it('starts anew with another Pod', async () => {
    const { last, second } = await run();
    expect(last.status.startTime).toEqual(expect.any(String));
    expect(second.metadata.generateName).toBe('sus-');
    expect(second.metadata.deletionTimestamp).toBeUndefined();
  });

  it('writes events: Suspended, Resumed', async () => {
    await run();
    for (const reason of ['Suspended', 'Resumed']) {
      const event = await eventOf(api, namespace, 'Job', 'sus', reason);
      expect(event.type).toBe('Normal');
      expect(event.message).toBe(`Job ${reason.toLowerCase()}`);
    }
  });
});
