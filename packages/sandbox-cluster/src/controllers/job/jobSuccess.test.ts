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

import { TestCluster } from '../__testUtils__/testCluster';

describe('A Job that succeeds', () => {
  let cluster: TestCluster;
  beforeAll(() => {
    cluster = new TestCluster();
  });
  afterAll(() => cluster.stop());

  it('counts its Pod in two writes and completes', async () => {
    const states = cluster.record('Job', 'hello');
    cluster.runJob('hello', 'sleep 0.3');
    const job = await cluster.until(
      'Job',
      'hello',
      ({ status }) => status.completionTime,
    );
    const [pod] = cluster.podsOf('hello');
    expect(pod.metadata.name).toMatch(/^hello-[a-z0-9]{5}$/);
    expect(pod.metadata.finalizers).toBeUndefined();
    expect(pod.metadata.ownerReferences).toEqual([
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        name: 'hello',
        uid: job.metadata.uid,
        controller: true,
        blockOwnerDeletion: true,
      },
    ]);
    const shown = states.map(({ status }) => {
      const { conditions = [], startTime: _, completionTime, ...rest } = status;
      return {
        ...rest,
        conditions: conditions.map(({ type }: any) => type),
        ...(completionTime && { completed: true }),
      };
    });
    expect(shown).toEqual([
      { conditions: [] },
      {
        active: 1,
        ready: 0,
        terminating: 0,
        uncountedTerminatedPods: {},
        conditions: [],
      },
      {
        active: 1,
        ready: 1,
        terminating: 0,
        uncountedTerminatedPods: {},
        conditions: [],
      },
      ...(shown.length === 6
        ? [
            {
              active: 1,
              ready: 0,
              terminating: 0,
              uncountedTerminatedPods: {},
              conditions: [],
            },
          ]
        : []),
      {
        ready: 0,
        terminating: 0,
        uncountedTerminatedPods: { succeeded: [pod.metadata.uid] },
        conditions: ['SuccessCriteriaMet'],
      },
      {
        ready: 0,
        terminating: 0,
        succeeded: 1,
        uncountedTerminatedPods: {},
        conditions: ['SuccessCriteriaMet', 'Complete'],
        completed: true,
      },
    ]);
    expect(job.status.conditions[1]).toMatchObject({
      status: 'True',
      reason: 'CompletionsReached',
      message: 'Reached expected number of succeeded pods',
    });
    expect(cluster.events('hello')).toEqual([
      `SuccessfulCreate: Created pod: ${pod.metadata.name}`,
      'Completed: Job completed',
    ]);
  });

  it('runs as many Pods at once as it may until all completions are there', async () => {
    const states = cluster.record('Job', 'many');
    cluster.runJob('many', 'sleep 0.2', { completions: 5, parallelism: 2 });
    const { status } = await cluster.until(
      'Job',
      'many',
      job => job.status.completionTime,
    );
    expect(status).toMatchObject({ succeeded: 5 });
    expect(cluster.podsOf('many')).toHaveLength(5);
    const active = states.map(job => job.status.active ?? 0);
    expect(Math.max(...active)).toBe(2);
  });

  it('starts nothing with parallelism 0', async () => {
    cluster.runJob('none', 'true', { parallelism: 0 });
    await cluster.until('Job', 'none', ({ status }) => status.startTime);
    expect(cluster.podsOf('none')).toEqual([]);
  });
});
