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
import { CONDITION_NAMES } from '../admission/policies/compilePolicy';
import { FieldError, required } from '../errors/FieldError';
import { Strategy } from '../resources/ResourceType';
import { Json } from '../schema/json';
import {
  conditionErrors,
  expressionErrors,
  oneOf,
  ruleErrors,
  setRuleDefaults,
} from './admissionRules';
import { plainStrategy } from './simple';

/** The rules of MutatingAdmissionPolicies. What does not compile is refused. */
export const mutatingPolicyStrategy: Strategy = {
  ...plainStrategy,
  hasGeneration: true,
  setDefaults: ({ spec }) => {
    if (!spec) return;
    spec.failurePolicy ??= 'Fail';
    setMatchDefaults(spec.matchConstraints);
  },
  validate: ({ spec = {} }) => {
    const errors: FieldError[] = [];
    const { paramKind, matchConstraints } = spec;
    for (const field of ['apiVersion', 'kind']) {
      if (paramKind && !paramKind[field]) {
        errors.push(required(`spec.paramKind.${field}`));
      }
    }
    if (!matchConstraints?.resourceRules?.length) {
      errors.push(
        required(
          matchConstraints
            ? 'spec.matchConstraints.resourceRules'
            : 'spec.matchConstraints',
        ),
      );
    }
    if (!spec.mutations?.length) {
      errors.push(
        required('spec.mutations', 'mutations must contain at least one item'),
      );
    }
    return [
      ...errors,
      ...ruleErrors(
        matchConstraints?.resourceRules,
        'spec.matchConstraints.resourceRules',
      ),
      ...oneOf(spec, 'spec', 'failurePolicy', ['Fail', 'Ignore']),
      ...oneOf(spec, 'spec', 'reinvocationPolicy', ['IfNeeded', 'Never']),
      ...conditionErrors(
        spec.matchConditions,
        'spec.matchConditions',
        CONDITION_NAMES,
      ),
      ...((spec.variables ?? []) as Json[]).flatMap((variable, index) =>
        expressionErrors(
          variable.expression,
          `spec.variables[${index}].expression`,
        ),
      ),
      ...((spec.mutations ?? []) as Json[]).flatMap((mutation, index) =>
        mutationErrors(mutation, `spec.mutations[${index}]`),
      ),
    ];
  },
};

function mutationErrors(mutation: Json, at: string): FieldError[] {
  const errors = oneOf(mutation, at, 'patchType', [
    'ApplyConfiguration',
    'JSONPatch',
  ]);
  if (errors.length) return errors;
  const field =
    mutation.patchType === 'JSONPatch' ? 'jsonPatch' : 'applyConfiguration';
  return mutation[field]
    ? expressionErrors(mutation[field].expression, `${at}.${field}.expression`)
    : [
        required(
          `${at}.${field}`,
          `must be specified when patchType is ${mutation.patchType}`,
        ),
      ];
}

/** The rules of MutatingAdmissionPolicyBindings. */
export const mutatingPolicyBindingStrategy: Strategy = {
  ...plainStrategy,
  hasGeneration: true,
  setDefaults: ({ spec }) => setMatchDefaults(spec?.matchResources),
  validate: ({ spec = {} }) => {
    const errors: FieldError[] = [];
    const { paramRef } = spec;
    if (!spec.policyName) errors.push(required('spec.policyName'));
    if (!paramRef) return errors;
    if (!paramRef.name === !paramRef.selector) {
      errors.push(
        required('spec.paramRef', 'one of name or selector must be specified'),
      );
    }
    errors.push(
      ...oneOf(paramRef, 'spec.paramRef', 'parameterNotFoundAction', [
        'Allow',
        'Deny',
      ]),
    );
    return errors;
  },
};

function setMatchDefaults(match: Json | undefined) {
  if (!match) return;
  match.matchPolicy ??= 'Equivalent';
  match.namespaceSelector ??= {};
  match.objectSelector ??= {};
  setRuleDefaults(match.resourceRules);
  setRuleDefaults(match.excludeResourceRules);
}
