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

import { KubeObject } from '../../ClusterApi';
import {
  FieldError,
  invalid,
  notSupported,
  required,
} from '../../errors/FieldError';
import { Strategy } from '../../resources/ResourceType';
import { Json, semanticEqual } from '../../schema/json';
import { isNone, validateAmounts, workloadStrategy } from './workloadStrategy';

/** Counts the templates that a DaemonSet had. */
export const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

const TYPES = ['RollingUpdate', 'OnDelete'];

const rules = workloadStrategy({
  called: 'daemonset',
  status: {
    currentNumberScheduled: 0,
    numberMisscheduled: 0,
    desiredNumberScheduled: 0,
    numberReady: 0,
  },
  defaults: spec => {
    spec.updateStrategy ??= {};
    spec.updateStrategy.type ||= 'RollingUpdate';
    if (spec.updateStrategy.type === 'RollingUpdate') {
      spec.updateStrategy.rollingUpdate = {
        maxUnavailable: 1,
        maxSurge: 0,
        ...spec.updateStrategy.rollingUpdate,
      };
    }
    spec.revisionHistoryLimit ??= 10;
  },
  validate: validateStrategy,
});

/** The rules of DaemonSets. */
export const daemonSetStrategy: Strategy = {
  ...rules,
  prepareForCreate: set => {
    rules.prepareForCreate?.(set);
    setTemplateGeneration(set, 1);
  },
  prepareForUpdate: (set, old) => {
    const before = templateGeneration(old);
    const same = semanticEqual(set.spec.template, old.spec.template);
    setTemplateGeneration(set, same ? before : before + 1);
  },
};

/** How many templates the DaemonSet has had. */
export function templateGeneration({ metadata }: KubeObject): number {
  return Number(metadata.annotations?.[TEMPLATE_GENERATION] ?? 1);
}

function setTemplateGeneration(set: KubeObject, value: number): void {
  set.metadata = {
    ...set.metadata,
    annotations: {
      ...set.metadata.annotations,
      [TEMPLATE_GENERATION]: String(value),
    },
  };
}

function validateStrategy({ updateStrategy }: Json): FieldError[] {
  const { type, rollingUpdate } = updateStrategy;
  if (!TYPES.includes(type)) {
    return [notSupported('spec.updateStrategy.type', type, TYPES)];
  }
  if (type === 'OnDelete') return [];
  const path = 'spec.updateStrategy.rollingUpdate';
  const errors = validateAmounts(rollingUpdate, path);
  const { maxUnavailable, maxSurge } = rollingUpdate;
  if (isNone(maxUnavailable) && isNone(maxSurge)) {
    const problem = 'cannot be 0 when maxSurge is 0';
    errors.push(required(`${path}.maxUnavailable`, problem));
  } else if (!isNone(maxUnavailable) && !isNone(maxSurge)) {
    const problem = 'may not be set when maxUnavailable is non-zero';
    errors.push(invalid(`${path}.maxSurge`, maxSurge, problem));
  }
  return errors;
}
