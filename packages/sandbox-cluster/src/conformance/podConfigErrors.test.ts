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
import { eventually } from './support/eventually';
import { eventOf } from './support/eventsOf';
import { expectStatus } from './support/expectStatus';
import { inBackground } from './support/inBackground';
import { container } from './support/objects';
import { configMaps, pods, secrets } from './support/paths';
import { recordTimeline } from './support/timeline';
import type { Timeline } from './support/timeline';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import {
  createSleeper,
  untilWaiting,
  withContainer,
} from './support/waitingPods';

describeWithPods('A Pod whose configuration is missing', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  let timeline: Timeline;
  beforeAll(async () => {
    await api.post(secrets(namespace), {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'present' },
      stringData: { a: 'b' },
    });
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

  const env = (from: Record<string, any>) =>
    withContainer({ env: [{ name: 'X', valueFrom: from }] });
  const CONFIG_ERROR = 'CreateContainerConfigError';
  const noSecret = waitingFor(
    'no-secret',
    CONFIG_ERROR,
    env({ secretKeyRef: { name: 'absent', key: 'k' } }),
  );
  const noKey = waitingFor(
    'no-key',
    CONFIG_ERROR,
    env({ secretKeyRef: { name: 'present', key: 'nokey' } }),
  );
  const noConfigMap = waitingFor(
    'no-config-map',
    CONFIG_ERROR,
    env({ configMapKeyRef: { name: 'absent', key: 'k' } }),
  );
  const noEnvFrom = waitingFor(
    'no-env-from',
    CONFIG_ERROR,
    withContainer({ envFrom: [{ configMapRef: { name: 'absent' } }] }),
  );
  const noVolume = waitingFor('no-volume', 'ContainerCreating', {
    containers: [
      container('sleep 3600', {
        volumeMounts: [{ name: 'v', mountPath: '/conformance' }],
      }),
    ],
    volumes: [{ name: 'v', configMap: { name: 'absent-too' } }],
  });

  it.each([
    ['a missing Secret', noSecret, 'secret "absent" not found'],
    ['a missing ConfigMap', noConfigMap, 'configmap "absent" not found'],
    [
      'a missing ConfigMap in envFrom',
      noEnvFrom,
      'configmap "absent" not found',
    ],
  ])('CreateContainerConfigError: %s', async (_, result, message) => {
    const { metadata, status } = await result();
    expect(status.phase).toBe('Pending');
    expect(status.containerStatuses[0].state.waiting.message).toBe(message);
    const event = await eventOf(api, namespace, 'Pod', metadata.name, 'Failed');
    expect(event).toMatchObject({
      type: 'Warning',
      message: `Error: ${message}`,
    });
  });

  it('CreateContainerConfigError: a missing key', async () => {
    const { status } = await noKey();
    expect(status.containerStatuses[0].state.waiting.message).toBe(
      `couldn't find key nokey in Secret ${namespace}/present`,
    );
  });

  it('is told by the log as well', async () => {
    await noSecret();
    expectStatus(await api.get(pods(namespace, 'no-secret', 'log')), {
      code: 400,
      reason: 'BadRequest',
      message:
        'container "main" in pod "no-secret" is waiting to start: CreateContainerConfigError',
    });
  });

  it('does not mind what is optional', async () => {
    await create(
      'optional',
      env({ secretKeyRef: { name: 'absent', key: 'k', optional: true } }),
    );
    await timeline.untilPod(
      'optional',
      'running',
      candidate => candidate.status.phase === 'Running',
    );
    await api.delete(pods(namespace, 'optional'));
  });

  it('stays in ContainerCreating for a missing volume; an event tells why', async () => {
    await noVolume();
    const event = await eventOf(
      api,
      namespace,
      'Pod',
      'no-volume',
      'FailedMount',
      candidate => candidate.message.includes('absent-too'),
    );
    expect(event).toMatchObject({
      type: 'Warning',
      message:
        'MountVolume.SetUp failed for volume "v" : configmap "absent-too" not found',
    });
  });

  it('heals by itself when what was missing appears', async () => {
    await Promise.all([noConfigMap(), noEnvFrom()]);
    await api.post(configMaps(namespace), {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'absent' },
      data: { k: 'v' },
    });
    for (const name of ['no-config-map', 'no-env-from']) {
      // The kubelet looks again at its next sync, up to a minute and a half later.
      await eventually(
        `${name} running`,
        async () => {
          const { body } = await api.get(pods(namespace, name));
          return body.status.phase === 'Running' ? true : undefined;
        },
        150_000,
      );
      await api.delete(pods(namespace, name));
    }
  });
});
