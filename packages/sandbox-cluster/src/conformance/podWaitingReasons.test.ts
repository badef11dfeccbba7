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
import { expectStatus } from './support/expectStatus';
import { inBackground } from './support/inBackground';
import { pods } from './support/paths';
import { recordTimeline } from './support/timeline';
import type { Timeline } from './support/timeline';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import {
  createSleeper,
  untilWaiting,
  withContainer,
} from './support/waitingPods';

// The reserved domain "invalid" has no registries.
const NO_IMAGE = 'registry.invalid/none:1.0';

describe('A Pod that waits', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  let timeline: Timeline;
  beforeAll(async () => {
    timeline = await recordTimeline(api, namespace);
  });
  afterAll(() => timeline?.stop());

  const create = (name: string, spec: Record<string, any>) =>
    createSleeper(api, namespace, name, spec);
  const waitingFor = (
    name: string,
    reason: string,
    spec: Record<string, any>,
  ) =>
    inBackground(async () => {
      await create(name, spec);
      return untilWaiting(timeline, name, reason);
    });

  const noImage = waitingFor(
    'no-image',
    'ErrImagePull',
    withContainer({ image: NO_IMAGE }),
  );
  const neverPulled = waitingFor(
    'never-pulled',
    'ErrImageNeverPull',
    withContainer({ image: NO_IMAGE, imagePullPolicy: 'Never' }),
  );
  const badName = waitingFor(
    'bad-name',
    'InvalidImageName',
    withContainer({ image: 'Not A Name' }),
  );

  it('ErrImagePull, then ImagePullBackOff', async () => {
    const first = await noImage();
    expect(first.status.phase).toBe('Pending');
    expect(first.status.containerStatuses[0]).toMatchObject({
      ready: false,
      started: false,
      restartCount: 0,
      state: {
        waiting: { message: expect.stringContaining('registry.invalid') },
      },
    });
    const then = await untilWaiting(timeline, 'no-image', 'ImagePullBackOff');
    expect(then.status.phase).toBe('Pending');
    expect(then.status.containerStatuses[0].state.waiting.message).toMatch(
      new RegExp(`^Back-off pulling image "${NO_IMAGE}"`),
    );
    const event = await eventOf(
      api,
      namespace,
      'Pod',
      'no-image',
      'Failed',
      candidate => candidate.message.startsWith('Failed to pull image'),
    );
    expect(event.type).toBe('Warning');
    await eventOf(api, namespace, 'Pod', 'no-image', 'BackOff');
  });

  it('ErrImageNeverPull', async () => {
    const { status } = await neverPulled();
    expect(status.phase).toBe('Pending');
    expect(status.containerStatuses[0].state.waiting.message).toBe(
      `Container image "${NO_IMAGE}" is not present with pull policy of Never`,
    );
  });

  it('InvalidImageName', async () => {
    const { status } = await badName();
    expect(status.phase).toBe('Pending');
    expect(status.containerStatuses[0].state.waiting.message).toMatch(
      /^Failed to apply default image tag "Not A Name": couldn't parse image (name|reference) "Not A Name": invalid reference format/,
    );
  });

  it('is not ready and says which condition fails', async () => {
    const { status } = await noImage();
    expect(status.conditions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'PodScheduled', status: 'True' }),
        expect.objectContaining({ type: 'Initialized', status: 'True' }),
        expect.objectContaining({
          type: 'Ready',
          status: 'False',
          reason: 'ContainersNotReady',
        }),
        expect.objectContaining({
          type: 'ContainersReady',
          status: 'False',
          reason: 'ContainersNotReady',
        }),
      ]),
    );
  });

  it('has no log before its container starts', async () => {
    await noImage();
    expectStatus(await api.get(pods(namespace, 'no-image', 'log')), {
      code: 400,
      reason: 'BadRequest',
      message:
        /^container "main" in pod "no-image" is waiting to start: (trying and failing to pull image|image can't be pulled)$/,
    });
  });

  it('for a node: Unschedulable', async () => {
    await create('no-node', {
      nodeSelector: { 'conformance.example.test/none': 'none' },
    });
    const { object } = await timeline.untilPod(
      'no-node',
      'Unschedulable',
      candidate =>
        candidate.status.conditions?.some(
          (entry: any) =>
            entry.type === 'PodScheduled' &&
            entry.status === 'False' &&
            entry.reason === 'Unschedulable' &&
            /^0\/\d+ nodes are available: /.test(entry.message),
        ),
    );
    expect(object.status.phase).toBe('Pending');
    expect(object.spec.nodeName).toBeUndefined();
    expect(object.status.containerStatuses).toBeUndefined();
    const event = await eventOf(
      api,
      namespace,
      'Pod',
      'no-node',
      'FailedScheduling',
    );
    expect(event.type).toBe('Warning');
    expect(event.message).toMatch(/^0\/\d+ nodes are available: /);
    const log = await api.get(pods(namespace, 'no-node', 'log'));
    expect([log.status, log.text]).toEqual([204, '']);
  });
});
