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

import {
  ENTITY_REF_ANNOTATION,
  RERUN_OF_ANNOTATION,
  RUN_ID_ANNOTATION,
  TRIGGERED_BY_ANNOTATION,
} from '../domain/annotations';
import {
  COMPONENT,
  COMPONENT_LABEL,
  labelValue,
  MANAGED_BY,
  MANAGED_BY_LABEL,
  TASK_DEFINITION_LABEL,
} from '../domain/labels';
import { LIFECYCLE_API_VERSION } from '../domain/resources';
import type { RunReservation } from '../history/RunStore';
import type { KeptnTaskSpec } from '../domain/resources';

const MAX_NAME = 253;
const ID_LENGTH = 8;

/** Name of the KeptnTask of a run: the definition's name, shortened if need be, and the start of the run's id. */
export function taskNameOf(definition: string, runId: string): string {
  const head = definition
    .slice(0, MAX_NAME - ID_LENGTH - 1)
    .replace(/[^a-z0-9]+$/, '');
  return `${head}-${runId.slice(0, ID_LENGTH)}`;
}

/** The KeptnTask that a run asks for. The same run always asks for the same task. */
export function taskOfRun(run: RunReservation) {
  const { rerunOf, trigger } = run;
  return {
    apiVersion: LIFECYCLE_API_VERSION,
    kind: 'KeptnTask' as const,
    metadata: {
      name: run.taskName,
      namespace: run.namespace,
      labels: {
        [MANAGED_BY_LABEL]: MANAGED_BY,
        [COMPONENT_LABEL]: COMPONENT,
        [TASK_DEFINITION_LABEL]: labelValue(run.definitionName),
      },
      annotations: {
        [RUN_ID_ANNOTATION]: run.id,
        [ENTITY_REF_ANNOTATION]: run.entityRef,
        ...(trigger.by ? { [TRIGGERED_BY_ANNOTATION]: trigger.by } : {}),
        ...(rerunOf ? { [RERUN_OF_ANNOTATION]: rerunOf } : {}),
      },
    },
    spec: run.taskSpec as KeptnTaskSpec,
  };
}
