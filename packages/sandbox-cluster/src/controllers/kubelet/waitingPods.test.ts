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
import { TestCluster } from '../__testUtils__/testCluster';

const waiting = ({ status }: KubeObject) =>
  status.containerStatuses?.[0].state.waiting;

describe('A Pod that cannot start', () => {
  let cluster: TestCluster;
  beforeAll(() => {
    cluster = new TestCluster();
    cluster.create('Secret', { name: 'present', stringData: { a: 'b' } });
  });
  afterAll(() => cluster.stop());

  const untilWaiting = (name: string, reason: string) =>
    cluster
      .until('Pod', name, pod => waiting(pod)?.reason === reason)
      .then(pod => waiting(pod).message);

  const NO_IMAGE = 'registry.example.test/none:1.0';
  const NOT_FOUND = `failed to pull and unpack image "${NO_IMAGE}": failed to resolve image: ${NO_IMAGE}: not found`;

  it('waits between pulls of an image that no registry has', async () => {
    cluster.runPod('noimg', 'true', { image: NO_IMAGE });
    expect(await untilWaiting('noimg', 'ErrImagePull')).toBe(NOT_FOUND);
    expect(await untilWaiting('noimg', 'ImagePullBackOff')).toBe(
      `Back-off pulling image "${NO_IMAGE}": ErrImagePull: ${NOT_FOUND}`,
    );
    await untilWaiting('noimg', 'ErrImagePull');
    expect(cluster.get('Pod', 'noimg')!.status.phase).toBe('Pending');
    const reasons = cluster
      .events('noimg')
      .map(event => event.replace(/ x\d+: /, ': '));
    expect(reasons).toEqual([
      'Scheduled: Successfully assigned default/noimg to sandbox',
      `Pulling: Pulling image "${NO_IMAGE}"`,
      `Failed: Failed to pull image "${NO_IMAGE}": ${NOT_FOUND}`,
      'Failed: Error: ErrImagePull',
      `BackOff: Back-off pulling image "${NO_IMAGE}"`,
      'Failed: Error: ImagePullBackOff',
    ]);
    await expect(cluster.log('noimg')).rejects.toMatchObject({
      code: 400,
      message:
        'container "main" in pod "noimg" is waiting to start: image can\'t be pulled',
    });
  });

  it.each([
    [
      'an image that may not be pulled',
      'never',
      { image: NO_IMAGE, imagePullPolicy: 'Never' },
      'ErrImageNeverPull',
      `Container image "${NO_IMAGE}" is not present with pull policy of Never`,
    ],
    [
      'an image name that is none',
      'badname',
      { image: 'Not A Name' },
      'InvalidImageName',
      'Failed to apply default image tag "Not A Name": couldn\'t parse image name "Not A Name": invalid reference format: repository name (library/Not A Name) must be lowercase',
    ],
    [
      'a missing Secret',
      'no-secret',
      env({ secretKeyRef: { name: 'absent', key: 'k' } }),
      'CreateContainerConfigError',
      'secret "absent" not found',
    ],
    [
      'a missing key of a Secret',
      'no-key',
      env({ secretKeyRef: { name: 'present', key: 'nokey' } }),
      'CreateContainerConfigError',
      "couldn't find key nokey in Secret default/present",
    ],
    [
      'a missing ConfigMap',
      'no-cm',
      env({ configMapKeyRef: { name: 'absent', key: 'k' } }),
      'CreateContainerConfigError',
      'configmap "absent" not found',
    ],
    [
      'a missing ConfigMap in envFrom',
      'no-envfrom',
      { envFrom: [{ configMapRef: { name: 'absent' } }] },
      'CreateContainerConfigError',
      'configmap "absent" not found',
    ],
  ])('says so for %s', async (_, name, container, reason, message) => {
    cluster.runPod(name, 'true', container);
    expect(await untilWaiting(name, reason)).toBe(message);
    expect(cluster.get('Pod', name)!.status).toMatchObject({
      phase: 'Pending',
      containerStatuses: [{ ready: false, started: false, restartCount: 0 }],
    });
  });

  it('must not run as root when told so', async () => {
    cluster.runPod(
      'rooted',
      'true',
      {},
      { securityContext: { runAsNonRoot: true } },
    );
    expect(await untilWaiting('rooted', 'CreateContainerConfigError')).toMatch(
      /^container has runAsNonRoot and image will run as root \(pod: "rooted_default\(.+\)", container: main\)$/,
    );
    cluster.runPod('numbered', 'true', {
      securityContext: { runAsNonRoot: true, runAsUser: 1000 },
    });
    await cluster.untilPhase('numbered', 'Succeeded');
  });

  it('does not mind what is optional, and starts when what was missing appears', async () => {
    const optional = { name: 'absent-too', key: 'k', optional: true };
    cluster.runPod('optional', 'true', env({ secretKeyRef: optional }));
    await cluster.untilPhase('optional', 'Succeeded');

    cluster.runPod(
      'heals',
      'echo $X',
      env({ configMapKeyRef: { name: 'late', key: 'k' } }),
    );
    await untilWaiting('heals', 'CreateContainerConfigError');
    cluster.create('ConfigMap', { name: 'late', data: { k: 'here' } });
    await cluster.untilPhase('heals', 'Succeeded');
    expect(await cluster.log('heals')).toBe('here\n');
  });

  it('stays in ContainerCreating without its volume; an event tells why', async () => {
    cluster.runPod(
      'no-vol',
      'cat /v/k',
      { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
      { volumes: [{ name: 'v', configMap: { name: 'late-volume' } }] },
    );
    await cluster.until('Pod', 'no-vol', () =>
      cluster
        .events('no-vol')
        .includes(
          'FailedMount x2: MountVolume.SetUp failed for volume "v" : configmap "late-volume" not found',
        ),
    );
    expect(waiting(cluster.get('Pod', 'no-vol')!)).toEqual({
      reason: 'ContainerCreating',
    });
    await expect(cluster.log('no-vol')).rejects.toMatchObject({
      message:
        'container "main" in pod "no-vol" is waiting to start: ContainerCreating',
    });
    cluster.create('ConfigMap', { name: 'late-volume', data: { k: 'text' } });
    await cluster.untilPhase('no-vol', 'Succeeded');
    expect(await cluster.log('no-vol')).toBe('text');
  });

  it('ends when it is deleted meanwhile', async () => {
    cluster.runPod('dropped', 'true', { image: NO_IMAGE });
    await untilWaiting('dropped', 'ErrImagePull');
    const states = cluster.record('Pod', 'dropped');
    cluster.api.resource('v1', 'Pod').delete('default', 'dropped');
    await cluster.untilGone('Pod', 'dropped');
    expect(states.at(-1)!.status.phase).toBe('Failed');
  });
});

function env(valueFrom: Record<string, unknown>) {
  return { env: [{ name: 'X', valueFrom }] };
}
