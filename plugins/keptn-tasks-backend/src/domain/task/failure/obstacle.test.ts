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

import type { CoreV1Event, V1Pod } from '@kubernetes/client-node';
import {
  aJob,
  aPod,
  aTask,
  at,
  endedWith,
  podStatus,
} from '../../__testUtils__/builders';
import { defaultTaskSettings } from '../../settings';
import { obstacle } from './obstacle';

const job = aJob();
const image = 'ghcr.io/keptn/deno-runtime:v3.0.1';

function waiting(reason: string, message?: string): V1Pod {
  return aPod({
    status: podStatus('Pending', { waiting: { reason, message } }),
  });
}

function unscheduled(reason: string, message: string): V1Pod {
  return aPod({
    status: {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason, message }],
    },
  });
}

function event(
  about: { kind: string; name?: string; uid?: string },
  reason: string,
  message: string,
  seconds = 3,
): CoreV1Event {
  return {
    metadata: { name: `e-${seconds}` },
    involvedObject: about,
    reason,
    message,
    firstTimestamp: at(seconds),
    lastTimestamp: at(seconds + 1),
  };
}

const refusedWith = (message: string, seconds?: number) =>
  event(
    { kind: 'Job', uid: job.metadata!.uid },
    'FailedCreate',
    message,
    seconds,
  );
const notMounted = (message: string) =>
  event({ kind: 'Pod', uid: aPod().metadata!.uid }, 'FailedMount', message);

/** What stands in the way of a Job that is 5 s old. */
function look(pods: V1Pod[], events: CoreV1Event[] = [], seconds = 6) {
  return obstacle({ job, pods, events }, at(seconds), defaultTaskSettings);
}

const startBy = at(2 + 30).getTime();
const pullBy = at(2 + 60).getTime();

