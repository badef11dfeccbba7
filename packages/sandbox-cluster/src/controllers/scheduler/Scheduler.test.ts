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

import { KubeObject } from '../../ClusterApi';
import { TestCluster, pause } from '../__testUtils__/testCluster';

const scheduled = ({ status }: KubeObject) =>
  status.conditions?.find(({ type }: any) => type === 'PodScheduled');

describe('The scheduler', () => {
  let cluster: TestCluster;
  beforeAll(() => {
    cluster = new TestCluster({ node: { cpu: '4' } });
  });
  afterAll(() => cluster.stop());

  const unschedulable = async (name: string) => {
    const pod = await cluster.until(
      'Pod',
      name,
      entry => scheduled(entry)?.reason === 'Unschedulable',
    );
    expect(pod.spec.nodeName).toBeUndefined();
    const { message } = scheduled(pod);
    expect(cluster.events(name)).toEqual([`FailedScheduling: ${message}`]);
    return message;
  };

  const TAIL =
    'no new claims to deallocate, preemption: 0/1 nodes are available: 1';

  it.each([
    [
      'a node selector',
      { nodeSelector: { disk: 'nobody' } },
      `0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. ${TAIL} Preemption is not helpful for scheduling.`,
    ],
    [
      'an affinity',
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: 'gpu', operator: 'Exists' }] },
              ],
            },
          },
        },
      },
      `0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. ${TAIL} Preemption is not helpful for scheduling.`,
    ],
    [
      'a volume claim',
      {
        volumes: [
          { name: 'v', persistentVolumeClaim: { claimName: 'absent' } },
        ],
      },
      '0/1 nodes are available: persistentvolumeclaim "absent" not found. not found',
    ],
  ])('says why there is no node: %s', async (what, spec, message) => {
    const name = what.replace(/ /g, '-');
    cluster.runPod(name, 'true', {}, spec);
    expect(await unschedulable(name)).toBe(message);
  });

  it('counts what Pods request and places the next when one ends', async () => {
    const requests = (cpu: string) => ({ resources: { requests: { cpu } } });
    cluster.runPod('big', 'true', requests('500'));
    expect(await unschedulable('big')).toBe(
      `0/1 nodes are available: 1 Insufficient cpu. ${TAIL} Preemption is not helpful for scheduling.`,
    );
    cluster.runPod('first', 'sleep 0.5', requests('3'));
    await cluster.untilPhase('first', 'Running');
    cluster.runPod('second', 'true', requests('1500m'));
    expect(await unschedulable('second')).toBe(
      `0/1 nodes are available: 1 Insufficient cpu. ${TAIL} No preemption victims found for incoming pod.`,
    );
    await cluster.untilPhase('second', 'Succeeded');
    const conditions = cluster.get('Pod', 'second')!;
    expect(scheduled(conditions)).toMatchObject({ status: 'True' });
    expect(scheduled(conditions).reason).toBeUndefined();
  });

  it('leaves gated Pods alone until the last gate is open', async () => {
    const gates = [{ name: 'example.test/a' }, { name: 'example.test/b' }];
    cluster.runPod('gated', 'true', {}, { schedulingGates: gates });
    const setGates = (schedulingGates?: unknown[]) => {
      const { schedulingGates: _, ...spec } = cluster.get('Pod', 'gated')!.spec;
      const pod = cluster.get('Pod', 'gated')!;
      cluster.api.resource('v1', 'Pod').update({
        ...pod,
        spec: { ...spec, ...(schedulingGates && { schedulingGates }) },
      });
    };
    expect(scheduled(cluster.get('Pod', 'gated')!)).toMatchObject({
      status: 'False',
      reason: 'SchedulingGated',
    });
    setGates([gates[1]]);
    await pause(100);
    expect(cluster.get('Pod', 'gated')!.spec.nodeName).toBeUndefined();
    expect(cluster.events('gated')).toEqual([]);
    setGates();
    await cluster.untilPhase('gated', 'Succeeded');
  });
});
