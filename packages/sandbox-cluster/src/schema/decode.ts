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

import { isQuantity } from '../builtin/quantity';
import { badRequest } from '../errors/StatusError';
import { isObject, Json } from './json';
import { fieldSchema, Schema } from './Schema';

const GO_KINDS: Record<string, string> = {
  string: 'string',
  integer: 'int32',
  number: 'float64',
  boolean: 'bool',
};

/** What decoding a built-in object found. */
export interface Decoded {
  /** Paths of fields that the kind does not have; they are dropped. */
  unknown: string[];
}

class Decoder {
  readonly unknown: string[] = [];

  constructor(private readonly refuse: (message: string) => Error) {}

  struct(
    object: Json,
    schema: Schema,
    goType: string,
    path: string,
    plainPath: string,
  ) {
    for (const key of Object.keys(object)) {
      const field = fieldSchema(schema, key);
      const isMap = !schema.properties;
      const at = isMap ? `${path}[${key}]` : join(path, key);
      // Go names the path without list indexes and map keys.
      const plain = isMap ? plainPath : join(plainPath, key);
      if (!field) {
        if (schema['x-kubernetes-preserve-unknown-fields']) continue;
        this.unknown.push(isMap ? join(path, key) : at);
        delete object[key];
        continue;
      }
      if (object[key] === null) {
        delete object[key];
        continue;
      }
      this.value(object[key], field, goType, at, plain);
    }
  }

  private value(
    value: unknown,
    schema: Schema,
    owner: string,
    path: string,
    plain: string,
  ) {
    if (schema['x-kubernetes-int-or-string']) {
      if (typeof value !== 'string' && typeof value !== 'number') {
        throw this.mismatch(value, owner, plain, 'intstr.IntOrString');
      }
      if (schema.format === 'quantity' && !isQuantity(value)) {
        throw this.refuse(
          "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        );
      }
      return;
    }
    switch (schema.type) {
      case 'object':
        if (!isObject(value)) {
          throw this.mismatch(value, owner, plain, goName(schema));
        }
        this.struct(value, schema, schema['x-go-type'] ?? owner, path, plain);
        return;
      case 'array':
        if (!Array.isArray(value)) {
          throw this.mismatch(value, owner, plain, goName(schema));
        }
        value.forEach((item, index) => {
          if (schema.items && item !== null) {
            this.value(item, schema.items, owner, `${path}[${index}]`, plain);
          }
        });
        return;
      default:
        this.scalar(value, schema, owner, plain);
    }
  }

  private scalar(value: unknown, schema: Schema, owner: string, plain: string) {
    const fits =
      schema.type === undefined ||
      (schema.type === 'integer'
        ? Number.isInteger(value)
        : typeof value === schema.type);
    if (!fits) throw this.mismatch(value, owner, plain, goName(schema));
    if (schema.format && typeof value === 'string') {
      const problem = formatProblem(schema.format, value);
      if (problem) throw this.refuse(problem);
    }
  }

  private mismatch(value: unknown, owner: string, path: string, want: string) {
    const got =
      typeof value === 'number' && !Number.isInteger(value)
        ? `number ${value}`
        : jsonKind(value);
    return this.refuse(
      `json: cannot unmarshal ${got} into Go struct field ${owner}.${path} of type ${want}`,
    );
  }
}

function formatProblem(format: string, value: string): string | undefined {
  switch (format) {
    case 'byte': {
      const position = value.replace(/[\r\n]/g, '').search(/[^A-Za-z0-9+/=]/);
      if (position >= 0) return `illegal base64 data at input byte ${position}`;
      return value.replace(/[\r\n]/g, '').length % 4 === 0
        ? undefined
        : `illegal base64 data at input byte ${
            value.length - (value.length % 4)
          }`;
    }
    case 'date-time':
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(
        value,
      )
        ? undefined
        : `parsing time ${JSON.stringify(
            value,
          )} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(
            value,
          )} as "2006"`;
    case 'micro-time': {
      if (
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|[+-]\d\d:\d\d)$/.test(value)
      ) {
        return undefined;
      }
      const rest = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(.*)$/.exec(value)?.[1];
      return `parsing time ${JSON.stringify(
        value,
      )} as "2006-01-02T15:04:05.000000Z07:00": cannot parse ${JSON.stringify(
        rest ?? value,
      )} as ${rest === undefined ? '"2006"' : '".000000"'}`;
    }
    default:
      return undefined;
  }
}

function goName(schema: Schema): string {
  if (schema.type === 'array') return `[]${goName(schema.items ?? {})}`;
  if (schema.type === 'object') {
    if (schema['x-go-type']) return `v1.${schema['x-go-type']}`;
    const values = schema.additionalProperties;
    return typeof values === 'object'
      ? `map[string]${goName(values)}`
      : 'map[string]interface {}';
  }
  if (schema.format === 'int64') return 'int64';
  if (schema.format === 'byte') return '[]uint8';
  return GO_KINDS[schema.type ?? ''] ?? 'interface {}';
}

function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key;
}

/**
 * Reads a JSON value into a built-in kind the way the API server's decoder does: unknown fields are
 * dropped and reported, nulls vanish, values of a wrong type are a 400. Works in place.
 */
export function decodeBuiltIn(
  object: Json,
  schema: Schema,
  kind: string,
  version: string,
): Decoded {
  const decoder = new Decoder(message =>
    badRequest(
      `${kind} in version "${version}" cannot be handled as a ${kind}: ${message}`,
    ),
  );
  decoder.struct(object, schema, kind, '', '');
  return { unknown: decoder.unknown };
}
