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

import { at } from '../__testUtils__/builders';
import {
  anAppVersion,
  aTaskOf,
  aWorkloadVersion,
  clearApp,
  nameOfItem,
  workloadObservation,
  type Things,
} from './phase/__testUtils__/versionBuilders';
import { skipped } from './phase/planPhases';
import {
  planWorkloadVersion,
  type WorkloadVersionObservation,
} from './planWorkloadVersion';
import type {
  KeptnWorkloadVersion,
  KeptnWorkloadVersionStatus,
} from './resources';
import { workloadPhases } from './workloadPhases';

const PRE = { preDeploymentTasks: ['smoke'] };
const started: KeptnWorkloadVersionStatus = {
  status: 'Progressing',
  startTime: '2026-01-01T12:00:01Z',
  currentPhase: 'WorkloadPreDeployTasks',
  preDeploymentStatus: 'Pending',
  phaseTraceIDs: { WorkloadPreDeployTasks: { traceparent: '00-pre-01' } },
  appContextMetadata: { stage: 'prod', team: 'app' },
};
const traced = { traceId: { traceparent: '00-app-deploy-01' } };

function withItems(
  items: KeptnWorkloadVersionStatus['preDeploymentTaskStatus'],
  spec: Partial<KeptnWorkloadVersion['spec']> = PRE,
) {
  return aWorkloadVersion({
    spec: { ...traced, ...spec },
    status: { ...started, preDeploymentTaskStatus: items },
  });
}

const bare = withItems([]);
const smoke = nameOfItem(bare, 'pre', 'smoke');
const lint = nameOfItem(bare, 'pre', 'lint');

