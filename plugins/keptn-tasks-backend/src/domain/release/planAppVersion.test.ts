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
  appObservation,
  aTaskOf,
  aWorkloadVersion,
  listed,
  nameOfItem,
  type Things,
} from './phase/__testUtils__/versionBuilders';
import { planAppVersion, type AppVersionObservation } from './planAppVersion';
import type {
  KeptnAppVersion,
  KeptnAppVersionStatus,
  KeptnWorkloadVersionStatus,
} from './resources';
import { defaultReleaseSettings } from './settings';

const passed: KeptnAppVersionStatus = {
  status: 'Progressing',
  startTime: '2026-01-01T12:00:01Z',
  preDeploymentStatus: 'Succeeded',
  preDeploymentEvaluationStatus: 'Succeeded',
};
const deploying: KeptnAppVersionStatus = {
  ...passed,
  currentPhase: 'AppDeploy',
  workloadOverallStatus: 'Pending',
  phaseTraceIDs: { AppDeploy: { traceparent: '00-deploy-01' } },
};

function cartThat(status?: KeptnWorkloadVersionStatus, metadata = {}) {
  return { workloads: [listed('cart', '2.3.0', cart(status, metadata))] };
}

function cart(status?: KeptnWorkloadVersionStatus, metadata = {}) {
  return aWorkloadVersion({ status, metadata });
}

