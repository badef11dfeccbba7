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

import { FieldError, invalid, required } from '../errors/FieldError';
import { Strategy } from '../resources/ResourceType';
import { labelledFields, plainFields } from '../selectors/fieldSelector';
import {
  labelProblems,
  pathSegmentProblems,
  subdomainProblems,
} from '../service/names';
import { semanticEqual } from '../schema/json';

/** The rules that a kind has when nothing else is said. */
export const plainStrategy: Strategy = {
  hasGeneration: false,
  unconditionalUpdate: true,
  validateName: subdomainProblems,
  fields: plainFields,
};

export const namespaceStrategy: Strategy = {
  ...plainStrategy,
  validateName: labelProblems,
  fields: labelledFields({ 'status.phase': ns => ns.status?.phase ?? '' }),
  setDefaults: ns => {
    if (!ns.metadata.name) return;
    ns.metadata.labels = {
      ...ns.metadata.labels,
      'kubernetes.io/metadata.name': ns.metadata.name,
    };
  },
  prepareForCreate: ns => {
    ns.spec = { ...ns.spec, finalizers: ['kubernetes'] };
    ns.status = { phase: 'Active' };
    ns.metadata.labels = {
      ...ns.metadata.labels,
      'kubernetes.io/metadata.name': ns.metadata.name,
    };
  },
  prepareForUpdate: (ns, old) => {
    ns.spec = old.spec;
  },
};

export const leaseStrategy: Strategy = {
  ...plainStrategy,
  unconditionalUpdate: false,
  validate: ({ spec = {} }) => {
    const errors: FieldError[] = [];
    if (
      spec.leaseDurationSeconds !== undefined &&
      spec.leaseDurationSeconds <= 0
    ) {
      errors.push(
        invalid(
          'spec.leaseDurationSeconds',
          spec.leaseDurationSeconds,
          'must be greater than 0',
        ),
      );
    }
    if (spec.leaseTransitions < 0) {
      errors.push(
        invalid(
          'spec.leaseTransitions',
          spec.leaseTransitions,
          'must be greater than or equal to 0',
        ),
      );
    }
    return errors;
  },
};

export const nodeStrategy: Strategy = {
  ...plainStrategy,
  fields: labelledFields({
    'spec.unschedulable': node => String(node.spec?.unschedulable ?? false),
  }),
};

export const rbacStrategy: Strategy = {
  ...plainStrategy,
  validateName: pathSegmentProblems,
};

/** RoleBindings and ClusterRoleBindings: the role they name never changes. */
export const bindingStrategy: Strategy = {
  ...rbacStrategy,
  setDefaults: binding => {
    if (binding.roleRef) {
      binding.roleRef.apiGroup ??= 'rbac.authorization.k8s.io';
    }
    for (const subject of binding.subjects ?? []) {
      if (subject.kind !== 'ServiceAccount') {
        subject.apiGroup ??= 'rbac.authorization.k8s.io';
      }
    }
  },
  validate: binding =>
    binding.roleRef?.name ? [] : [required('roleRef.name')],
  validateUpdate: (binding, old) =>
    semanticEqual(binding.roleRef, old.roleRef)
      ? []
      : [invalid('roleRef', binding.roleRef, 'cannot change roleRef')],
};
