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
  invalid,
  notSupported,
  required,
  tooLong,
  tooMany,
  typeInvalid,
} from '../errors/FieldError';
import { formatProblem } from './formats';
import { deepEqual, isObject, Json } from './json';
import { fieldSchema, Schema } from './Schema';

/**
 * What a structural schema says against a value, in the API server's words. The value has been pruned
 * and defaulted before. `path` is where the value is; empty at the root.
 */
export function validateSchema(
  value: unknown,
  schema: Schema,
  path = '',
): FieldError[] {
  if (value === null && schema.nullable) return [];
  const typeError = validateType(value, schema, path);
  if (typeError) return [typeError];
  const errors: FieldError[] = [];
  if (schema.enum && !schema.enum.some(item => deepEqual(item, value))) {
    errors.push(notSupported(path, value, schema.enum.map(String)));
  }
  if (typeof value === 'string')
    errors.push(...validateString(value, schema, path));
  else if (typeof value === 'number')
    errors.push(...validateNumber(value, schema, path));
  else if (Array.isArray(value))
    errors.push(...validateArray(value, schema, path));
  else if (isObject(value)) errors.push(...validateObject(value, schema, path));
  errors.push(...validateJunctors(value, schema, path));
  return errors;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number')
    return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function validateType(
  value: unknown,
  schema: Schema,
  path: string,
): FieldError | undefined {
  const actual = typeOf(value);
  const wanted = schema['x-kubernetes-int-or-string']
    ? ['integer', 'string']
    : schema.type && [schema.type];
  if (!wanted) return undefined;
  const fits =
    wanted.includes(actual as never) ||
    (actual === 'integer' && wanted.includes('number' as never));
  if (fits) return undefined;
  return typeInvalid(
    path || '<nil>',
    actual,
    `${path} in body must be of type ${wanted.join(',')}: "${actual}"`,
  );
}

function validateString(
  value: string,
  schema: Schema,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const length = [...value].length;
  if (schema.maxLength !== undefined && length > schema.maxLength) {
    errors.push(tooLong(path, schema.maxLength));
  }
  if (schema.minLength !== undefined && length < schema.minLength) {
    errors.push(
      invalid(
        path,
        value,
        `${path} in body should be at least ${schema.minLength} chars long`,
      ),
    );
  }
  if (schema.pattern !== undefined && !patternOf(schema.pattern).test(value)) {
    errors.push(
      invalid(path, value, `${path} in body should match '${schema.pattern}'`),
    );
  }
  if (schema.format && formatProblem(schema.format, value)) {
    errors.push(
      typeInvalid(
        path,
        value,
        `${path} in body must be of type ${schema.format}: ${JSON.stringify(
          value,
        )}`,
      ),
    );
  }
  return errors;
}

function validateNumber(
  value: number,
  schema: Schema,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const { minimum, maximum, multipleOf } = schema;
  if (
    maximum !== undefined &&
    (schema.exclusiveMaximum ? value >= maximum : value > maximum)
  ) {
    const words = schema.exclusiveMaximum
      ? 'less than'
      : 'less than or equal to';
    errors.push(
      invalid(path, value, `${path} in body should be ${words} ${maximum}`),
    );
  }
  if (
    minimum !== undefined &&
    (schema.exclusiveMinimum ? value <= minimum : value < minimum)
  ) {
    const words = schema.exclusiveMinimum
      ? 'greater than'
      : 'greater than or equal to';
    errors.push(
      invalid(path, value, `${path} in body should be ${words} ${minimum}`),
    );
  }
  if (multipleOf && !Number.isInteger(value / multipleOf)) {
    errors.push(
      invalid(
        path,
        value,
        `${path} in body should be a multiple of ${multipleOf}`,
      ),
    );
  }
  return errors;
}

function validateArray(
  value: unknown[],
  schema: Schema,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (schema.maxItems !== undefined && value.length > schema.maxItems) {
    errors.push(tooMany(path, value.length, schema.maxItems));
  }
  if (schema.minItems !== undefined && value.length < schema.minItems) {
    errors.push(
      invalid(
        path,
        value.length,
        `${path} in body should have at least ${schema.minItems} items`,
      ),
    );
  }
  if (schema.items) {
    const { items } = schema;
    value.forEach((item, index) => {
      errors.push(...validateSchema(item, items, `${path}[${index}]`));
    });
  }
  return errors;
}

function validateObject(
  value: Json,
  schema: Schema,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const at = (key: string) => (path ? `${path}.${key}` : key);
  for (const key of schema.required ?? []) {
    if (value[key] === undefined) errors.push(required(at(key)));
  }
  const count = Object.keys(value).length;
  if (schema.maxProperties !== undefined && count > schema.maxProperties) {
    errors.push({
      ...tooMany(path, count, schema.maxProperties),
      message: `Too many: ${count}: must have at most ${schema.maxProperties} items`,
    });
  }
  if (schema.minProperties !== undefined && count < schema.minProperties) {
    errors.push(
      invalid(
        path,
        count,
        `${path} in body should have at least ${schema.minProperties} properties`,
      ),
    );
  }
  if (schema['x-kubernetes-embedded-resource']) {
    for (const key of ['apiVersion', 'kind']) {
      if (!value[key]) errors.push(required(at(key), 'must not be empty'));
    }
  }
  const isResource = path === '' || schema['x-kubernetes-embedded-resource'];
  for (const key of Object.keys(value).sort()) {
    if (isResource && ['apiVersion', 'kind', 'metadata'].includes(key))
      continue;
    const field = fieldSchema(schema, key);
    if (field) errors.push(...validateSchema(value[key], field, at(key)));
  }
  return errors;
}

function validateJunctors(
  value: unknown,
  schema: Schema,
  path: string,
): FieldError[] {
  const valid = (other: Schema) =>
    validateSchema(value, other, path).length === 0;
  const errors = (schema.allOf ?? []).flatMap(other =>
    validateSchema(value, other, path),
  );
  if (schema.anyOf && !schema.anyOf.some(valid)) {
    errors.push(
      invalid(
        path,
        summary(value),
        `${path} in body must validate at least one schema (anyOf)`,
      ),
    );
  }
  if (schema.oneOf && schema.oneOf.filter(valid).length !== 1) {
    errors.push(
      invalid(
        path,
        summary(value),
        `${path} in body must validate one and only one schema (oneOf)`,
      ),
    );
  }
  if (schema.not && valid(schema.not)) {
    errors.push(
      invalid(
        path,
        summary(value),
        `${path} in body must not validate the schema (not)`,
      ),
    );
  }
  return errors;
}

function summary(value: unknown): unknown {
  return typeof value === 'object' ? typeOf(value) : value;
}

const patterns = new Map<string, RegExp>();

function patternOf(source: string): RegExp {
  let pattern = patterns.get(source);
  if (!pattern) {
    pattern = new RegExp(source.replace(/\(\?P</g, '(?<'), 'u');
    patterns.set(source, pattern);
  }
  return pattern;
}
