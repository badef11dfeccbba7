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
import { bytes, int32, listByKey, listOf, str, struct } from '../../schema/dsl';
import { Schema } from '../../schema/Schema';
import { top } from './core';
import { labelSelector } from './pod';
import { resource } from './workloads';

const rule = (goType: string, more: Record<string, Schema> = {}) =>
  struct(goType, {
    operations: listOf(str),
    apiGroups: listOf(str),
    apiVersions: listOf(str),
    resources: listOf(str),
    scope: str,
    ...more,
  });

const matchConditions = listByKey(
  'name',
  struct('MatchCondition', { name: str, expression: str }),
);

const webhook = (goType: string, more: Record<string, Schema> = {}) =>
  listByKey(
    'name',
    struct(goType, {
      name: str,
      clientConfig: struct('WebhookClientConfig', {
        url: str,
        service: struct('ServiceReference', {
          namespace: str,
          name: str,
          path: str,
          port: int32,
        }),
        caBundle: bytes,
      }),
      rules: listOf(rule('RuleWithOperations')),
      failurePolicy: str,
      matchPolicy: str,
      namespaceSelector: labelSelector,
      objectSelector: labelSelector,
      sideEffects: str,
      timeoutSeconds: int32,
      admissionReviewVersions: listOf(str),
      matchConditions,
      ...more,
    }),
  );

export const mutatingWebhooks = top('MutatingWebhookConfiguration', {
  webhooks: webhook('MutatingWebhook', { reinvocationPolicy: str }),
});

export const validatingWebhooks = top('ValidatingWebhookConfiguration', {
  webhooks: webhook('ValidatingWebhook'),
});

const namedRules = listOf(
  rule('NamedRuleWithOperations', { resourceNames: listOf(str) }),
);

const matchResources = struct('MatchResources', {
  namespaceSelector: labelSelector,
  objectSelector: labelSelector,
  resourceRules: namedRules,
  excludeResourceRules: namedRules,
  matchPolicy: str,
});

const expression = (goType: string) => struct(goType, { expression: str });

export const mutatingPolicy = resource(
  'MutatingAdmissionPolicy',
  struct('MutatingAdmissionPolicySpec', {
    paramKind: struct('ParamKind', { apiVersion: str, kind: str }),
    matchConstraints: matchResources,
    variables: listOf(struct('Variable', { name: str, expression: str })),
    mutations: listOf(
      struct('Mutation', {
        patchType: str,
        applyConfiguration: expression('ApplyConfiguration'),
        jsonPatch: expression('JSONPatch'),
      }),
    ),
    failurePolicy: str,
    matchConditions,
    reinvocationPolicy: str,
  }),
);

export const mutatingPolicyBinding = resource(
  'MutatingAdmissionPolicyBinding',
  struct('MutatingAdmissionPolicyBindingSpec', {
    policyName: str,
    paramRef: struct('ParamRef', {
      name: str,
      namespace: str,
      selector: labelSelector,
      parameterNotFoundAction: str,
    }),
    matchResources,
  }),
);
