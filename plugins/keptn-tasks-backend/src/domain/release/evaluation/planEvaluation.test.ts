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

import { at } from '../../__testUtils__/builders';
import type {
  KeptnEvaluation,
  KeptnEvaluationDefinition,
  KeptnMetric,
} from '../resources';
import { planEvaluation, type EvaluationObservation } from './planEvaluation';

const definition: KeptnEvaluationDefinition = {
  apiVersion: 'lifecycle.keptn.sh/v1',
  kind: 'KeptnEvaluationDefinition',
  metadata: { name: 'latency', namespace: 'shop', uid: 'ked-1' },
  spec: {
    objectives: [
      { keptnMetricRef: { name: 'p95' }, evaluationTarget: '<500' },
      { keptnMetricRef: { name: 'errors' }, evaluationTarget: '<1' },
    ],
    retries: 3,
    retryInterval: '2s',
  },
};

function anEvaluation(
  status?: KeptnEvaluation['status'],
  spec: Partial<KeptnEvaluation['spec']> = {},
): KeptnEvaluation {
  return {
    apiVersion: 'lifecycle.keptn.sh/v1',
    kind: 'KeptnEvaluation',
    metadata: { name: 'pre-eval-latency-1', namespace: 'shop', uid: 'ke-1' },
    spec: { evaluationDefinition: 'latency', workloadVersion: '', ...spec },
    status,
  };
}

function metrics(
  values: Record<string, string>,
): EvaluationObservation['metric'] {
  return ({ name }) =>
    name in values
      ? ({
          metadata: { name, namespace: 'shop', uid: name },
          status: { value: values[name], rawValue: values[name] },
        } as KeptnMetric)
      : undefined;
}

describe('planEvaluation', () => {
  const tried = {
    startTime: '2026-01-01T12:00:00Z',
    overallStatus: 'Progressing' as const,
    evaluationStatus: {
      p95: { status: 'Succeeded' as const, value: '100' },
      errors: { status: 'Failed' as const, value: '7', message: 'no' },
    },
  };
  const cases: {
    name: string;
    evaluation?: KeptnEvaluation;
    more?: Partial<EvaluationObservation>;
    now?: Date;
    status: KeptnEvaluation['status'];
    tells?: string[];
    requeueAfterMs?: number;
    evaluated?: boolean;
  }[] = [
    {
      name: 'succeeds at once when all objectives are met',
      more: { metric: metrics({ p95: '100', errors: '0' }) },
      status: {
        overallStatus: 'Succeeded',
        retryCount: 1,
        startTime: '2026-01-01T12:00:10Z',
        endTime: '2026-01-01T12:00:10Z',
      },
      evaluated: true,
    },
    {
      name: 'tries again after an interval when one is not met, and says which',
      more: { metric: metrics({ p95: '100' }) },
      status: {
        overallStatus: 'Progressing',
        retryCount: 1,
        evaluationStatus: {
          p95: { status: 'Succeeded', value: '100' },
          errors: { status: 'Failed', message: 'There is no metric errors.' },
        },
      },
      requeueAfterMs: 2_000,
      evaluated: true,
    },
    {
      name: 'does not look again at what was met',
      evaluation: anEvaluation({ ...tried, retryCount: 1 }),
      more: {
        metric: metrics({ p95: '9999', errors: '0' }),
        evaluatedAt: at(5),
      },
      status: {
        overallStatus: 'Succeeded',
        retryCount: 2,
        evaluationStatus: {
          p95: { status: 'Succeeded', value: '100' },
          errors: { status: 'Succeeded', value: '0' },
        },
      },
      evaluated: true,
    },
    {
      name: 'waits for the rest of the interval when it is looked at before',
      evaluation: anEvaluation({ ...tried, retryCount: 1 }),
      more: { evaluatedAt: at(9.5) },
      status: { retryCount: 1, overallStatus: 'Progressing' },
      requeueAfterMs: 1_500,
    },
    {
      name: 'waits for an interval when nobody knows when it was tried',
      evaluation: anEvaluation({ ...tried, retryCount: 1 }),
      status: { retryCount: 1, overallStatus: 'Progressing' },
      requeueAfterMs: 2_000,
    },
    {
      name: 'succeeds with its last try',
      evaluation: anEvaluation({ ...tried, retryCount: 2 }),
      more: { metric: metrics({ errors: '0' }), evaluatedAt: at(0) },
      status: { overallStatus: 'Succeeded', retryCount: 3 },
      evaluated: true,
    },
    {
      name: 'fails when the tries are used up, and says what was not met',
      evaluation: anEvaluation({ ...tried, retryCount: 2 }),
      more: { metric: metrics({ errors: '7' }), evaluatedAt: at(0) },
      status: {
        overallStatus: 'Failed',
        retryCount: 3,
        endTime: '2026-01-01T12:00:10Z',
      },
      tells: [
        'ReconcileEvaluationReconcileTimeout',
        'ReconcileEvaluationFailed',
      ],
      evaluated: true,
    },
    {
      name: 'keeps what has ended',
      evaluation: anEvaluation({
        ...tried,
        overallStatus: 'Succeeded',
        retryCount: 3,
        endTime: '2026-01-01T12:00:05Z',
      }),
      more: { metric: metrics({ errors: '7' }) },
      status: { overallStatus: 'Succeeded', endTime: '2026-01-01T12:00:05Z' },
    },
    {
      name: 'goes by its own patience before that of its definition',
      evaluation: anEvaluation(undefined, { retries: 1 }),
      status: { overallStatus: 'Failed', retryCount: 1 },
      tells: ['ReconcileEvaluationFailed'],
      evaluated: true,
    },
    {
      name: 'waits for a definition that is missing',
      more: { definition: undefined },
      status: {
        overallStatus: 'Pending',
        startTime: '2026-01-01T12:00:10Z',
      },
      tells: ['ReconcileEvaluationNotFound'],
      requeueAfterMs: 120_000,
    },
    {
      name: 'fails when the definition is missing after the grace',
      evaluation: anEvaluation({ startTime: '2026-01-01T12:00:00Z' }),
      more: { definition: undefined },
      now: at(120),
      status: { overallStatus: 'Failed' },
      tells: ['ReconcileEvaluationFailed'],
    },
    {
      name: 'fails at once where the cluster has no metrics',
      more: { metricsServed: false },
      status: { overallStatus: 'Failed' },
      tells: ['ReconcileEvaluationFailed'],
    },
  ];

  it.each(cases)('$name', one => {
    const plan = planEvaluation(
      {
        evaluation: one.evaluation ?? anEvaluation(),
        definition,
        metricsServed: true,
        metric: () => undefined,
        ...one.more,
      },
      one.now ?? at(10),
      { definitionGraceSeconds: 120 },
    );
    expect(plan.status).toMatchObject(one.status!);
    expect(plan.notices.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(one.tells ?? []),
    );
    expect(plan.requeueAfterMs).toBe(one.requeueAfterMs);
    expect(plan.evaluated).toBe(one.evaluated ?? false);
  });

  it.each(['0', '1ns', '0.1s'])(
    'waits a moment between tries, also with an interval of %s',
    retryInterval => {
      const plan = planEvaluation(
        {
          evaluation: anEvaluation(undefined, { retryInterval }),
          definition,
          metricsServed: true,
          metric: () => undefined,
        },
        at(10),
        { definitionGraceSeconds: 120 },
      );
      expect(plan.requeueAfterMs).toBe(500);
    },
  );
});
