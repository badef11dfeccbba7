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

describe('A Pod of one container', () => {
  let cluster: TestCluster;
  beforeAll(() => {
    cluster = new TestCluster();
  });
  afterAll(() => cluster.stop());

  it('runs to completion, with its log and its events', async () => {
    const states = cluster.record('Pod', 'hello');
    cluster.runPod('hello', 'echo out; echo err >&2; sleep 0.2; printf last');
    const pod = await cluster.untilPhase('hello', 'Succeeded');
    expect(pod.spec.nodeName).toBe('sandbox');
    expect(pod.status).toMatchObject({
      hostIP: '127.0.0.1',
      podIP: '127.0.0.1',
      qosClass: 'BestEffort',
      containerStatuses: [
        {
          name: 'main',
          image: 'docker.io/library/busybox:1.36.1',
          ready: false,
          started: false,
          restartCount: 0,
          state: { terminated: { exitCode: 0, reason: 'Completed' } },
        },
      ],
    });
    const conditions = pod.status.conditions.map(
      ({ type, status, reason = '' }: any) => `${type}=${status} ${reason}`,
    );
    expect(conditions).toEqual([
      'PodReadyToStartContainers=False ',
      'Initialized=True PodCompleted',
      'Ready=False PodCompleted',
      'ContainersReady=False PodCompleted',
      'PodScheduled=True ',
    ]);
    const steps = states.map(({ status }) => {
      const [container] = status.containerStatuses ?? [];
      return `${status.phase} ${Object.keys(container?.state ?? {})}`.trim();
    });
    expect(steps.filter((step, at) => step !== steps[at - 1])).toEqual([
      'Pending',
      'Pending waiting',
      'Running running',
      'Running terminated',
      'Succeeded terminated',
    ]);
    const lines = (await cluster.log('hello')).split('\n');
    expect(lines.slice(0, 2).sort()).toEqual(['err', 'out']);
    expect(lines[2]).toBe('last');
    expect(cluster.events('hello')).toEqual([
      'Scheduled: Successfully assigned default/hello to sandbox',
      'Pulled: Container image "busybox:1.36.1" already present on machine and can be accessed by the pod',
      'Created: Container created',
      'Started: Container started',
    ]);
  });

  it('fails with the exit code of its process', async () => {
    cluster.runPod('fails', 'exit 3');
    const { status } = await cluster.untilPhase('fails', 'Failed');
    expect(status.containerStatuses[0].state.terminated).toMatchObject({
      exitCode: 3,
      reason: 'Error',
    });
    expect(status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Ready', reason: 'PodFailed' }),
    );
  });
});
