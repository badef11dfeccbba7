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

import { parseDurationMs } from '../../duration';
import type { Notice } from '../../plan';
import { toMs } from '../../time';
import { endTimeOf, statusTime } from '../phase/statusTime';
import { isCompleted } from '../phase/states';
import type {
  EvaluationItem,
  KeptnEvaluation,
  KeptnEvaluationDefinition,
  KeptnMetric,
} from '../resources';
import type { ReleaseSettings } from '../settings';
import { evaluateObjective, objectiveKeys } from './objective';
import type { Objective } from './objective';

type EvaluationStatus = NonNullable<KeptnEvaluation['status']>;

const DEFAULT_RETRIES = 10;
const DEFAULT_INTERVAL_MS = 5_000;
/** Each try is a write; nobody may keep an API server busy with an interval of nothing. */
const MIN_INTERVAL_MS = 500;

/** All that a decision about an evaluation depends on. */
export interface EvaluationObservation {
  evaluation: KeptnEvaluation;
  definition?: KeptnEvaluationDefinition;
  /** Whether the cluster has metrics at all. */
  metricsServed: boolean;
  metric(ref: Objective['keptnMetricRef']): KeptnMetric | undefined;
  /** When it was evaluated last, as far as this process knows. */
  evaluatedAt?: Date;
}

/** What is to be done about an evaluation. */
export interface EvaluationPlan {
  status: EvaluationStatus;
  notices: Notice[];
  /** The metrics were looked at. */
  evaluated: boolean;
  requeueAfterMs?: number;
}

/**
 * Compares metrics with their targets until all hold or the tries are used up. What held once is not looked at again,
 * and an evaluation that succeeds with its last try has succeeded. One that has ended stays as it is.
 */
export function planEvaluation(
  observed: EvaluationObservation,
  now: Date,
  settings: Pick<ReleaseSettings, 'definitionGraceSeconds'>,
): EvaluationPlan {
  const { evaluation, definition, metricsServed } = observed;
  const before = evaluation.status ?? {};
  if (isCompleted(before.overallStatus)) {
    const endTime = before.endTime ?? endTimeOf(before, now);
    return { status: { ...before, endTime }, notices: [], evaluated: false };
  }
  const status: EvaluationStatus = {
    ...before,
    startTime: before.startTime ?? statusTime(now),
  };
  if (!metricsServed) {
    return failed(
      status,
      now,
      'metrics',
      "The cluster has no metrics (keptnmetrics.metrics.keptn.sh). Install Keptn's metrics operator, or take the evaluation off the list.",
    );
  }
  if (!definition) {
    const leftMs =
      toMs(status.startTime)! +
      settings.definitionGraceSeconds * 1000 -
      now.getTime();
    const message = `There is no evaluation definition ${evaluation.spec.evaluationDefinition}. Apply it, or correct the name.`;
    return leftMs > 0
      ? {
          status: { ...status, overallStatus: 'Pending' },
          notices: [
            { type: 'Warning', reason: 'ReconcileEvaluationNotFound', message },
          ],
          evaluated: false,
          requeueAfterMs: leftMs,
        }
      : failed(status, now, evaluation.spec.evaluationDefinition, message);
  }
  const waitMs = untilNextTry(observed, definition, now);
  return waitMs > 0
    ? { status, notices: [], evaluated: false, requeueAfterMs: waitMs }
    : evaluate(observed, definition, status, now);
}

function evaluate(
  observed: EvaluationObservation,
  definition: KeptnEvaluationDefinition,
  before: EvaluationStatus,
  now: Date,
): EvaluationPlan {
  const { objectives } = definition.spec;
  const keys = objectiveKeys(objectives);
  const evaluationStatus = Object.fromEntries(
    objectives.map((objective, index): [string, EvaluationItem] => {
      const known = before.evaluationStatus?.[keys[index]];
      return [
        keys[index],
        known?.status === 'Succeeded'
          ? known
          : evaluateObjective(
              objective,
              observed.metric(objective.keptnMetricRef),
            ),
      ];
    }),
  );
  const status: EvaluationStatus = {
    ...before,
    evaluationStatus,
    retryCount: (before.retryCount ?? 0) + 1,
  };
  const notMet = Object.values(evaluationStatus).filter(
    item => item.status !== 'Succeeded',
  );
  if (notMet.length === 0) {
    return {
      status: {
        ...status,
        overallStatus: 'Succeeded',
        endTime: endTimeOf(status, now),
      },
      notices: [],
      evaluated: true,
    };
  }
  const { retries, intervalMs } = patienceOf(observed.evaluation, definition);
  if (status.retryCount! < retries) {
    return {
      status: { ...status, overallStatus: 'Progressing' },
      notices: [],
      evaluated: true,
      requeueAfterMs: intervalMs,
    };
  }
  const message = notMet.map(item => item.message).join(' ');
  return {
    status: {
      ...status,
      overallStatus: 'Failed',
      endTime: endTimeOf(status, now),
    },
    notices: [
      {
        type: 'Warning',
        reason: 'ReconcileEvaluationReconcileTimeout',
        message: `Not all objectives were met within ${status.retryCount} tries.`,
      },
      { type: 'Warning', reason: 'ReconcileEvaluationFailed', message },
    ],
    evaluated: true,
  };
}

/**
 * Tries are an interval apart. After a restart nobody knows when the last one was: an interval is waited, rather than
 * using up all tries at once.
 */
function untilNextTry(
  { evaluation, evaluatedAt }: EvaluationObservation,
  definition: KeptnEvaluationDefinition,
  now: Date,
): number {
  if (!evaluation.status?.retryCount) {
    return 0;
  }
  const { intervalMs } = patienceOf(evaluation, definition);
  return evaluatedAt
    ? evaluatedAt.getTime() + intervalMs - now.getTime()
    : intervalMs;
}

/** What the evaluation says goes before what its definition says. At least one try is made. */
function patienceOf(
  { spec }: KeptnEvaluation,
  definition: KeptnEvaluationDefinition,
): { retries: number; intervalMs: number } {
  const retries = spec.retries ?? definition.spec.retries ?? DEFAULT_RETRIES;
  const interval = spec.retryInterval ?? definition.spec.retryInterval ?? '';
  return {
    retries: Math.max(1, retries),
    intervalMs: Math.max(
      MIN_INTERVAL_MS,
      parseDurationMs(interval) ?? DEFAULT_INTERVAL_MS,
    ),
  };
}

function failed(
  before: EvaluationStatus,
  now: Date,
  key: string,
  message: string,
): EvaluationPlan {
  return {
    status: {
      ...before,
      evaluationStatus: {
        ...before.evaluationStatus,
        [key]: { status: 'Failed', message },
      },
      overallStatus: 'Failed',
      endTime: endTimeOf(before, now),
    },
    notices: [
      { type: 'Warning', reason: 'ReconcileEvaluationFailed', message },
    ],
    evaluated: false,
  };
}
