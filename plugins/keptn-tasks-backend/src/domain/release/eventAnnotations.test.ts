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

import { eventAnnotations, versionOf } from './eventAnnotations';

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

function object(kind: string, spec: object, rest: object = {}) {
  return {
    apiVersion: 'lifecycle.keptn.sh/v1',
    kind,
    metadata: { name: 'it', namespace: 'shop', uid: 'u', generation: 1 },
    spec,
    ...rest,
  };
}

const where = { namespace: 'shop', name: 'it' };

describe('eventAnnotations', () => {
  it.each([
    [
      object('KeptnAppVersion', { appName: 'shop', version: '1' }),
      'AppDeployStarted',
      {
        ...where,
        phase: 'AppDeploy',
        appName: 'shop',
        appVersion: '1',
        appVersionName: 'it',
      },
      '1',
    ],
    [
      object('KeptnWorkloadVersion', {
        app: 'shop',
        workloadName: 'shop-cart',
        version: '2',
      }),
      'WorkloadDeployFinished',
      {
        ...where,
        phase: 'WorkloadDeploy',
        appName: 'shop',
        workloadName: 'shop-cart',
        workloadVersion: '2',
        workloadVersionName: 'it',
      },
      '2',
    ],
    [
      object('KeptnTask', {
        taskDefinition: 'smoke',
        context: {
          appName: 'shop',
          appVersion: '1',
          workloadName: '',
          metadata: { traceparent: TRACE },
        },
      }),
      'TaskSucceeded',
      {
        ...where,
        phase: 'ReconcileTask',
        appName: 'shop',
        appVersion: '1',
        taskName: 'it',
        taskDefinitionName: 'smoke',
        traceparent: TRACE,
      },
      '1',
    ],
    [
      object('KeptnEvaluation', {
        workload: 'shop-cart',
        workloadVersion: '2',
        evaluationDefinition: 'latency',
      }),
      'ReconcileEvaluationFailed',
      {
        ...where,
        phase: 'ReconcileEvaluation',
        workloadName: 'shop-cart',
        workloadVersion: '2',
        evaluationName: 'it',
        evaluationDefinitionName: 'latency',
      },
      '2',
    ],
    [
      object('KeptnApp', { version: '1' }),
      'DeprecateAppVersionFailed',
      {
        ...where,
        phase: 'DeprecateAppVersion',
        appName: 'it',
        appVersion: '1',
        appRevision: '6b86b273',
      },
      '1',
    ],
    [
      object('KeptnWorkload', { app: 'shop', version: '2' }),
      'CreateWorkloadVersionFailed',
      {
        ...where,
        phase: 'CreateWorkloadVersion',
        appName: 'shop',
        workloadName: 'it',
        workloadVersion: '2',
      },
      '2',
    ],
  ])(
    'name what the event is about, of %j',
    (about, reason, expected, version) => {
      expect(eventAnnotations(about, reason)).toEqual(expected);
      expect(versionOf(about)).toBe(version);
    },
  );

  it('name the trace of the phase that the event is about', () => {
    const about = object(
      'KeptnAppVersion',
      { appName: 'shop', version: '1' },
      { status: { phaseTraceIDs: { AppDeploy: { traceparent: TRACE } } } },
    );
    expect(eventAnnotations(about, 'AppDeployFinished').traceparent).toBe(
      TRACE,
    );
    expect(
      eventAnnotations(about, 'AppPostDeployTasksStarted'),
    ).not.toHaveProperty('traceparent');
  });

  it('are none on the events of what is not of Keptn', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
    expect(eventAnnotations(pod, 'GateOpened')).toEqual({});
    expect(versionOf(pod)).toBe('');
  });
});