describe('planWorkloadVersion', () => {
  const cases: {
    name: string;
    version: KeptnWorkloadVersion;
    things?: Things;
    more?: Partial<WorkloadVersionObservation>;
    status?: KeptnWorkloadVersionStatus;
    creates?: string[];
    cancels?: string[];
    tells?: string[];
    tellsNot?: string[];
    hold?: object;
    requeueAfterMs?: number;
    unseen?: string[];
    change?: object;
  }[] = [
    {
      name: 'waits for an app that is being discovered, and says so',
      version: aWorkloadVersion({ spec: PRE }),
      more: { app: { isKnown: false, versions: [] } },
      hold: { reason: 'AppBeingDiscovered', since: at(0).toISOString() },
      status: {},
      tellsNot: ['AppPreDeployEvaluationsAppVersionNotFound'],
      requeueAfterMs: 35_000,
    },
    {
      name: 'tells an event when no app lists it after the time of discovery',
      version: aWorkloadVersion({ spec: PRE }),
      more: { app: { isKnown: true, versions: [] }, now: at(60) },
      hold: {
        reason: 'AppVersionMissing',
        message:
          'Waits for app shop: it lists no version 2.3.0 of shop-cart yet.',
      },
      tells: ['AppPreDeployEvaluationsAppVersionNotFound'],
    },
    {
      name: 'does not begin for an app that lists another version of it',
      version: aWorkloadVersion(),
      more: {
        app: {
          isKnown: true,
          versions: [
            anAppVersion({
              spec: { workloads: [{ name: 'cart', version: '2.2.0' }] },
              status: clearApp.status,
            }),
          ],
        },
      },
      hold: { reason: 'AppVersionMissing' },
    },
    {
      name: 'waits while the checks of its app run, and names them',
      version: aWorkloadVersion(),
      more: {
        app: {
          isKnown: true,
          versions: [
            anAppVersion({
              status: {
                status: 'Progressing',
                startTime: '2026-01-01T12:00:03Z',
                preDeploymentTaskStatus: [
                  { definitionName: 'migrate', status: 'Succeeded' },
                  { definitionName: 'freeze', status: 'Progressing' },
                ],
              },
            }),
          ],
        },
      },
      hold: {
        reason: 'AppChecksRunning',
        message: 'Waits for the checks of app shop 7: freeze.',
        since: at(3).toISOString(),
      },
    },
    {
      name: 'says what keeps a check of its app from running',
      version: aWorkloadVersion(),
      things: { definitions: [] },
      more: {
        app: {
          isKnown: true,
          versions: [
            anAppVersion({
              status: {
                status: 'Progressing',
                startTime: '2026-01-01T12:00:03Z',
                preDeploymentTaskStatus: [
                  {
                    definitionName: 'migrate',
                    status: 'Pending',
                    startTime: '2026-01-01T12:00:03Z',
                  },
                ],
              },
            }),
          ],
        },
      },
      hold: {
        reason: 'AppChecksRunning',
        message:
          'Waits for the checks of app shop 7: migrate. There is no task definition migrate in namespace shop or keptn-system. Apply it, or correct the name.',
      },
    },
    {
      name: 'never begins when a check of its app failed, and says which one and why',
      version: aWorkloadVersion(),
      things: {
        objects: [
          aTaskOf(anAppVersion(), 'pre', 'migrate', {
            status: 'Failed',
            reason: 'ExitCode',
            message: 'The script ended with exit code 1',
          }),
        ],
      },
      more: {
        app: {
          isKnown: true,
          versions: [
            anAppVersion({
              status: {
                status: 'Failed',
                endTime: '2026-01-01T12:00:05Z',
                preDeploymentStatus: 'Failed',
                preDeploymentEvaluationStatus: 'Deprecated',
                preDeploymentTaskStatus: [
                  {
                    definitionName: 'migrate',
                    status: 'Failed',
                    name: nameOfItem(anAppVersion(), 'pre', 'migrate'),
                  },
                ],
              },
            }),
          ],
        },
      },
      status: {},
      hold: {
        reason: 'AppCheckFailed',
        definition: 'migrate',
        message:
          'Task migrate of app shop 7 failed: The script ended with exit code 1.',
        since: at(5).toISOString(),
      },
      tells: ['AppPreDeployEvaluationsFailed'],
    },
    {
      name: 'begins although an evaluation of its app failed where failures do not block (D-05)',
      version: aWorkloadVersion({ spec: traced }),
      more: {
        app: {
          isKnown: true,
          versions: [
            anAppVersion({
              status: {
                ...clearApp.status,
                preDeploymentEvaluationStatus: 'Warning',
              },
            }),
          ],
        },
      },
      status: { deploymentStatus: 'Progressing' },
    },
    {
      name: "waits for the trace of its app's deployment, which it continues",
      version: aWorkloadVersion(),
      more: {
        app: {
          isKnown: true,
          versions: [
            anAppVersion({
              status: { ...clearApp.status, phaseTraceIDs: {} },
            }),
          ],
        },
      },
      status: {},
      hold: { reason: 'AppChecksRunning' },
    },
    {
      name: "takes over the trace of its app's deployment",
      version: aWorkloadVersion({ spec: PRE }),
      change: { traceId: { traceparent: '00-app-deploy-01' } },
    },
    {
      name: 'stores the names of the tasks of its first phase before it makes any, with the metadata of its app',
      version: aWorkloadVersion({ spec: { ...PRE, ...traced } }),
      status: {
        status: 'Progressing',
        currentPhase: 'WorkloadPreDeployTasks',
        startTime: '2026-01-01T12:00:10Z',
        preDeploymentStatus: 'Pending',
        appContextMetadata: { stage: 'prod', team: 'app' },
        preDeploymentTaskStatus: [
          { definitionName: 'smoke', name: smoke, status: 'Pending' },
        ],
      },
      creates: [],
      tells: ['WorkloadPreDeployTasksStarted', 'ReconcileTaskStatusChanged'],
    },
    {
      name: 'creates a task whose name is stored',
      version: withItems([{ definitionName: 'smoke', name: smoke }]),
      creates: [smoke],
    },
    {
      name: 'follows a task that is there',
      version: withItems([{ definitionName: 'smoke', name: smoke }]),
      things: {
        objects: [aTaskOf(bare, 'pre', 'smoke', { status: 'Progressing' })],
      },
      status: {
        preDeploymentStatus: 'Progressing',
        preDeploymentTaskStatus: [
          {
            definitionName: 'smoke',
            name: smoke,
            status: 'Progressing',
            startTime: '2026-01-01T12:00:02Z',
          },
        ],
      },
      creates: [],
      tells: ['ReconcileTaskStatusChanged'],
    },
    {
      name: 'takes the next name when somebody else has the first one',
      version: withItems([{ definitionName: 'smoke', name: smoke }]),
      things: {
        objects: [
          {
            ...aTaskOf(bare, 'pre', 'smoke'),
            metadata: {
              ...aTaskOf(bare, 'pre', 'smoke').metadata,
              ownerReferences: [],
            },
          },
        ],
      },
      more: { ownedTasks: [] },
      status: {
        preDeploymentTaskStatus: [
          {
            definitionName: 'smoke',
            name: nameOfItem(bare, 'pre', 'smoke', { probe: 1 }),
            status: 'Pending',
          },
        ],
      },
      creates: [],
    },
    {
      name: 'asks the API server whether a task is gone that was seen before',
      version: withItems([
        {
          definitionName: 'smoke',
          name: smoke,
          startTime: '2026-01-01T12:00:02Z',
          status: 'Progressing',
        },
      ]),
      creates: [],
      unseen: [smoke],
    },
    {
      name: 'fails for a task that was deleted, and never makes a second one',
      version: withItems([
        {
          definitionName: 'smoke',
          name: smoke,
          startTime: '2026-01-01T12:00:02Z',
          status: 'Progressing',
        },
      ]),
      things: { gone: [smoke] },
      creates: [],
      status: { status: 'Failed', preDeploymentStatus: 'Failed' },
    },
    {
      name: 'makes one task of a definition that is listed twice (D-64), blanks aside',
      version: withItems(
        [{ definitionName: 'smoke', name: smoke, status: 'Pending' }],
        { preDeploymentTasks: ['smoke', ' smoke', ''] },
      ),
      creates: [smoke],
      status: { preDeploymentTaskStatus: [{ definitionName: 'smoke' }] as any },
    },
    {
      name: 'waits for the other tasks of a phase when one has failed (D-07)',
      version: withItems(
        [
          { definitionName: 'smoke', name: smoke },
          { definitionName: 'lint', name: lint },
        ],
        { preDeploymentTasks: ['smoke', 'lint'] },
      ),
      things: {
        objects: [
          aTaskOf(bare, 'pre', 'smoke', { status: 'Failed', message: 'no' }),
          aTaskOf(bare, 'pre', 'lint', { status: 'Progressing' }),
        ],
      },
      status: { status: 'Progressing', preDeploymentStatus: 'Progressing' },
    },
    {
      name: 'fails with the phase whose task failed, and skips what comes after it',
      version: withItems([{ definitionName: 'smoke', name: smoke }]),
      things: {
        objects: [
          aTaskOf(bare, 'pre', 'smoke', {
            status: 'Failed',
            reason: 'ExitCode',
            message: 'The script ended with exit code 1.',
            endTime: '2026-01-01T12:00:09Z',
          }),
        ],
      },
      status: {
        status: 'Failed',
        currentPhase: 'WorkloadPreDeployTasks',
        preDeploymentStatus: 'Failed',
        preDeploymentEvaluationStatus: 'Deprecated',
        deploymentStatus: 'Deprecated',
        postDeploymentStatus: 'Deprecated',
        postDeploymentEvaluationStatus: 'Deprecated',
        endTime: '2026-01-01T12:00:10Z',
        preDeploymentTaskStatus: [
          {
            definitionName: 'smoke',
            name: smoke,
            status: 'Failed',
            startTime: '2026-01-01T12:00:02Z',
            endTime: '2026-01-01T12:00:09Z',
          },
        ],
      },
      tells: ['WorkloadPreDeployTasksFailed', 'WorkloadCompletedFailed'],
    },
    {
      name: 'goes on with a warning where failures do not block',
      version: withItems([{ definitionName: 'smoke', name: smoke }]),
      things: {
        objects: [aTaskOf(bare, 'pre', 'smoke', { status: 'Failed' })],
      },
      more: { failedChecks: 'warn' },
      status: {
        status: 'Progressing',
        preDeploymentStatus: 'Warning',
        preDeploymentEvaluationStatus: 'Succeeded',
        deploymentStatus: 'Progressing',
        deploymentStartTime: '2026-01-01T12:00:10Z',
      },
      tells: ['WorkloadPreDeployTasksFinished', 'WorkloadDeployStarted'],
    },
    {
      name: 'waits for a definition that is missing (D-06)',
      version: withItems([]),
      things: { definitions: [] },
      status: {
        status: 'Progressing',
        preDeploymentTaskStatus: [
          {
            definitionName: 'smoke',
            status: 'Pending',
            startTime: '2026-01-01T12:00:10Z',
          },
        ],
      },
      creates: [],
      tellsNot: ['CreateTaskNotFound'],
      requeueAfterMs: 2_000,
    },
    {
      name: 'tells an event of a definition that is missing for longer than it takes to apply things together',
      version: withItems([
        {
          definitionName: 'smoke',
          status: 'Pending',
          startTime: '2026-01-01T12:00:08Z',
        },
      ]),
      things: { definitions: [] },
      creates: [],
      tells: ['CreateTaskNotFound'],
      requeueAfterMs: 118_000,
    },
    {
      name: 'fails for a definition that is still missing after the grace (D-06)',
      version: withItems([
        {
          definitionName: 'smoke',
          status: 'Pending',
          startTime: '2026-01-01T12:00:10Z',
        },
      ]),
      things: { definitions: [] },
      more: { now: at(130) },
      status: { status: 'Failed', preDeploymentStatus: 'Failed' },
      tells: ['CreateTaskNotFound', 'WorkloadPreDeployTasksFailed'],
    },
    {
      name: 'names the task of a definition that has come at last',
      version: withItems([
        {
          definitionName: 'smoke',
          status: 'Pending',
          startTime: '2026-01-01T12:00:10Z',
        },
      ]),
      status: {
        preDeploymentTaskStatus: [
          { definitionName: 'smoke', name: smoke, status: 'Pending' },
        ],
      },
      creates: [],
    },
    {
      name: 'keeps asking for a task that the API server refuses, and says so',
      version: withItems([{ definitionName: 'smoke', name: smoke }]),
      things: {
        refusals: { [smoke]: { message: 'quota', since: at(5) } },
      },
      creates: [smoke],
      tells: ['CreateTaskFailed'],
      requeueAfterMs: 115_000,
    },
    {
      name: 'fails when the API server has refused for the grace',
      version: withItems([{ definitionName: 'smoke', name: smoke }]),
      things: {
        refusals: { [smoke]: { message: 'quota', since: at(5) } },
      },
      more: { now: at(125) },
      creates: [],
      status: { status: 'Failed' },
    },
    {
      name: 'keeps a task that it lists no more, once that was begun',
      version: withItems(
        [
          {
            definitionName: 'smoke',
            name: smoke,
            startTime: '2026-01-01T12:00:02Z',
            status: 'Progressing',
          },
        ],
        {},
      ),
      things: {
        objects: [aTaskOf(bare, 'pre', 'smoke', { status: 'Progressing' })],
      },
      status: { preDeploymentStatus: 'Progressing' },
    },
    {
      name: 'is deployed when its rollout is complete, and completed when nothing follows',
      version: aWorkloadVersion({
        status: {
          ...started,
          currentPhase: 'WorkloadDeploy',
          preDeploymentStatus: 'Succeeded',
          preDeploymentEvaluationStatus: 'Succeeded',
          deploymentStatus: 'Progressing',
          deploymentStartTime: '2026-01-01T12:00:05Z',
        },
      }),
      more: {
        rollout: { state: 'succeeded', kind: 'Deployment', name: 'cart' },
      },
      status: {
        status: 'Succeeded',
        currentPhase: 'Completed',
        deploymentStatus: 'Succeeded',
        postDeploymentStatus: 'Succeeded',
        postDeploymentEvaluationStatus: 'Succeeded',
        endTime: '2026-01-01T12:00:10Z',
      },
      tells: ['WorkloadDeployFinished', 'WorkloadCompletedFinished'],
      tellsNot: [
        'WorkloadPostDeployTasksStarted',
        'WorkloadPostDeployTasksFinished',
      ],
    },
    {
      name: 'looks again when a rollout begins to linger',
      version: aWorkloadVersion({
        status: {
          ...started,
          currentPhase: 'WorkloadDeploy',
          preDeploymentStatus: 'Succeeded',
          preDeploymentEvaluationStatus: 'Succeeded',
          deploymentStatus: 'Progressing',
          deploymentStartTime: '2026-01-01T12:00:05Z',
        },
      }),
      status: { deploymentStatus: 'Progressing' },
      requeueAfterMs: 25_000,
    },
    {
      name: 'fails when the rollout takes too long, and says what is missing (D-55)',
      version: aWorkloadVersion({
        status: {
          ...started,
          currentPhase: 'WorkloadDeploy',
          preDeploymentStatus: 'Succeeded',
          preDeploymentEvaluationStatus: 'Succeeded',
          deploymentStatus: 'Progressing',
          deploymentStartTime: '2026-01-01T12:00:05Z',
        },
      }),
      more: { now: at(305) },
      status: {
        status: 'Failed',
        deploymentStatus: 'Failed',
        postDeploymentStatus: 'Deprecated',
      },
      tells: ['WorkloadDeployFailed'],
    },
    {
      name: 'is over when another version is asked for before its Pods are there, and stays cleared',
      version: aWorkloadVersion({
        status: {
          ...started,
          currentPhase: 'WorkloadDeploy',
          preDeploymentStatus: 'Succeeded',
          preDeploymentEvaluationStatus: 'Succeeded',
          deploymentStatus: 'Progressing',
          deploymentStartTime: '2026-01-01T12:00:05Z',
        },
      }),
      more: { askedFor: '2.4.0' },
      status: {
        status: 'Deprecated',
        deploymentStatus: 'Progressing',
        postDeploymentStatus: 'Deprecated',
        endTime: '2026-01-01T12:00:10Z',
      },
    },
    {
      name: 'keeps what has ended, whatever is configured later (D-34)',
      version: aWorkloadVersion({
        spec: PRE,
        status: {
          ...started,
          status: 'Succeeded',
          currentPhase: 'Completed',
          preDeploymentStatus: 'Warning',
          endTime: '2026-01-01T12:00:08Z',
        },
      }),
      more: { failedChecks: 'block', now: at(1000) },
      status: { status: 'Succeeded', preDeploymentStatus: 'Warning' },
      creates: [],
    },
    {
      name: 'stops the tasks of a version that is superseded (D-37)',
      version: aWorkloadVersion({
        spec: PRE,
        status: {
          ...started,
          status: 'Deprecated',
          preDeploymentTaskStatus: [
            { definitionName: 'smoke', name: smoke, status: 'Progressing' },
          ],
        },
      }),
      things: {
        objects: [aTaskOf(bare, 'pre', 'smoke', { status: 'Progressing' })],
      },
      more: { askedFor: '2.4.0', supersededBy: 'shop-cart-2.4.0' },
      cancels: ['Superseded by shop-cart-2.4.0'],
      status: { status: 'Deprecated', endTime: '2026-01-01T12:00:10Z' },
    },
    {
      name: 'begins again when that was asked for after it failed (D-36), even in the same second',
      version: aWorkloadVersion({
        metadata: {
          annotations: {
            'keptn-tasks/repeat-requested-at': '2026-01-01T12:00:08Z',
            'keptn-tasks/attempt': '2',
          },
        },
        spec: PRE,
        status: {
          ...started,
          ...skipped(workloadPhases, workloadPhases[0]),
          startTime: '2026-01-01T12:00:08Z',
          status: 'Failed',
          preDeploymentStatus: 'Failed',
          endTime: '2026-01-01T12:00:08Z',
        },
      }),
      more: { attempt: 2 },
      status: { status: 'Pending' },
      creates: [],
    },
    {
      name: 'does not begin again for a request that it has answered',
      version: aWorkloadVersion({
        metadata: {
          annotations: {
            'keptn-tasks/repeat-requested-at': '2026-01-01T12:00:08Z',
            'keptn-tasks/attempt': '2',
          },
        },
        spec: PRE,
        status: {
          ...started,
          startTime: '2026-01-01T12:00:09Z',
          status: 'Failed',
          endTime: '2026-01-01T12:00:09Z',
        },
      }),
      more: { attempt: 2 },
      status: { status: 'Failed' },
    },
    {
      name: 'begins a further attempt after the request for it, under other names of tasks',
      version: aWorkloadVersion({
        metadata: {
          annotations: {
            'keptn-tasks/repeat-requested-at': '2026-01-01T12:00:10Z',
            'keptn-tasks/attempt': '2',
          },
        },
        spec: { ...PRE, ...traced },
        status: { status: 'Pending' },
      }),
      more: { attempt: 2 },
      status: {
        startTime: '2026-01-01T12:00:11Z',
        preDeploymentTaskStatus: [
          {
            definitionName: 'smoke',
            name: nameOfItem(bare, 'pre', 'smoke', { attempt: 2 }),
            status: 'Pending',
          },
        ],
      },
    },
  ];

  it.each(cases)('$name', one => {
    const plan = planWorkloadVersion(
      workloadObservation(one.version, one.things, one.more),
    );
    expect(plan.status).toMatchObject(one.status ?? {});
    const created = plan.creations.map(({ object }) => object.metadata.name);
    const { creates = created } = one;
    expect(created).toEqual(creates);
    expect(
      plan.cancellations.map(
        ({ annotations }) => annotations['keptn-tasks/cancel'],
      ),
    ).toEqual(one.cancels ?? []);
    const reasons = plan.notices.map(({ reason }) => reason);
    expect(reasons).toEqual(expect.arrayContaining(one.tells ?? []));
    for (const reason of one.tellsNot ?? []) {
      expect(reasons).not.toContain(reason);
    }
    expect({ hold: plan.hold }).toMatchObject({ hold: one.hold });
    const { requeueAfterMs = plan.requeueAfterMs } = one;
    expect(plan.requeueAfterMs).toBe(requeueAfterMs);
    expect(plan.unseen.map(({ name }) => name)).toEqual(one.unseen ?? []);
    expect(plan.change).toEqual(one.change);
  });

  it('tells a task about workload and app, metadata of the workload before that of the app, and its trace', () => {
    const version = withItems([{ definitionName: 'smoke', name: smoke }], {
      ...PRE,
      metadata: { team: 'cart', commit: '9ab1' },
    });
    const [{ object }] = planWorkloadVersion(
      workloadObservation(version),
    ).creations;
    expect(object.spec).toEqual({
      taskDefinition: 'smoke',
      checkType: 'pre',
      context: {
        appName: 'shop',
        appVersion: '7',
        workloadName: 'shop-cart',
        workloadVersion: '2.3.0',
        taskType: 'pre',
        objectType: 'Workload',
        metadata: {
          stage: 'prod',
          team: 'cart',
          commit: '9ab1',
          traceparent: '00-pre-01',
        },
      },
    });
    expect(object.metadata.ownerReferences).toEqual([
      {
        apiVersion: 'lifecycle.keptn.sh/v1',
        kind: 'KeptnWorkloadVersion',
        name: 'shop-cart-2.3.0',
        uid: version.metadata.uid,
        controller: true,
        blockOwnerDeletion: true,
      },
    ]);
  });
});
