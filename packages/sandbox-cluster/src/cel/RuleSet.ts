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

import { Environment, ParseResult } from '@marcbachmann/cel-js';
import { FieldError, quoteValue } from '../errors/FieldError';
import { isObject } from '../schema/json';
import {
  fieldSchema,
  Schema,
  ValidationRule,
  valueSchema,
} from '../schema/Schema';
import { itemsByElement, itemElement } from '../apply/listItems';
import { celValue } from './celValue';
import { ruleEnvironment } from './environment';

interface CompiledRule {
  rule: ValidationRule;
  evaluate: ParseResult;
  messageExpression?: ParseResult;
  isTransition: boolean;
}

const checker = ruleEnvironment();

/** Why an expression cannot be a rule; undefined when it can. */
export function compileProblem(expression: string): string | undefined {
  try {
    checker.parse(expression);
    const { valid, error } = checker.check(expression);
    return valid ? undefined : error?.message.split('\n')[0];
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}

/** The CEL rules of a schema, at every depth. */
export class RuleSet {
  private readonly environment: Environment = ruleEnvironment();
  private readonly compiled = new Map<Schema, CompiledRule[]>();
  private readonly hasRules = new Map<Schema, boolean>();

  constructor(private readonly root: Schema) {}

  /** What the rules say against a value; transition rules need the old one. */
  check(value: unknown, old: unknown): FieldError[] {
    return this.walk(value, old, this.root, '');
  }

  private walk(
    value: unknown,
    old: unknown,
    schema: Schema,
    path: string,
  ): FieldError[] {
    if (value === undefined || value === null || !this.anyRules(schema))
      return [];
    const errors = this.rulesOf(schema).flatMap(rule =>
      this.apply(rule, value, old, schema, path),
    );
    if (Array.isArray(value)) {
      const { items } = schema;
      if (!items) return errors;
      // Items of atomic lists have no past: nothing tells which one they were.
      const isMap = schema['x-kubernetes-list-type'] === 'map';
      const before =
        isMap && Array.isArray(old) ? itemsByElement(old, schema) : new Map();
      value.forEach((item, index) => {
        const past = isMap ? before.get(itemElement(item, schema)) : undefined;
        errors.push(...this.walk(item, past, items, `${path}[${index}]`));
      });
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        const field = fieldSchema(schema, key);
        if (!field) continue;
        const past = isObject(old) ? old[key] : undefined;
        const at =
          valueSchema(schema) && !schema.properties?.[key]
            ? `${path}[${key}]`
            : join(path, key);
        errors.push(...this.walk(item, past, field, at));
      }
    }
    return errors;
  }

  private apply(
    compiled: CompiledRule,
    value: unknown,
    old: unknown,
    schema: Schema,
    path: string,
  ): FieldError[] {
    const { rule, isTransition } = compiled;
    if (isTransition && old === undefined && !rule.optionalOldSelf) return [];
    const variables = {
      self: celValue(value, schema),
      oldSelf: old === undefined ? null : celValue(old, schema),
    };
    let problem: string | undefined;
    try {
      if (compiled.evaluate(variables) === true) return [];
      problem = this.message(compiled, variables);
    } catch (error) {
      problem = `rule evaluation error: ${
        (error as Error).message.split('\n')[0]
      }`;
    }
    const field = rule.fieldPath ? `${path}${rule.fieldPath}` : path;
    return [failure(rule, field, problem, rule.fieldPath ? undefined : value)];
  }

  private message(
    { rule, messageExpression }: CompiledRule,
    variables: object,
  ): string {
    if (messageExpression) {
      try {
        const text = messageExpression(variables as Record<string, unknown>);
        if (typeof text === 'string' && text.trim()) return text.trim();
      } catch {
        // The API server falls back to the plain message as well.
      }
    }
    return rule.message?.trim() || `failed rule: ${rule.rule.trim()}`;
  }

  private rulesOf(schema: Schema): CompiledRule[] {
    let rules = this.compiled.get(schema);
    if (!rules) {
      rules = (schema['x-kubernetes-validations'] ?? []).map(rule => ({
        rule,
        evaluate: this.environment.parse(rule.rule),
        messageExpression: rule.messageExpression
          ? this.environment.parse(rule.messageExpression)
          : undefined,
        isTransition: /\boldSelf\b/.test(rule.rule),
      }));
      this.compiled.set(schema, rules);
    }
    return rules;
  }

  private anyRules(schema: Schema): boolean {
    let known = this.hasRules.get(schema);
    if (known === undefined) {
      const values = valueSchema(schema);
      known =
        !!schema['x-kubernetes-validations']?.length ||
        Object.values(schema.properties ?? {}).some(p => this.anyRules(p)) ||
        (!!schema.items && this.anyRules(schema.items)) ||
        (!!values && this.anyRules(values));
      this.hasRules.set(schema, known);
    }
    return known;
  }
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key;
}

function failure(
  rule: ValidationRule,
  field: string,
  problem: string,
  value: unknown,
): FieldError {
  const reason = rule.reason ?? 'FieldValueInvalid';
  const at = field || '<nil>';
  switch (reason) {
    case 'FieldValueForbidden':
      return { reason, message: `Forbidden: ${problem}`, field: at };
    case 'FieldValueRequired':
      return { reason, message: `Required value: ${problem}`, field: at };
    case 'FieldValueDuplicate':
      return {
        reason,
        message: `Duplicate value: ${quoteValue(value)}`,
        field: at,
      };
    default: {
      const isScalar = value !== undefined && typeof value !== 'object';
      return {
        reason,
        message: isScalar
          ? `Invalid value: ${quoteValue(value)}: ${problem}`
          : `Invalid value: ${problem}`,
        field: at,
      };
    }
  }
}
