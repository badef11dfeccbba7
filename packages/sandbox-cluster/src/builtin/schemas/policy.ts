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
  anything,
  atomic,
  bool,
  int32,
  int64,
  listOf,
  str,
  struct,
} from '../../schema/dsl';
import { conditions, top } from './core';
import { labelSelector } from './pod';
import { resource } from './workloads';

const policyRules = listOf(
  struct('PolicyRule', {
    verbs: listOf(str),
    apiGroups: listOf(str),
    resources: listOf(str),
    resourceNames: listOf(str),
    nonResourceURLs: listOf(str),
  }),
);
export const role = top('Role', { rules: policyRules });
export const clusterRole = top('ClusterRole', {
  rules: policyRules,
  aggregationRule: struct('AggregationRule', {
    clusterRoleSelectors: listOf(labelSelector),
  }),
});
export const roleBinding = top('RoleBinding', {
  subjects: listOf(
    struct('Subject', { kind: str, apiGroup: str, name: str, namespace: str }),
  ),
  roleRef: atomic(struct('RoleRef', { apiGroup: str, kind: str, name: str })),
});

export const priorityClass = top('PriorityClass', {
  value: int32,
  globalDefault: bool,
  description: str,
  preemptionPolicy: str,
});
export const runtimeClass = top('RuntimeClass', {
  handler: str,
  overhead: anything,
  scheduling: anything,
});

const names = struct('CustomResourceDefinitionNames', {
  plural: str,
  singular: str,
  shortNames: listOf(str),
  kind: str,
  listKind: str,
  categories: listOf(str),
});

export const customResourceDefinition = resource(
  'CustomResourceDefinition',
  struct('CustomResourceDefinitionSpec', {
    group: str,
    names,
    scope: str,
    versions: listOf(
      struct('CustomResourceDefinitionVersion', {
        name: str,
        served: bool,
        storage: bool,
        deprecated: bool,
        deprecationWarning: str,
        schema: struct('CustomResourceValidation', {
          openAPIV3Schema: anything,
        }),
        subresources: struct('CustomResourceSubresources', {
          status: anything,
          scale: anything,
        }),
        additionalPrinterColumns: listOf(
          struct('CustomResourceColumnDefinition', {
            name: str,
            type: str,
            format: str,
            description: str,
            priority: int32,
            jsonPath: str,
          }),
        ),
        selectableFields: listOf(struct('SelectableField', { jsonPath: str })),
      }),
    ),
    conversion: struct('CustomResourceConversion', {
      strategy: str,
      webhook: anything,
    }),
    preserveUnknownFields: bool,
  }),
  struct('CustomResourceDefinitionStatus', {
    conditions,
    acceptedNames: names,
    storedVersions: listOf(str),
    observedGeneration: int64,
  }),
);

const attributes = struct('ResourceAttributes', {
  namespace: str,
  verb: str,
  group: str,
  version: str,
  resource: str,
  subresource: str,
  name: str,
  fieldSelector: anything,
  labelSelector: anything,
});
const reviewStatus = struct('SubjectAccessReviewStatus', {
  allowed: bool,
  denied: bool,
  reason: str,
  evaluationError: str,
});
export const accessReview = (kind: string) =>
  resource(
    kind,
    struct(`${kind}Spec`, {
      resourceAttributes: attributes,
      nonResourceAttributes: struct('NonResourceAttributes', {
        path: str,
        verb: str,
      }),
      user: str,
      groups: listOf(str),
      extra: anything,
      uid: str,
      namespace: str,
    }),
    kind === 'SelfSubjectRulesReview' || kind === 'SelfSubjectReview'
      ? anything
      : reviewStatus,
  );

export const tokenReview = resource(
  'TokenReview',
  struct('TokenReviewSpec', { token: str, audiences: listOf(str) }),
  anything,
);
