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
import { job } from './support/objects';
import { jobs } from './support/paths';
import {
  between,
  condition,
  isFinished,
  recordTimeline,
} from './support/timeline';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

const TRACKING = 'batch.kubernetes.io/job-tracking';
const REACHED = {
  status: 'True',
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
};

describeWithPods('A Job that succeeds', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);

  const run = inBackground(async () => {
    const timeline = await recordTimeline(api, namespace);
    const { body: created } = await api.post(
      jobs(namespace),
      job('hello', 'echo hello; sleep 2; echo done'),
    );
    const finished = await timeline.untilJob('hello', 'finished', isFinished);
    await timeline.untilPod(
      'hello',
      'released',
      pod =>
        pod.status.phase === 'Succeeded' &&
        !pod.metadata.finalizers?.includes(TRACKING),
    );
    timeline.stop();
    return {
      created,
      finished,
      jobs: timeline.jobs.about('hello').map(event => event.object),
      pods: timeline.podsOf('hello'),
    };
  });

  it('starts with an empty status', async () => {
    const { created } = await run();
    expect(created.status).toEqual({});
  });

  it('makes one Pod that it owns and tracks', async () => {
    const { created, pods } = await run();
    const [first] = pods;
    expect(first.type).toBe('ADDED');
    expect(first.object).toMatchObject({
      metadata: {
        name: expect.stringMatching(/^hello-[a-z0-9]{5}$/),
        generateName: 'hello-',
        finalizers: [TRACKING],
        labels: {
          'batch.kubernetes.io/controller-uid': created.metadata.uid,
          'batch.kubernetes.io/job-name': 'hello',
          'job-name': 'hello',
        },
        ownerReferences: [
          {
            apiVersion: 'batch/v1',
            kind: 'Job',
            name: 'hello',
            uid: created.metadata.uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      },
      spec: { restartPolicy: 'Never' },
      status: { phase: 'Pending' },
    });
    const names = new Set(pods.map(({ object }) => object.metadata.name));
    expect(names.size).toBe(1);
  });

  it('counts the Pod as active while it runs, and as ready', async () => {
    const seen = (await run()).jobs;
    expect(seen).toContainEqual(
      expect.objectContaining({
        status: expect.objectContaining({
          active: 1,
          startTime: expect.any(String),
        }),
      }),
    );
    expect(seen.some(object => object.status.ready === 1)).toBe(true);
  });

  it('goes through Pending and Running to Succeeded', async () => {
    const { pods } = await run();
    const phases = pods.map(({ object }) => object.status.phase);
    expect([...new Set(phases)]).toEqual(['Pending', 'Running', 'Succeeded']);
    const last = pods[pods.length - 1].object.status.containerStatuses[0];
    expect(last).toMatchObject({
      name: 'main',
      ready: false,
      restartCount: 0,
      state: { terminated: { exitCode: 0, reason: 'Completed' } },
    });
    const { startedAt, finishedAt } = last.state.terminated;
    expect(between(startedAt, finishedAt)).toBeGreaterThanOrEqual(1_000);
  });

  // SuccessCriteriaMet stands before Complete since 1.31.
  it('says that it has succeeded before it is Complete', async () => {
    const { jobs: seen, finished } = await run();
    const met = seen.find(object => condition(object, 'SuccessCriteriaMet'));
    expect(Boolean(met)).toBe(cluster.since(31));
    if (!met) {
      return;
    }
    expect(condition(met, 'SuccessCriteriaMet')).toMatchObject(REACHED);
    expect(condition(met, 'Complete')).toBeUndefined();
    expect(met.status.completionTime).toBeUndefined();
    expect(condition(finished.object, 'SuccessCriteriaMet')).toMatchObject(
      REACHED,
    );
  });

  it('is Complete once the Pod is counted', async () => {
    const { finished } = await run();
    const { status } = finished.object;
    expect(status).toMatchObject({
      succeeded: 1,
      startTime: expect.any(String),
      completionTime: expect.any(String),
    });
    expect(status.active ?? 0).toBe(0);
    expect(status.failed ?? 0).toBe(0);
    expect(condition(finished.object, 'Complete')).toMatchObject(
      cluster.since(31) ? REACHED : { status: 'True' },
    );
    expect(condition(finished.object, 'Failed')).toBeUndefined();
    expect(
      between(status.startTime, status.completionTime),
    ).toBeGreaterThanOrEqual(2_000);
  });

  it('never takes back that it is Complete, and keeps its generation', async () => {
    const { jobs: seen } = await run();
    const done = seen.findIndex(object => condition(object, 'Complete'));
    for (const object of seen.slice(done)) {
      expect(condition(object, 'Complete')).toBeDefined();
    }
    expect(new Set(seen.map(object => object.metadata.generation)).size).toBe(
      1,
    );
  });

  it('writes events: SuccessfulCreate, Completed', async () => {
    const { pods } = await run();
    const created = await eventOf(
      api,
      namespace,
      'Job',
      'hello',
      'SuccessfulCreate',
    );
    expect(created).toMatchObject({
      type: 'Normal',
      message: `Created pod: ${pods[0].object.metadata.name}`,
      source: { component: 'job-controller' },
      involvedObject: { apiVersion: 'batch/v1', namespace },
    });
    const completed = await eventOf(
      api,
      namespace,
      'Job',
      'hello',
      'Completed',
    );
    expect(completed).toMatchObject({
      type: 'Normal',
      message: 'Job completed',
    });
  });

  it('writes events about the Pod: Scheduled, Created, Started', async () => {
    const { pods } = await run();
    const { name } = pods[0].object.metadata;
    for (const reason of ['Scheduled', 'Created', 'Started']) {
      const event = await eventOf(api, namespace, 'Pod', name, reason);
      expect(event.type).toBe('Normal');
    }
  });
});
