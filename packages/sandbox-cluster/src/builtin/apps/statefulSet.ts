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

import { FieldError, forbiddenField, invalid } from '../../errors/FieldError';
import { Strategy } from '../../resources/ResourceType';
import { deepCopy, Json, semanticEqual } from '../../schema/json';
import { workloadStrategy } from './workloadStrategy';

const CHANGEABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

const OTHERS_FORBIDDEN =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

/** The rules of StatefulSets. */
export const statefulSetStrategy: Strategy = workloadStrategy({
  called: 'statefulset',
  status: { replicas: 0, availableReplicas: 0 },
  defaults: spec => {
    spec.replicas ??= 1;
    spec.podManagementPolicy ||= 'OrderedReady';
    spec.updateStrategy ??= {};
    spec.updateStrategy.type ||= 'RollingUpdate';
    if (spec.updateStrategy.type === 'RollingUpdate') {
      spec.updateStrategy.rollingUpdate = {
        partition: 0,
        ...spec.updateStrategy.rollingUpdate,
      };
    }
    spec.persistentVolumeClaimRetentionPolicy = {
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
      ...spec.persistentVolumeClaimRetentionPolicy,
    };
    spec.revisionHistoryLimit ??= 10;
  },
  validate: validatePolicies,
  strategy: {
    validateUpdate: (set, old) =>
      semanticEqual(fixedPart(set.spec), fixedPart(old.spec))
        ? []
        : [forbiddenField('spec', OTHERS_FORBIDDEN)],
  },
});

function validatePolicies(spec: Json): FieldError[] {
  const errors: FieldError[] = [];
  const { podManagementPolicy, updateStrategy } = spec;
  if (!['OrderedReady', 'Parallel'].includes(podManagementPolicy)) {
    errors.push(
      invalid(
        'spec.podManagementPolicy',
        podManagementPolicy,
        "must be 'OrderedReady' or 'Parallel'",
      ),
    );
  }
  const { type, rollingUpdate } = updateStrategy;
  const path = 'spec.updateStrategy';
  if (!['RollingUpdate', 'OnDelete'].includes(type)) {
    errors.push(
      invalid(path, updateStrategy, "must be 'RollingUpdate' or 'OnDelete'"),
    );
  } else if (type === 'OnDelete' && rollingUpdate) {
    errors.push(
      invalid(
        `${path}.rollingUpdate`,
        rollingUpdate,
        "only allowed for updateStrategy 'RollingUpdate'",
      ),
    );
  } else if (rollingUpdate?.partition < 0) {
    errors.push(
      invalid(
        `${path}.rollingUpdate.partition`,
        rollingUpdate.partition,
        'must be greater than or equal to 0',
      ),
    );
  }
  return errors;
}

function fixedPart(spec: Json): Json {
  const copy = deepCopy(spec);
  for (const field of CHANGEABLE) delete copy[field];
  return copy;
}
