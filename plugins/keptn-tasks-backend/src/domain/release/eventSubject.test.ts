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

import { eventSubject } from './eventSubject';

describe('eventSubject', () => {
  it.each([
    [
      'KeptnAppVersion',
      'AppPreDeployTasksStarted',
      'AppPreDeployTasks',
      'App Pre-Deployment Tasks',
      'Started',
    ],
    [
      'KeptnAppVersion',
      'AppCompletedFinished',
      'AppCompleted',
      'App Completed',
      'Finished',
    ],
    [
      'KeptnWorkloadVersion',
      'WorkloadDeployFailed',
      'WorkloadDeploy',
      'Workload Deployment',
      'Failed',
    ],
    [
      'KeptnWorkloadVersion',
      'AppPreDeployEvaluationsAppVersionNotFound',
      'AppPreDeployEvaluations',
      'App Pre-Deployment Evaluations',
      'AppVersionNotFound',
    ],
    [
      'KeptnWorkload',
      'CreateWorkloadVersionFailed',
      'CreateWorkloadVersion',
      'Create WorkloadVersion',
      'Failed',
    ],
    [
      'KeptnWorkload',
      'CreateWorkloadFailed',
      'CreateWorkload',
      'Create Workload',
      'Failed',
    ],
    [
      'KeptnAppVersion',
      'ReconcileWorkloadNotFound',
      'ReconcileWorkload',
      'Reconcile Workloads',
      'NotFound',
    ],
    ['KeptnTask', 'CreateTaskFailed', 'CreateTask', 'Create Task', 'Failed'],
    ['KeptnTask', 'TaskStarted', 'ReconcileTask', 'Reconcile Task', 'Started'],
    [
      'KeptnTask',
      'JobDeleted',
      'ReconcileTask',
      'Reconcile Task',
      'JobDeleted',
    ],
    [
      'KeptnEvaluation',
      'ReconcileEvaluationFailed',
      'ReconcileEvaluation',
      'Reconcile Evaluation',
      'Failed',
    ],
    [
      'KeptnEvaluation',
      'EvaluationFinished',
      'ReconcileEvaluation',
      'Reconcile Evaluation',
      'Finished',
    ],
    ['Pod', 'GateOpened', undefined, 'Pod', 'GateOpened'],
  ])(
    'takes apart what is told of a %s: %s',
    (kind, reason, phase, title, word) => {
      expect(eventSubject(kind, reason)).toEqual({ phase, title, word });
    },
  );
});