describe('planAppVersion', () => {
  const cases: {
    name: string;
    version: KeptnAppVersion;
    things?: Things;
    more?: Partial<AppVersionObservation>;
    status: KeptnAppVersionStatus;
    creates?: string[];
    cancels?: string[];
    tells?: string[];
    requeueAfterMs?: number;
  }[] = [
    {
      name: 'names the tasks of its first phase at once',
      version: anAppVersion({ spec: { preDeploymentTasks: ['migrate'] } }),
      status: {
        status: 'Progressing',
        startTime: '2026-01-01T12:00:10Z',
        currentPhase: 'AppPreDeployTasks',
        preDeploymentTaskStatus: [
          {
            definitionName: 'migrate',
            name: nameOfItem(anAppVersion(), 'pre', 'migrate'),
            status: 'Pending',
          },
        ],
      },
      tells: ['AppPreDeployTasksStarted', 'ReconcileTaskStatusChanged'],
    },
    {
      name: 'goes through phases that have nothing to do in one look, up to its workloads',
      version: anAppVersion(),
      more: cartThat({ status: 'Progressing' }),
      status: {
        status: 'Progressing',
        currentPhase: 'AppDeploy',
        preDeploymentStatus: 'Succeeded',
        preDeploymentEvaluationStatus: 'Succeeded',
        workloadOverallStatus: 'Progressing',
        workloadStatus: [
          {
            workload: { name: 'cart', version: '2.3.0' },
            status: 'Progressing',
          },
        ],
      },
      tells: ['AppDeployStarted'],
    },
    {
      name: 'waits for a workload that nobody deploys, and says so',
      version: anAppVersion({ status: deploying }),
      status: { workloadOverallStatus: 'Pending', status: 'Progressing' },
      tells: ['ReconcileWorkloadNotFound'],
    },
    {
      name: 'is completed when its workloads are, and nothing follows',
      version: anAppVersion({ status: deploying }),
      more: cartThat({
        status: 'Succeeded',
        endTime: '2026-01-01T12:00:09Z',
      }),
      status: {
        status: 'Succeeded',
        currentPhase: 'Completed',
        workloadOverallStatus: 'Succeeded',
        postDeploymentStatus: 'Succeeded',
        promotionStatus: 'Succeeded',
        endTime: '2026-01-01T12:00:10Z',
      },
      tells: ['AppDeployFinished', 'AppCompletedFinished'],
    },
    {
      name: 'fails when a workload failed, and skips what comes after it',
      version: anAppVersion({ status: deploying }),
      more: cartThat({ status: 'Failed', endTime: '2026-01-01T12:00:09Z' }),
      status: {
        status: 'Failed',
        currentPhase: 'AppDeploy',
        workloadOverallStatus: 'Failed',
        postDeploymentStatus: 'Deprecated',
        postDeploymentEvaluationStatus: 'Deprecated',
        promotionStatus: 'Deprecated',
      },
      tells: ['AppDeployFailed', 'AppCompletedFailed'],
    },
    {
      name: 'counts a workload that is about to begin again as one that has not begun (D-36)',
      version: anAppVersion({
        spec: { revision: 2 },
        status: deploying,
        metadata: { creationTimestamp: at(9) },
      }),
      more: {
        ...cartThat(
          { status: 'Failed', endTime: '2026-01-01T12:00:09Z' },
          {
            annotations: {
              'keptn-tasks/repeat-requested-at': '2026-01-01T12:00:09Z',
            },
          },
        ),
        now: at(1000),
      },
      status: { workloadOverallStatus: 'Pending', status: 'Progressing' },
    },
    {
      name: 'gives those who repeat the checks of its workloads a moment to do so (D-36)',
      version: anAppVersion({
        spec: { revision: 2 },
        status: deploying,
        metadata: { creationTimestamp: at(9) },
      }),
      more: {
        ...cartThat({ status: 'Failed', endTime: '2026-01-01T12:00:05Z' }),
        repeats: true,
      },
      status: { workloadOverallStatus: 'Pending', status: 'Progressing' },
      requeueAfterMs: 29_000,
    },
    {
      name: 'runs promotion tasks after everything else',
      version: anAppVersion({
        spec: { promotionTasks: ['promote'] },
        status: {
          ...deploying,
          workloadOverallStatus: 'Succeeded',
          postDeploymentStatus: 'Succeeded',
          postDeploymentEvaluationStatus: 'Succeeded',
        },
      }),
      status: {
        currentPhase: 'PromotionTasks',
        promotionTaskStatus: [
          {
            definitionName: 'promote',
            name: nameOfItem(anAppVersion(), 'promotion', 'promote'),
            status: 'Pending',
          },
        ],
      },
      tells: ['PromotionTasksStarted'],
    },
    {
      name: 'leaves promotion tasks out where they are switched off',
      version: anAppVersion({
        spec: { promotionTasks: ['promote'] },
        status: { ...deploying, promotionStatus: 'Pending' },
      }),
      more: {
        ...cartThat({ status: 'Succeeded' }),
        settings: { ...defaultReleaseSettings, promotionTasks: false },
      },
      status: {
        status: 'Succeeded',
        currentPhase: 'Completed',
        promotionStatus: 'Pending',
      },
    },
    {
      name: 'never enters promotion once it has ended (D-35)',
      version: anAppVersion({
        spec: { promotionTasks: ['promote'] },
        status: {
          ...deploying,
          status: 'Succeeded',
          currentPhase: 'Completed',
          promotionStatus: 'Pending',
          endTime: '2026-01-01T12:00:05Z',
        },
      }),
      status: { status: 'Succeeded', promotionStatus: 'Pending' },
      creates: [],
    },
    {
      name: 'stops the tasks of an attempt that is superseded (D-37)',
      version: anAppVersion({ status: { ...passed, status: 'Deprecated' } }),
      things: {
        objects: [
          aTaskOf(anAppVersion(), 'pre', 'migrate', { status: 'Progressing' }),
          aTaskOf(anAppVersion(), 'pre', 'freeze', { status: 'Succeeded' }),
        ],
      },
      more: { supersededBy: 'shop-8-6b86b273' },
      status: { status: 'Deprecated', endTime: '2026-01-01T12:00:10Z' },
      cancels: ['Superseded by shop-8-6b86b273'],
    },
  ];

  it.each(cases)('$name', one => {
    const plan = planAppVersion(
      appObservation(one.version, one.things, one.more),
    );
    expect(plan.status).toMatchObject(one.status);
    expect(plan.creations.map(({ object }) => object.metadata.name)).toEqual(
      one.creates ?? [],
    );
    expect(
      plan.cancellations.map(
        ({ annotations }) => annotations['keptn-tasks/cancel'],
      ),
    ).toEqual(one.cancels ?? []);
    expect(plan.notices.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(one.tells ?? []),
    );
    const { requeueAfterMs = plan.requeueAfterMs } = one;
    expect(plan.requeueAfterMs).toBe(requeueAfterMs);
  });

  it('tells a task about the app, with the metadata of its context and its trace', () => {
    const name = nameOfItem(anAppVersion(), 'pre', 'migrate');
    const version = anAppVersion({
      spec: { preDeploymentTasks: ['migrate'], metadata: { stage: 'prod' } },
      status: {
        status: 'Progressing',
        currentPhase: 'AppPreDeployTasks',
        preDeploymentTaskStatus: [{ definitionName: 'migrate', name }],
      },
    });
    const { creations, status } = planAppVersion(
      appObservation(
        version,
        {},
        { carriers: { AppPreDeployTasks: { traceparent: '00-pre-01' } } },
      ),
    );
    expect(creations[0].object.spec).toEqual({
      taskDefinition: 'migrate',
      checkType: 'pre',
      context: {
        appName: 'shop',
        appVersion: '7',
        workloadName: '',
        workloadVersion: '',
        taskType: 'pre',
        objectType: 'App',
        metadata: { stage: 'prod', traceparent: '00-pre-01' },
      },
    });
    expect(status.phaseTraceIDs).toEqual({
      AppPreDeployTasks: { traceparent: '00-pre-01' },
    });
  });
});
