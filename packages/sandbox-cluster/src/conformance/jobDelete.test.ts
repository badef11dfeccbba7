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
import { untilGone } from './support/eventually';
import { inBackground } from './support/inBackground';
import { job, onTerm } from './support/objects';
import { jobs, pods } from './support/paths';
import { recordTimeline } from './support/timeline';
import type { Timeline } from './support/timeline';
import { untilReady } from './support/untilReady';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

describeWithPods('Deleting a Job that runs', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  let timeline: Timeline;
  beforeAll(async () => {
    timeline = await recordTimeline(api, namespace);
  });
  afterAll(() => timeline?.stop());

  /** Starts a Job, waits until it runs, and deletes it. */
  const story = (name: string, options: unknown, propagationPolicy?: string) =>
    inBackground(async () => {
      await api.post(jobs(namespace), job(name, onTerm('exit 0')));
      const { object: pod } = await timeline.untilPod(
        name,
        'running',
        candidate =>
          candidate.status.containerStatuses?.[0]?.state.running !== undefined,
      );
      await untilReady(api, namespace, pod.metadata.name);
      // Time for the collector to see the Pod.
      await sleep(1_000);
      const answer = await api.delete(jobs(namespace, name), options, {
        query: { propagationPolicy },
      });
      return { pod: pod.metadata.name as string, answer };
    });
  const byDefault = story('by-default', undefined);
  const background = story('background', {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    propagationPolicy: 'Background',
  });
  const foreground = story('foreground', undefined, 'Foreground');

  const untilJobDeleted = (name: string) =>
    timeline.jobs.until(
      ({ type, object }) => type === 'DELETED' && object.metadata.name === name,
      `Job ${name} deleted`,
    );
  const untilPodDeleted = (name: string) =>
    timeline.untilPod(name, 'deleted', (_, { type }) => type === 'DELETED');

  it('leaves the Pod running by default, with a warning', async () => {
    const { pod, answer } = await byDefault();
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      kind: 'Job',
      metadata: {
        deletionTimestamp: expect.any(String),
        finalizers: ['orphan'],
      },
    });
    expect(answer.warnings).toEqual([
      expect.stringContaining(
        'child pods are preserved by default when jobs are deleted',
      ),
    ]);
    await untilGone(api, jobs(namespace, 'by-default'));
    const { status, body } = await api.get(pods(namespace, pod));
    expect(status).toBe(200);
    expect(body.metadata.ownerReferences).toBeUndefined();
    expect(body.metadata.deletionTimestamp).toBeUndefined();
    await api.delete(pods(namespace, pod));
  });

  it('Background: the Job goes at once, the Pod after it', async () => {
    const { pod, answer } = await background();
    expect(answer.body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'background', group: 'batch', kind: 'jobs' },
    });
    expect(answer.warnings).toEqual([]);
    await untilJobDeleted('background');
    await untilPodDeleted(pod);
    const told = timeline
      .podsOf(pod)
      .find(({ object }) => object.metadata.deletionTimestamp);
    expect(told?.object.metadata.deletionGracePeriodSeconds).toBe(10);
  });

  it('Foreground: the Pod ends, then the Job goes', async () => {
    const { pod, answer } = await foreground();
    expect(answer.body).toMatchObject({
      kind: 'Job',
      metadata: { finalizers: ['foregroundDeletion'] },
    });
    const last = await untilJobDeleted('foreground');
    const gone = await untilPodDeleted(pod);
    expect(BigInt(gone.object.metadata.resourceVersion)).toBeLessThan(
      BigInt(last.object.metadata.resourceVersion),
    );
    const ended = timeline
      .podsOf(pod)
      .map(({ object }) => object.status.containerStatuses?.[0]?.state)
      .find(state => state?.terminated);
    expect(ended?.terminated.exitCode).toBe(0);
  });
});
