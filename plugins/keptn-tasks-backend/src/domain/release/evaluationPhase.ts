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

import type { ReleasePhaseName } from 'backstage-plugin-keptn-tasks-common';
import { describeEvaluation } from './evaluation/describeEvaluation';
import { evaluationManifest } from './evaluation/evaluationManifest';
import { describeItems } from './phase/describeItems';
import type { ItemAccess } from './phase/ItemAccess';
import type { ItemList, Phase, StateField } from './phase/Phase';
import { planItems } from './phase/planItems';
import type { KeptnEvaluation } from './resources';
import { placesOf } from './taskPhase';

/** How a phase made of evaluations reads and makes them. */
export const evaluationAccess: ItemAccess = {
  word: 'Evaluation',
  createReason: 'CreateEvaluation',
  reconcileReason: 'ReconcileEvaluation',
  missing(look, definition) {
    if (!look.sources.metricsServed) {
      return {
        reason: 'MetricsMissing',
        message: `Evaluation ${definition} cannot be made: the cluster has no metrics (keptnmetrics.metrics.keptn.sh). Install Keptn's metrics operator, or take the evaluation off the list.`,
        isFinal: true,
      };
    }
    return look.sources.evaluationDefinition(definition)
      ? undefined
      : {
          reason: 'DefinitionMissing',
          message: `There is no evaluation definition ${definition} in ${placesOf(
            look,
          )}. Apply it, or correct the name.`,
        };
  },
  find: ({ sources }, name) => sources.evaluation(name),
  outcome(object) {
    const { status } = object as KeptnEvaluation;
    return {
      state: status?.overallStatus ?? 'Pending',
      endTime: status?.endTime,
    };
  },
  trouble: object => describeEvaluation(object as KeptnEvaluation),
  manifest(look, _phase, { checkType }, definition, name) {
    const { version, appVersion } = look;
    return {
      kind: 'KeptnEvaluation',
      object: evaluationManifest(
        { version, checkType, definition, name, appVersion },
        look.sources.evaluationDefinition(definition),
      ),
    };
  },
};

/** A phase that is made of evaluations. */
export function evaluationPhase(
  phase: {
    name: string;
    title: string;
    wireName: ReleasePhaseName;
    stateField: StateField;
  } & Omit<ItemList, 'kind'>,
): Phase {
  const { field, checkType, names, ...rest } = phase;
  const items: ItemList = { kind: 'KeptnEvaluation', field, checkType, names };
  return {
    ...rest,
    items,
    plan: look => planItems(look, phase.name, items, evaluationAccess),
    whyFailed: look => describeItems(look, items, evaluationAccess),
  };
}
