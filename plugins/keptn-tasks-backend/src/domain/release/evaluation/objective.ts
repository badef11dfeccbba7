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

import type {
  EvaluationItem,
  KeptnEvaluationDefinitionSpec,
  KeptnMetric,
} from '../resources';

/** One comparison of a definition. */
export type Objective = KeptnEvaluationDefinitionSpec['objectives'][number];

// No part may match what the one before it does: a text of many digits would be tried in very many ways.
const TARGET =
  /^\s*([<>])\s*([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)\s*$/;
const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;

/** Compares a metric with its target, and says in a sentence what is wrong when it does not hold. */
export function evaluateObjective(
  { keptnMetricRef: { name }, evaluationTarget }: Objective,
  metric: KeptnMetric | undefined,
): EvaluationItem {
  const { value, rawValue } = metric?.status ?? {};
  const notMet = (message: string): EvaluationItem => ({
    ...(value !== undefined && { value }),
    status: 'Failed',
    message,
  });
  const [, operator, limit] = TARGET.exec(evaluationTarget) ?? [];
  if (operator === undefined) {
    return notMet(
      `The target "${evaluationTarget}" of metric ${name} is neither < nor > and a number.`,
    );
  }
  if (!metric) {
    return notMet(`There is no metric ${name}.`);
  }
  if (!value || !rawValue) {
    return notMet(`Metric ${name} has no value yet.`);
  }
  if (!NUMBER.test(value.trim())) {
    return notMet(`The value "${value}" of metric ${name} is no number.`);
  }
  const isMet =
    operator === '<'
      ? Number(value) < Number(limit)
      : Number(value) > Number(limit);
  return isMet
    ? { value, status: 'Succeeded' }
    : notMet(`Metric ${name} is ${value}, not ${operator} ${limit}.`);
}

/** Whether two objectives may be told apart in the status, which goes by the names of their metrics. */
export function objectiveKeys(objectives: Objective[]): string[] {
  const seen = new Map<string, number>();
  return objectives.map(({ keptnMetricRef: { name } }) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
