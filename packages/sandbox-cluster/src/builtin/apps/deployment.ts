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
  FieldError,
  forbiddenField,
  invalid,
  notSupported,
} from '../../errors/FieldError';
import { Strategy } from '../../resources/ResourceType';
import { Json } from '../../schema/json';
import { isNone, validateAmounts, workloadStrategy } from './workloadStrategy';

const TYPES = ['Recreate', 'RollingUpdate'];

/** The rules of Deployments. */
export const deploymentStrategy: Strategy = workloadStrategy({
  called: 'deployment',
  status: {},
  defaults: spec => {
    spec.replicas ??= 1;
    spec.strategy ??= {};
    spec.strategy.type ||= 'RollingUpdate';
    if (spec.strategy.type === 'RollingUpdate') {
      spec.strategy.rollingUpdate = {
        maxUnavailable: '25%',
        maxSurge: '25%',
        ...spec.strategy.rollingUpdate,
      };
    }
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
  },
  validate: spec => [...validateStrategy(spec), ...validateDeadline(spec)],
  // Its controller copies annotations to ReplicaSets, so a change of them is one to be observed.
  strategy: { countsAnnotations: true },
});

/** The rules of ReplicaSets. */
export const replicaSetStrategy: Strategy = workloadStrategy({
  called: 'replicaset',
  status: { replicas: 0 },
  defaults: spec => {
    spec.replicas ??= 1;
  },
});

function validateStrategy({ strategy }: Json): FieldError[] {
  const { type, rollingUpdate } = strategy;
  const path = 'spec.strategy.rollingUpdate';
  if (!TYPES.includes(type)) {
    return [notSupported('spec.strategy.type', type, TYPES)];
  }
  if (type === 'Recreate') {
    const problem = "may not be specified when strategy `type` is 'Recreate'";
    return rollingUpdate ? [forbiddenField(path, problem)] : [];
  }
  const errors = validateAmounts(rollingUpdate, path);
  if (isNone(rollingUpdate.maxUnavailable) && isNone(rollingUpdate.maxSurge)) {
    errors.push(
      invalid(
        `${path}.maxUnavailable`,
        rollingUpdate.maxUnavailable,
        'may not be 0 when `maxSurge` is 0',
      ),
    );
  }
  return errors;
}

function validateDeadline(spec: Json): FieldError[] {
  const { progressDeadlineSeconds, minReadySeconds = 0 } = spec;
  return progressDeadlineSeconds <= minReadySeconds
    ? [
        invalid(
          'spec.progressDeadlineSeconds',
          progressDeadlineSeconds,
          'must be greater than minReadySeconds',
        ),
      ]
    : [];
}