describe('obstacle', () => {
  it.each<[string, V1Pod, CoreV1Event[], object]>([
    [
      'a missing image',
      waiting('ErrImagePull', 'manifest unknown'),
      [],
      {
        reason: 'WaitingForImage',
        message: `Image ${image} cannot be pulled: manifest unknown`,
        failsAtMs: pullBy,
        failureReason: 'ImagePullFailed',
      },
    ],
    [
      'the same, while the kubelet pauses',
      waiting(
        'ImagePullBackOff',
        `Back-off pulling image "${image}": ErrImagePull: manifest unknown`,
      ),
      [],
      {
        reason: 'WaitingForImage',
        message: `Image ${image} cannot be pulled: manifest unknown`,
        failsAtMs: pullBy,
        failureReason: 'ImagePullFailed',
      },
    ],
    [
      'an impossible image',
      waiting('InvalidImageName', 'x'),
      [],
      {
        reason: 'ImageInvalid',
        message: `"${image}" cannot be the name of an image; correct it in the definition.`,
        failsAtMs: 0,
      },
    ],
    [
      'an image that may not be pulled',
      waiting('ErrImageNeverPull', 'x'),
      [],
      {
        reason: 'ImagePullFailed',
        message: `Image ${image} is not on the node and imagePullPolicy Never forbids to pull it.`,
        failsAtMs: 0,
      },
    ],
    [
      'a missing Secret',
      waiting('CreateContainerConfigError', 'secret "absent" not found'),
      [],
      {
        reason: 'SecretMissing',
        message:
          'Secret shop/absent does not exist; create it, or name another one.',
        failsAtMs: startBy,
      },
    ],
    [
      'a missing key of a Secret',
      waiting(
        'CreateContainerConfigError',
        "couldn't find key SECURE_DATA in Secret shop/present",
      ),
      [],
      {
        reason: 'SecretKeyMissing',
        message:
          'Secret shop/present has no key "SECURE_DATA"; add it, or name another Secret in secureParameters.',
        failsAtMs: startBy,
      },
    ],
    [
      'a missing ConfigMap',
      waiting('CreateContainerConfigError', 'configmap "absent" not found'),
      [],
      {
        reason: 'ConfigMapMissing',
        message:
          'ConfigMap shop/absent does not exist; create it, or name another one.',
        failsAtMs: startBy,
      },
    ],
    [
      'a missing ConfigMap in a volume',
      waiting('ContainerCreating'),
      [
        notMounted(
          'MountVolume.SetUp failed for volume "function-mount" : configmap "keptnfn-a" not found',
        ),
      ],
      {
        reason: 'ConfigMapMissing',
        message:
          'ConfigMap shop/keptnfn-a does not exist; create it, or name another one.',
        failsAtMs: startBy,
      },
    ],
    [
      'a missing key in a volume',
      waiting('ContainerCreating'),
      [
        notMounted(
          'MountVolume.SetUp failed for volume "v" : configmap references non-existent config key: code',
        ),
      ],
      {
        reason: 'ConfigMapKeyMissing',
        message: 'A ConfigMap that the task mounts has no key "code"; add it.',
        failsAtMs: startBy,
      },
    ],
    [
      'a volume that takes its time',
      waiting('ContainerCreating'),
      [notMounted('timed out waiting for the condition')],
      {
        reason: 'WaitingForVolume',
        message:
          'A volume of the task cannot be mounted: timed out waiting for the condition',
      },
    ],
    [
      'an image that wants to be root',
      waiting(
        'CreateContainerConfigError',
        'container has runAsNonRoot and image will run as root',
      ),
      [],
      {
        reason: 'StartFailed',
        message:
          'The container cannot start: container has runAsNonRoot and image will run as root',
        failsAtMs: startBy,
      },
    ],
    [
      'a cluster without room, which never fails early',
      unscheduled(
        'Unschedulable',
        '0/1 nodes are available: 1 Insufficient cpu.',
      ),
      [],
      {
        reason: 'Unschedulable',
        message:
          "No node takes the task's Pod: 0/1 nodes are available: 1 Insufficient cpu.",
      },
    ],
    [
      'a scheduling gate',
      unscheduled('SchedulingGated', 'Scheduling is blocked'),
      [],
      {
        reason: 'SchedulingGated',
        message: `Pod ${
          aPod().metadata!.name
        } is held back by a scheduling gate.`,
      },
    ],
  ])('names %s', (_name, pod, events, expected) => {
    expect(look([pod], events)).toEqual(expected);
  });

  it.each([
    [
      'Error creating: pods "x-" is forbidden: error looking up service account shop/absent: serviceaccount "absent" not found',
      'ServiceAccountMissing',
      'ServiceAccount shop/absent does not exist; create it, or name another one in the definition.',
    ],
    [
      'Error creating: pods "x-csglv" is forbidden: exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0',
      'QuotaExceeded',
      "The quota of namespace shop does not allow the task's Pod: exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0",
    ],
    [
      'Error creating: pods "x-1" is forbidden: failed quota: q: must specify limits.cpu for: c',
      'QuotaExceeded',
      "The quota of namespace shop does not allow the task's Pod: failed quota: q: must specify limits.cpu for: c",
    ],
    [
      'Error creating: pods "x-2" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true',
      'PodSecurityDenied',
      'The Pod Security Standard of namespace shop does not allow the task\'s Pod: violates PodSecurity "restricted:latest": runAsNonRoot != true',
    ],
    [
      'Error creating: admission webhook "policy.example.test" denied the request: no latest tags',
      'AdmissionDenied',
      'The cluster does not admit the task\'s Pod: admission webhook "policy.example.test" denied the request: no latest tags',
    ],
    [
      'Error creating: Pod "x" is invalid: spec.containers[0].image: Required value',
      'StartFailed',
      'The task\'s Pod cannot be created: Pod "x" is invalid: spec.containers[0].image: Required value',
    ],
  ])('reads %s', (text, reason, message) => {
    expect(look([], [refusedWith(text)])).toEqual({
      reason,
      message,
      failsAtMs: at(3 + 30).getTime(),
    });
  });

  it('counts from the first refusal, not from the last', () => {
    const found = look(
      [],
      [
        refusedWith('exceeded quota: b', 20),
        refusedWith('exceeded quota: a', 3),
      ],
    );
    expect(found).toMatchObject({ failsAtMs: at(33).getTime() });
    expect(found!.message).toContain('exceeded quota: b');
  });

  it('forgets refusals from before the last Pod', () => {
    const ended = aPod({
      metadata: { creationTimestamp: at(10) },
      status: endedWith(1),
    });
    expect(look([ended], [refusedWith('exceeded quota', 3)])).toBeUndefined();
    expect(look([ended], [refusedWith('exceeded quota', 12)])).toMatchObject({
      reason: 'QuotaExceeded',
    });
  });

  it('does not take events of other Jobs and Pods for its own', () => {
    const other = event({ kind: 'Job', uid: 'other' }, 'FailedCreate', 'x');
    expect(look([], [other])).toBeUndefined();
    const mount = event({ kind: 'Pod', uid: 'other' }, 'FailedMount', 'x');
    expect(look([waiting('ContainerCreating')], [mount])).toBeUndefined();
  });

  it.each<[string, V1Pod[]]>([
    [
      'a Pod at work',
      [aPod({ status: podStatus('Running', { running: {} }) })],
    ],
    ['a Pod on its way', [waiting('ContainerCreating')]],
    ['a Pod without any status', [aPod()]],
    ['a moment between two attempts', [aPod({ status: endedWith(1) })]],
    ['a Job without a Pod, for a moment', []],
  ])('has nothing to say about %s', (_name, pods) => {
    expect(look(pods)).toBeUndefined();
  });

  it('looks at the attempt that is to come, not at those that ended', () => {
    const before = aPod({ status: endedWith(1) });
    const next = {
      ...waiting('ErrImagePull', 'gone'),
      metadata: {
        ...waiting('').metadata,
        name: 'next',
        creationTimestamp: at(9),
      },
    };
    expect(look([next, before])).toMatchObject({ reason: 'WaitingForImage' });
  });

  it('wonders when no Pod is made for long', () => {
    expect(look([], [], 12)).toEqual({
      reason: 'WaitingForPods',
      message: 'The cluster has not made a Pod for the Job yet.',
    });
  });

  it('says that a Job is suspended', () => {
    const suspended = aJob(aTask(), { spec: { suspend: true } });
    expect(
      obstacle(
        { job: suspended, pods: [], events: [] },
        at(60),
        defaultTaskSettings,
      ),
    ).toMatchObject({ reason: 'Suspended' });
  });
});
