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

import { eventOf } from './support/eventsOf';
import { inBackground } from './support/inBackground';
import { job, onTerm } from './support/objects';
import { jobs, pods } from './support/paths';
import { condition, isFinished, recordTimeline } from './support/timeline';
import type { Timeline } from './support/timeline';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

const EXCEEDED = {
  status: 'True',
  reason: 'DeadlineExceeded',
  message: 'Job was active longer than specified deadline',
};

describeWithPods('A Job with a deadline', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  let timeline: Timeline;
  beforeAll(async () => {
    timeline = await recordTimeline(api, namespace);
  });
  afterAll(() => timeline?.stop());

  const story = (
    name: string,
    script: string,
    deadline: number,
    podSpec: Record<string, any> = {},
  ) =>
    inBackground(async () => {
      const began = Date.now();
      await api.post(
        jobs(namespace),
        job(name, script, { activeDeadlineSeconds: deadline }, podSpec),
      );
      const failing = await timeline.untilJob(name, 'failing', object =>
        Boolean(
          condition(object, 'FailureTarget') ?? condition(object, 'Failed'),
        ),
      );
      const afterMs = Date.now() - began;
      const { object } = await timeline.untilJob(name, 'finished', isFinished);
      const { body } = await api.get(pods(namespace), {
        query: { labelSelector: `batch.kubernetes.io/job-name=${name}` },
      });
      return {
        afterMs,
        failing: failing.object,
        finished: object,
        left: body.items as any[],
        events: timeline.podsOf(name),
      };
    });
  const leaves = story('leaves', onTerm('sleep 2; exit 0'), 4);
  const stays = story('stays', onTerm(''), 4, {
    terminationGracePeriodSeconds: 3,
  });
  const none = story('none', 'true', 0);

  it('is not stopped before the deadline', async () => {
    // The start is kept in whole seconds: up to one second may be missing.
    expect((await leaves()).afterMs).toBeGreaterThanOrEqual(3_000);
    expect((await leaves()).afterMs).toBeLessThan(30_000);
  });

  it('says so before it is Failed, while the Pod is still ending', async () => {
    const { failing } = await leaves();
    // FailureTarget stands before Failed since 1.31.
    const waits = cluster.since(31);
    const type = waits ? 'FailureTarget' : 'Failed';
    expect(condition(failing, type)).toMatchObject(EXCEEDED);
    expect(Boolean(condition(failing, 'Failed'))).toBe(!waits);
    expect(failing.status.active ?? 0).toBe(0);
  });

  it('is Failed, also when the script then leaves with 0', async () => {
    const { finished } = await leaves();
    expect(condition(finished, 'Failed')).toMatchObject(EXCEEDED);
    expect(condition(finished, 'Complete')).toBeUndefined();
    expect(finished.status.failed).toBe(1);
    expect(finished.status.succeeded ?? 0).toBe(0);
    expect(finished.status.active ?? 0).toBe(0);
  });

  it('gives the script the time to clean up', async () => {
    const { events } = await leaves();
    await timeline.untilPod(
      'leaves',
      'deleted',
      (_, { type }) => type === 'DELETED',
    );
    const ended = timeline
      .podsOf('leaves')
      .map(({ object }) => object.status.containerStatuses?.[0]?.state)
      .find(state => state?.terminated);
    expect(ended?.terminated).toMatchObject({
      exitCode: 0,
      reason: 'Completed',
    });
    const told = events.find(({ object }) => object.metadata.deletionTimestamp);
    expect(told?.object.metadata.deletionGracePeriodSeconds).toBe(10);
  });

  it('leaves no Pod behind', async () => {
    const { left } = await leaves();
    await timeline.untilPod(
      'leaves',
      'deleted',
      (_, { type }) => type === 'DELETED',
    );
    // Failed waits for that since 1.31.
    expect(left.length).toBeLessThanOrEqual(cluster.since(31) ? 0 : 1);
  });

  it('kills what does not leave within the grace period', async () => {
    const { finished } = await stays();
    expect(condition(finished, 'Failed')).toMatchObject(EXCEEDED);
    await timeline.untilPod(
      'stays',
      'deleted',
      (_, { type }) => type === 'DELETED',
    );
    const ended = timeline
      .podsOf('stays')
      .map(({ object }) => object.status.containerStatuses?.[0]?.state)
      .find(state => state?.terminated);
    expect(ended?.terminated).toMatchObject({ exitCode: 137, reason: 'Error' });
  });

  it('fails at once, without a Pod, when the deadline is 0', async () => {
    const { finished, events } = await none();
    expect(condition(finished, 'Failed')).toMatchObject(EXCEEDED);
    expect(events).toEqual([]);
    expect(finished.status.failed ?? 0).toBe(0);
  });

  it('writes events: SuccessfulDelete, DeadlineExceeded', async () => {
    const { events } = await leaves();
    const deleted = await eventOf(
      api,
      namespace,
      'Job',
      'leaves',
      'SuccessfulDelete',
    );
    expect(deleted).toMatchObject({
      type: 'Normal',
      message: `Deleted pod: ${events[0].object.metadata.name}`,
    });
    const exceeded = await eventOf(
      api,
      namespace,
      'Job',
      'leaves',
      'DeadlineExceeded',
    );
    expect(exceeded).toMatchObject({
      type: 'Warning',
      message: 'Job was active longer than specified deadline',
    });
  });
});
