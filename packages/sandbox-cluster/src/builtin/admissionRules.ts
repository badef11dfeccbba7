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
import { compileAdmission } from '../cel/admissionExpression';
import {
  FieldError,
  invalid,
  notSupported,
  required,
} from '../errors/FieldError';
import { Json } from '../schema/json';

const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];

/** What rules mean that leave the scope out. */
export function setRuleDefaults(rules: Json[] | undefined) {
  for (const rule of rules ?? []) rule.scope ??= '*';
}

/** What is wrong with the rules of a webhook or a policy. */
export function ruleErrors(
  rules: Json[] | undefined,
  at: string,
): FieldError[] {
  return (rules ?? []).flatMap((rule, index) => {
    const errors = ['operations', 'apiGroups', 'apiVersions', 'resources']
      .filter(field => !rule[field]?.length)
      .map(field => required(`${at}[${index}].${field}`));
    (rule.operations ?? []).forEach((operation: string, i: number) => {
      if (OPERATIONS.includes(operation)) return;
      const field = `${at}[${index}].operations[${i}]`;
      errors.push(notSupported(field, operation, OPERATIONS));
    });
    return errors;
  });
}

/** A field that must have one of a few values. */
export function oneOf(
  object: Json,
  at: string,
  field: string,
  values: string[],
): FieldError[] {
  return values.includes(object[field])
    ? []
    : [notSupported(`${at}.${field}`, object[field] ?? '', values)];
}

/** What is wrong with match conditions. */
export function conditionErrors(
  conditions: Json[] | undefined,
  at: string,
  names: readonly string[],
): FieldError[] {
  return (conditions ?? []).flatMap((condition, index) => [
    ...(condition.name ? [] : [required(`${at}[${index}].name`)]),
    ...expressionErrors(
      condition.expression,
      `${at}[${index}].expression`,
      names,
    ),
  ]);
}

/** Why an expression is none. */
export function expressionErrors(
  expression: string | undefined,
  at: string,
  names?: readonly string[],
): FieldError[] {
  if (!expression?.trim()) return [required(at)];
  try {
    compileAdmission(expression, names);
    return [];
  } catch (error) {
    const { message } = error as Error;
    return [invalid(at, expression, `compilation failed: ${message}`)];
  }
}
