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
import {
  between,
  condition,
  isFinished,
  recordTimeline,
} from './support/timeline';
import type { Timeline } from './support/timeline';
import { untilReady } from './support/untilReady';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

const EXCEEDED = {
  status: 'True',
  reason: 'BackoffLimitExceeded',
  message: 'Job has reached the specified backoff limit',
};

describeWithPods('A Job whose Pods fail', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  let timeline: Timeline;
  beforeAll(async () => {
    timeline = await recordTimeline(api, namespace);
  });
  afterAll(() => timeline?.stop());

  const story = (name: string, object: unknown) =>
    inBackground(async () => {
      await api.post(jobs(namespace), object);
      const finished = await timeline.untilJob(
        name,
        'finished',
        isFinished,
        150_000,
      );
      const { body } = await api.get(pods(namespace), {
        query: { labelSelector: `batch.kubernetes.io/job-name=${name}` },
      });
      return {
        finished: finished.object,
        left: body.items as any[],
        jobs: timeline.jobs.about(name).map(event => event.object),
      };
    });
  const once = story('once', job('once', 'exit 1', { backoffLimit: 0 }));
  const thrice = story(
    'thrice',
    job('thrice', 'echo boom; exit 3', { backoffLimit: 2 }),
  );
  const inPlace = story(
    'in-place',
    job(
      'in-place',
      'echo boom; exit 3',
      { backoffLimit: 2 },
      { restartPolicy: 'OnFailure' },
    ),
  );
  const removed = (name: string, exitCode: number) =>
    inBackground(async () => {
      await api.post(jobs(namespace), job(name, onTerm(`exit ${exitCode}`)));
      const { object: pod } = await timeline.untilPod(
        name,
        'running',
        candidate =>
          candidate.status.containerStatuses?.[0]?.state.running !== undefined,
      );
      await untilReady(api, namespace, pod.metadata.name);
      await api.delete(pods(namespace, pod.metadata.name));
      return pod;
    });
  const removedWell = removed('removed-well', 0);
  const removedBadly = removed('removed-badly', 1);

  it('fails after one try when backoffLimit is 0', async () => {
    const { finished, left } = await once();
    expect(condition(finished, 'Failed')).toMatchObject(EXCEEDED);
    expect(condition(finished, 'Complete')).toBeUndefined();
    expect(finished.status.failed).toBe(1);
    expect(finished.status.succeeded ?? 0).toBe(0);
    expect(finished.status.active ?? 0).toBe(0);
    expect(finished.status.completionTime).toBeUndefined();
    expect(left).toHaveLength(1);
  });

  // FailureTarget stands before Failed since 1.31.
  it('announces the failure before it is Failed', async () => {
    const { jobs: seen } = await once();
    const announced = seen.find(object => condition(object, 'FailureTarget'));
    expect(Boolean(announced)).toBe(cluster.since(31));
    if (!announced) {
      return;
    }
    expect(condition(announced, 'FailureTarget')).toMatchObject(EXCEEDED);
    expect(condition(announced, 'Failed')).toBeUndefined();
  });

  it('keeps the failed Pod with its exit code', async () => {
    const [pod] = (await once()).left;
    expect(pod.status.phase).toBe('Failed');
    expect(pod.status.containerStatuses[0].state.terminated).toMatchObject({
      exitCode: 1,
      reason: 'Error',
    });
    expect(pod.metadata.finalizers).toBeUndefined();
  });

  it('writes a Warning event', async () => {
    await once();
    const event = await eventOf(
      api,
      namespace,
      'Job',
      'once',
      'BackoffLimitExceeded',
    );
    expect(event).toMatchObject({
      type: 'Warning',
      message: 'Job has reached the specified backoff limit',
    });
  });

  it('makes a new Pod for each try and keeps them all (restartPolicy Never)', async () => {
    const { finished, left } = await thrice();
    expect(condition(finished, 'Failed')).toMatchObject(EXCEEDED);
    expect(finished.status.failed).toBe(3);
    expect(left).toHaveLength(3);
    for (const pod of left) {
      expect(pod.status.phase).toBe('Failed');
      expect(pod.status.containerStatuses[0]).toMatchObject({
        restartCount: 0,
        state: { terminated: { exitCode: 3 } },
      });
    }
  });

  it('counts failures one by one', async () => {
    const counts = (await thrice()).jobs.map(
      object => object.status.failed ?? 0,
    );
    expect([...new Set(counts)]).toEqual([0, 1, 2, 3]);
  });

  it('waits longer before each new try: 10 s, then 20 s', async () => {
    const tries = [...(await thrice()).left].sort((a, b) =>
      a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp),
    );
    const pauses = [0, 1].map(n =>
      between(
        tries[n].status.containerStatuses[0].state.terminated.finishedAt,
        tries[n + 1].metadata.creationTimestamp,
      ),
    );
    // Both times are cut to whole seconds; slow clusters take longer.
    expect(pauses[0]).toBeGreaterThanOrEqual(9_000);
    expect(pauses[0]).toBeLessThan(30_000);
    expect(pauses[1]).toBeGreaterThanOrEqual(19_000);
    expect(pauses[1]).toBeLessThan(60_000);
  });

  it('restarts in one Pod, then deletes it (restartPolicy OnFailure)', async () => {
    const { finished } = await inPlace();
    expect(condition(finished, 'Failed')).toMatchObject(EXCEEDED);
    expect(finished.status.failed).toBe(1);
    await timeline.untilPod(
      'in-place',
      'deleted',
      (_, { type }) => type === 'DELETED',
    );
    const events = timeline.podsOf('in-place');
    const names = new Set(events.map(({ object }) => object.metadata.name));
    expect(names.size).toBe(1);
    const restarts = events.map(
      ({ object }) => object.status.containerStatuses?.[0]?.restartCount ?? 0,
    );
    expect([...new Set(restarts)]).toEqual([0, 1, 2]);
  });

  it('keeps the last ending of a container that was started again', async () => {
    await inPlace();
    const again = timeline
      .podsOf('in-place')
      .map(({ object }) => object.status.containerStatuses?.[0])
      .find(status => status?.restartCount === 1);
    expect(again.lastState.terminated).toMatchObject({
      exitCode: 3,
      reason: 'Error',
    });
  });

  // A Job looks once a second: a Pod on its way out counts as failed unless it has left with 0 by then.
  it('counts a Pod that is deleted and leaves with 0 once, either way', async () => {
    const pod = await removedWell();
    const { object } = await timeline.untilJob(
      'removed-well',
      'counted',
      candidate => isFinished(candidate) || (candidate.status.failed ?? 0) > 0,
    );
    const { succeeded = 0, failed = 0 } = object.status;
    expect([succeeded, failed].sort()).toEqual([0, 1]);
    expect(Boolean(condition(object, 'Complete'))).toBe(succeeded === 1);
    await timeline.untilPod(
      pod.metadata.name,
      'deleted',
      (_, { type }) => type === 'DELETED',
    );
    await api.delete(jobs(namespace, 'removed-well'), undefined, {
      query: { propagationPolicy: 'Background' },
    });
  });

  it('replaces a Pod that is deleted and leaves with 1', async () => {
    const pod = await removedBadly();
    const { object: next } = await timeline.untilPod(
      'removed-badly',
      'replaced',
      candidate => candidate.metadata.name !== pod.metadata.name,
    );
    expect(next.metadata.generateName).toBe('removed-badly-');
    const { body } = await api.get(jobs(namespace, 'removed-badly'));
    expect(body.status.failed).toBe(1);
    expect(isFinished(body)).toBe(false);
    await api.delete(jobs(namespace, 'removed-badly'), undefined, {
      query: { propagationPolicy: 'Background' },
    });
  });
});
