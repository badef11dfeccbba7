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

import type { V1Pod } from '@kubernetes/client-node';
import { at } from '../__testUtils__/builders';
import {
  anAppVersion,
  appObservation,
  aTaskOf,
  aWorkloadVersion,
  listed,
  nameOfItem,
  workloadObservation,
} from './phase/__testUtils__/versionBuilders';
import { planAppVersion } from './planAppVersion';
import { planWorkloadVersion } from './planWorkloadVersion';
import { projectAppVersion, projectWorkloadVersion } from './projectRelease';
import type { KeptnWorkloadVersion } from './resources';

const iso = (seconds: number) => at(seconds).toISOString();
const pods: V1Pod[] = ['cart-b', 'cart-a'].map((name, index) => ({
  metadata: { name, namespace: 'shop', creationTimestamp: at(1 + index) },
}));

function project(
  version: KeptnWorkloadVersion,
  things = {},
  more: Partial<Parameters<typeof projectWorkloadVersion>[1]> = {},
) {
  const observed = {
    ...workloadObservation(version, things, more),
    gatedPods: more.gatedPods ?? [],
  };
  return projectWorkloadVersion(
    'eu-1',
    observed,
    planWorkloadVersion(observed),
  );
}

const bare = aWorkloadVersion();
const smoke = nameOfItem(bare, 'pre', 'smoke');
const failing = aWorkloadVersion({
  spec: {
    preDeploymentTasks: ['smoke'],
    postDeploymentTasks: ['notify'],
    previousVersion: '2.2.0',
    traceId: { traceparent: '00-app-deploy-01' },
  },
  status: {
    status: 'Progressing',
    startTime: '2026-01-01T12:00:01Z',
    currentPhase: 'WorkloadPreDeployTasks',
    preDeploymentTaskStatus: [{ definitionName: 'smoke', name: smoke }],
  },
});
const failed = aTaskOf(bare, 'pre', 'smoke', {
  status: 'Failed',
  reason: 'ExitCode',
  message: 'The script ended with exit code 1: "GET /healthz → 503".',
  endTime: '2026-01-01T12:00:09Z',
});

