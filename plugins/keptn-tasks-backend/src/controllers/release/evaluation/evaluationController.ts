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

import { isClusterError } from '../../../cluster/ClusterError';
import { keyText } from '../../../cluster/ResourceCache';
import { planEvaluation } from '../../../domain/release/evaluation/planEvaluation';
import type { EvaluationPlan } from '../../../domain/release/evaluation/planEvaluation';
import { isCompleted } from '../../../domain/release/phase/states';
import type { KeptnEvaluation } from '../../../domain/release/resources';
import type { Reconcile } from '../../Controller';
import type { ReleaseContext } from '../ReleaseContext';
import type { ReleaseController } from '../ReleaseController';
import { mergePatch } from '../../../domain/mergePatch';

/** Decides evaluations from the metrics of the cluster. Where another operator does, nothing is done. */
export function createEvaluationController(
  context: ReleaseContext,
): ReleaseController {
  const { config, watches } = context;
  const { evaluations, evaluationDefinitions } = watches;

  return {
    name: 'evaluation',
    reconcile:
      config.mode === 'reconcile'
        ? createEvaluationReconciler(context)
        : async () => ({}),
    *keys() {
      for (const { metadata } of evaluations.cache.values()) {
        yield metadata;
      }
    },
    connect(wake) {
      const ends = [
        // It is new, or somebody else wrote its status. Tries are a matter of time, not of changes of metrics.
        evaluations.onChange(({ type, object }) => {
          if (type !== 'deleted' && !isOver(object)) {
            wake(object.metadata);
          }
        }),
        // It may have been applied before its definition.
        evaluationDefinitions.onChange(({ object }) => {
          for (const evaluation of evaluations.cache.values()) {
            if (
              !isOver(evaluation) &&
              evaluation.spec.evaluationDefinition === object.metadata.name
            ) {
              wake(evaluation.metadata);
            }
          }
        }),
      ];
      return () => ends.forEach(end => end());
    },
  };
}

function createEvaluationReconciler(context: ReleaseContext): Reconcile {
  const { client, config, events, now, settings, watches } = context;
  const { evaluations, evaluationDefinitions, metrics } = watches;
  const evaluatedAt = new Map<string, Date>();

  return async key => {
    const evaluation = evaluations.cache.get(key);
    if (!evaluation || isOver(evaluation)) {
      return {};
    }
    context.assertLeader();
    const { namespace, uid } = evaluation.metadata;
    const places = [namespace, config.keptnNamespace];
    if (evaluation.status?.retryCount && !evaluatedAt.has(uid)) {
      // Another replica made these tries, just now for all that is known.
      evaluatedAt.set(uid, now());
    }
    const plan = planEvaluation(
      {
        evaluation,
        definition: places
          .map(place =>
            evaluationDefinitions.cache.get({
              namespace: place,
              name: evaluation.spec.evaluationDefinition,
            }),
          )
          .find(Boolean),
        metricsServed: metrics !== undefined,
        metric: ({ name, namespace: given }) =>
          (given ? [given] : places)
            .map(place => metrics?.cache.get({ namespace: place, name }))
            .find(Boolean),
        evaluatedAt: evaluatedAt.get(uid),
      },
      now(),
      settings,
    );
    await report(evaluation, plan);
    if (isCompleted(plan.status.overallStatus)) {
      evaluatedAt.delete(uid);
    } else if (plan.evaluated) {
      evaluatedAt.set(uid, now());
    }
    await events.tell(evaluation, plan.notices);
    return { requeueAfterMs: plan.requeueAfterMs };
  };

  async function report(
    { metadata, status }: KeptnEvaluation,
    plan: EvaluationPlan,
  ): Promise<void> {
    const patch = mergePatch(status ?? {}, plan.status);
    if (patch === undefined) {
      return;
    }
    const { namespace, name, resourceVersion } = metadata;
    const key = { namespace, name };
    try {
      evaluations.learn(
        await client.patchStatus('KeptnEvaluation', key, {
          metadata: { resourceVersion },
          status: patch,
        }),
      );
    } catch (error) {
      if (isClusterError(error, 'conflict')) {
        // The watch lags behind; the next look should not run into the same.
        const current = await client.get('KeptnEvaluation', key);
        if (current) {
          evaluations.learn(current, 'quietly');
        }
      }
      if (isClusterError(error, 'not-found')) {
        context.logger.debug(`Evaluation ${keyText(key)} is gone`);
        return;
      }
      throw error;
    }
  }
}

function isOver({ status }: KeptnEvaluation): boolean {
  return isCompleted(status?.overallStatus) && status?.endTime !== undefined;
}
