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

import type { KeptnMetric } from '../resources';
import { evaluateObjective, objectiveKeys } from './objective';

function aMetric(status: KeptnMetric['status']): KeptnMetric {
  return {
    apiVersion: 'metrics.keptn.sh/v1',
    kind: 'KeptnMetric',
    metadata: { name: 'p95', namespace: 'shop', uid: 'm-1' },
    status,
  };
}

const valued = (value: string) => aMetric({ value, rawValue: value });
const objective = (evaluationTarget: string) => ({
  keptnMetricRef: { name: 'p95' },
  evaluationTarget,
});

describe('evaluateObjective', () => {
  const cases: {
    name: string;
    target: string;
    metric?: KeptnMetric;
    expected: object;
  }[] = [
    {
      name: 'is met by less than the target',
      target: '<500',
      metric: valued('499.5'),
      expected: { value: '499.5', status: 'Succeeded' },
    },
    {
      name: 'is met by more than the target, blanks aside',
      target: ' > 1e3 ',
      metric: valued('1001'),
      expected: { value: '1001', status: 'Succeeded' },
    },
    {
      name: 'is not met by what is equal',
      target: '<500',
      metric: valued('500'),
      expected: {
        value: '500',
        status: 'Failed',
        message: 'Metric p95 is 500, not < 500.',
      },
    },
    {
      name: 'is not met without a metric',
      target: '<500',
      expected: { status: 'Failed', message: 'There is no metric p95.' },
    },
    {
      name: 'is not met by a metric that has no raw value',
      target: '<500',
      metric: aMetric({ value: '3' }),
      expected: {
        value: '3',
        status: 'Failed',
        message: 'Metric p95 has no value yet.',
      },
    },
    {
      name: 'is not met by what is no number',
      target: '<500',
      metric: valued('many'),
      expected: {
        value: 'many',
        status: 'Failed',
        message: 'The value "many" of metric p95 is no number.',
      },
    },
    {
      name: 'is never met by a target that is none',
      target: '=5',
      metric: valued('5'),
      expected: {
        value: '5',
        status: 'Failed',
        message:
          'The target "=5" of metric p95 is neither < nor > and a number.',
      },
    },
  ];

  it.each(cases)('$name', ({ target, metric, expected }) => {
    expect(evaluateObjective(objective(target), metric)).toEqual(expected);
  });
});

describe('objectiveKeys', () => {
  it.each([
    ['target', `<${'1'.repeat(100_000)}x`, '1'],
    ['value', '<1', `${'1'.repeat(100_000)}x`],
  ])(
    'takes no longer for a very long %s than for others',
    (_, target, value) => {
      const startedAt = performance.now();
      const { status } = evaluateObjective(
        { keptnMetricRef: { name: 'm' }, evaluationTarget: target },
        {
          apiVersion: 'metrics.keptn.sh/v1',
          kind: 'KeptnMetric',
          metadata: { name: 'm', namespace: 'shop' },
          status: { value, rawValue: 'eA==' },
        } as any,
      );
      expect(status).toBe('Failed');
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    },
  );

  it('tells two objectives about one metric apart', () => {
    expect(objectiveKeys([objective('<5'), objective('>1')])).toEqual([
      'p95',
      'p95 (2)',
    ]);
  });
});