describe('projectWorkloadVersion', () => {
  it('says of a failed check what failed, why, since when, and which Pods it holds', () => {
    expect(
      project(failing, { objects: [failed] }, { gatedPods: pods }),
    ).toEqual({
      cluster: 'eu-1',
      namespace: 'shop',
      kind: 'workload',
      name: 'shop-cart-2.3.0',
      appName: 'shop',
      workloadName: 'shop-cart',
      version: '2.3.0',
      previousVersion: '2.2.0',
      attempt: 1,
      state: 'Failed',
      phase: 'preTasks',
      reason: 'CheckFailed',
      message:
        'Task smoke failed: The script ended with exit code 1: "GET /healthz → 503".',
      hold: {
        reason: 'CheckFailed',
        message:
          'Task smoke failed: The script ended with exit code 1: "GET /healthz → 503".',
        since: iso(10),
        phase: 'preTasks',
        definition: 'smoke',
        gateReleasable: true,
      },
      gatedPods: { count: 2, names: ['cart-a', 'cart-b'], since: iso(1) },
      rollout: { kind: 'Deployment', name: 'cart' },
      phases: [
        {
          name: 'preTasks',
          state: 'Failed',
          startedAt: iso(1),
          finishedAt: iso(10),
          message:
            'Task smoke failed: The script ended with exit code 1: "GET /healthz → 503".',
          items: [
            {
              definition: 'smoke',
              kind: 'task',
              name: smoke,
              state: 'Failed',
              startedAt: iso(2),
              finishedAt: iso(9),
              message:
                'The script ended with exit code 1: "GET /healthz → 503".',
            },
          ],
        },
        { name: 'preEvaluations', state: 'Deprecated', items: [] },
        { name: 'deployment', state: 'Deprecated', items: [] },
        {
          name: 'postTasks',
          state: 'Deprecated',
          items: [{ definition: 'notify', kind: 'task', state: 'Deprecated' }],
        },
        { name: 'postEvaluations', state: 'Deprecated', items: [] },
      ],
      traceparent: '00-app-deploy-01',
      createdAt: iso(0),
      startedAt: iso(1),
      finishedAt: iso(10),
    });
  });

  it('is no more held once somebody has opened its gate, and says why and when; a name in an annotation is no evidence', () => {
    const released = {
      ...failing,
      metadata: {
        ...failing.metadata,
        annotations: {
          'keptn-tasks/release-gate': 'known flake',
          'keptn-tasks/release-gate-by': 'user:default/ada',
          'keptn-tasks/release-gate-at': '2026-01-01T12:01:00.000Z',
        },
      },
    };
    const release = project(released, { objects: [failed] });
    expect(release.hold).toBeUndefined();
    expect(release.gateReleased).toEqual({
      reason: 'known flake',
      at: iso(60),
    });
  });

  it('follows the Pods that somebody let go after its end, until another version comes', () => {
    const ended = {
      ...failing,
      metadata: {
        ...failing.metadata,
        annotations: { 'keptn-tasks/release-gate': 'known flake' },
      },
      status: {
        ...failing.status,
        status: 'Failed' as const,
        preDeploymentStatus: 'Failed' as const,
        deploymentStatus: 'Deprecated' as const,
        endTime: '2026-01-01T12:00:10Z',
      },
    };
    expect(
      project(ended, { objects: [failed] }, { askedFor: '2.3.0' }).rollout,
    ).toMatchObject({ desired: 2, available: 1 });
    expect(
      project(ended, { objects: [failed] }, { askedFor: '2.4.0' }).rollout,
    ).toEqual({ kind: 'Deployment', name: 'cart' });
  });

  it('lists what is to come before it begins, and what it waits for', () => {
    const release = project(
      aWorkloadVersion({ spec: { preDeploymentTasks: ['smoke', 'smoke'] } }),
      {},
      { app: { isKnown: false, versions: [] }, gatedPods: pods },
    );
    expect(release).toMatchObject({
      state: 'Pending',
      hold: { reason: 'AppBeingDiscovered', gateReleasable: true },
    });
    expect(release.phases[0]).toEqual({
      name: 'preTasks',
      state: 'Pending',
      items: [{ definition: 'smoke', kind: 'task', state: 'Pending' }],
    });
    expect(release.phase).toBeUndefined();
  });

  it('names a definition that is missing as what holds it', () => {
    const release = project(
      {
        ...failing,
        status: { ...failing.status, preDeploymentTaskStatus: [] },
      },
      { definitions: [] },
    );
    expect(release.hold).toEqual({
      reason: 'DefinitionMissing',
      message:
        'There is no task definition smoke in namespace shop or keptn-system. Apply it, or correct the name.',
      since: iso(10),
      phase: 'preTasks',
      definition: 'smoke',
      gateReleasable: false,
    });
  });

  it('passes on what keeps a task from running', () => {
    const release = project(failing, {
      objects: [
        aTaskOf(bare, 'pre', 'smoke', {
          status: 'Progressing',
          reason: 'ImagePullFailed',
          message: 'The image ghcr.io/acme/check:7 does not exist',
        }),
      ],
    });
    expect(release.hold).toMatchObject({
      reason: 'ImagePullFailed',
      message:
        'Task smoke does not get on: The image ghcr.io/acme/check:7 does not exist.',
      definition: 'smoke',
    });
    expect(release.phases[0].items[0].message).toBe(
      'The image ghcr.io/acme/check:7 does not exist',
    );
  });

  it('tells when each phase began and ended, as far as the times of its parts tell', () => {
    const release = project(
      aWorkloadVersion({
        spec: { postDeploymentTasks: ['notify'] },
        status: {
          status: 'Succeeded',
          currentPhase: 'Completed',
          startTime: '2026-01-01T12:00:01Z',
          deploymentStartTime: '2026-01-01T12:00:06Z',
          endTime: '2026-01-01T12:00:40Z',
          preDeploymentStatus: 'Warning',
          preDeploymentEvaluationStatus: 'Succeeded',
          deploymentStatus: 'Succeeded',
          postDeploymentStatus: 'Succeeded',
          postDeploymentEvaluationStatus: 'Succeeded',
          preDeploymentTaskStatus: [
            {
              definitionName: 'smoke',
              name: 'x',
              status: 'Failed',
              startTime: '2026-01-01T12:00:02Z',
              endTime: '2026-01-01T12:00:06Z',
            },
          ],
          postDeploymentTaskStatus: [
            {
              definitionName: 'notify',
              name: 'y',
              status: 'Succeeded',
              startTime: '2026-01-01T12:00:30Z',
              endTime: '2026-01-01T12:00:40Z',
            },
          ],
        },
      }),
    );
    expect(
      release.phases.map(({ name, startedAt, finishedAt }) => [
        name,
        startedAt,
        finishedAt,
      ]),
    ).toEqual([
      ['preTasks', iso(1), iso(6)],
      ['preEvaluations', iso(6), iso(6)],
      ['deployment', iso(6), iso(30)],
      ['postTasks', iso(30), iso(40)],
      ['postEvaluations', iso(40), iso(40)],
    ]);
    expect(release.state).toBe('Warning');
    expect(release.notes).toEqual([
      'A check failed. Failed checks do not block here, so that the release went on.',
    ]);
  });

  it('says why a rollout lingers', () => {
    const release = project(
      aWorkloadVersion({
        status: {
          status: 'Progressing',
          currentPhase: 'WorkloadDeploy',
          startTime: '2026-01-01T12:00:01Z',
          preDeploymentStatus: 'Succeeded',
          preDeploymentEvaluationStatus: 'Succeeded',
          deploymentStatus: 'Progressing',
          deploymentStartTime: '2026-01-01T12:00:01Z',
        },
      }),
      {},
      { now: at(40) },
    );
    expect(release.hold).toMatchObject({
      reason: 'RolloutSlow',
      message: '1 of 2 Pods of Deployment cart are available.',
      since: iso(1),
      phase: 'deployment',
    });
  });

  it('says why one that was superseded is over', () => {
    const release = project(
      aWorkloadVersion({
        status: { status: 'Deprecated', endTime: '2026-01-01T12:00:09Z' },
      }),
      {},
      { supersededBy: 'shop-cart-2.4.0', askedFor: '2.4.0' },
    );
    expect(release).toMatchObject({
      state: 'Deprecated',
      reason: 'Superseded',
      message: 'Superseded by shop-cart-2.4.0.',
    });
  });
});

describe('projectAppVersion', () => {
  function projectApp(
    version: ReturnType<typeof anAppVersion>,
    more: Parameters<typeof appObservation>[2] = {},
  ) {
    const observed = appObservation(version, {}, more);
    return projectAppVersion('eu-1', observed, planAppVersion(observed));
  }

  it('names the workload that it waits for', () => {
    const release = projectApp(anAppVersion());
    expect(release).toMatchObject({
      kind: 'app',
      appName: 'shop',
      state: 'Progressing',
      phase: 'deployment',
      workloads: [
        { workloadName: 'shop-cart', version: '2.3.0', state: 'Pending' },
      ],
      hold: {
        reason: 'WorkloadMissing',
        message:
          'Waits for workload shop-cart: no Pod template asks for its version 2.3.0 yet.',
        gateReleasable: false,
      },
    });
    expect(release.phases.map(({ name }) => name)).toEqual([
      'preTasks',
      'preEvaluations',
      'deployment',
      'postTasks',
      'postEvaluations',
      'promotion',
    ]);
  });

  it('says which workloads had passed their checks before, and that those were not repeated (D-38)', () => {
    const release = projectApp(
      anAppVersion({ metadata: { creationTimestamp: at(100) } }),
      {
        now: at(101),
        workloads: [
          listed(
            'cart',
            '2.3.0',
            aWorkloadVersion({
              status: { status: 'Succeeded', endTime: '2026-01-01T12:00:20Z' },
            }),
          ),
        ],
      },
    );
    expect(release.state).toBe('Succeeded');
    expect(release.notes).toEqual([
      `Workload shop-cart 2.3.0 had passed its checks before (${iso(
        20,
      )}), so that they were not repeated.`,
    ]);
  });

  it('says which workload failed', () => {
    const release = projectApp(anAppVersion(), {
      workloads: [
        listed(
          'cart',
          '2.3.0',
          aWorkloadVersion({
            status: { status: 'Failed', endTime: '2026-01-01T12:00:20Z' },
          }),
        ),
      ],
    });
    expect(release).toMatchObject({
      state: 'Failed',
      reason: 'DeploymentFailed',
      message: 'Workload shop-cart 2.3.0 failed.',
    });
  });
});
