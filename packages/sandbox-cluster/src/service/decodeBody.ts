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

import { KubeObject } from '../ClusterApi';
import { badRequest, invalidObject } from '../errors/StatusError';
import { invalid } from '../errors/FieldError';
import {
  apiVersionOf,
  ResourceType,
  WriteOptions,
} from '../resources/ResourceType';
import { decodeBuiltIn } from '../schema/decode';
import { isObject, Json } from '../schema/json';
import { prune } from '../schema/prune';
import { applyDefaults } from '../schema/defaults';
import { decodeObjectMeta } from './objectMeta';

/**
 * Turns a JSON body into an object of a type: type meta checked, unknown fields dropped (with a
 * warning or a refusal, as fieldValidation asks), defaults filled in. Works in place.
 */
export function decodeBody(
  type: ResourceType,
  body: unknown,
  options: WriteOptions,
): KubeObject {
  if (!isObject(body)) {
    throw badRequest(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${
        Array.isArray(body) ? 'array' : typeof body
      } into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    );
  }
  checkTypeMeta(type, body);
  const problems = [
    ...(options.duplicates ?? []).map(field => `duplicate field "${field}"`),
    ...readFields(type, body).map(field => `unknown field "${field}"`),
  ];
  reportProblems(type, problems, options);
  const object = body as KubeObject;
  type.strategy.setDefaults?.(object);
  return object;
}

function checkTypeMeta(type: ResourceType, body: Json) {
  const expected = apiVersionOf(type);
  if (type.builtIn) {
    body.apiVersion ??= expected;
    body.kind ??= type.kind;
  } else if (!body.kind) {
    throw badRequest(`Object 'Kind' is missing in '${JSON.stringify(body)}'`);
  }
  if (body.apiVersion !== expected) {
    throw badRequest(
      `the API version in the data (${
        body.apiVersion ?? ''
      }) does not match the expected API version (${expected})`,
    );
  }
  if (type.builtIn && body.kind !== type.kind) {
    throw badRequest(
      `${body.kind} in version "${type.version}" cannot be handled as a ${type.kind}: no kind "${body.kind}" is registered for version "${expected}"`,
    );
  }
}

function readFields(type: ResourceType, body: Json): string[] {
  if (body.metadata === undefined || body.metadata === null) body.metadata = {};
  if (type.builtIn) {
    return decodeBuiltIn(body, type.schema, type.kind, type.version).unknown;
  }
  const unknown = decodeObjectMeta(body, type);
  unknown.push(...prune(body, type.schema, { isRoot: true }));
  applyDefaults(body, type.schema);
  return unknown;
}

function reportProblems(
  type: ResourceType,
  problems: string[],
  options: WriteOptions,
) {
  if (problems.length === 0 || options.fieldValidation === 'Ignore') return;
  if (options.fieldValidation === 'Strict') {
    throw badRequest(
      `${type.kind} in version "${type.version}" cannot be handled as a ${
        type.kind
      }: strict decoding error: ${problems.join(', ')}`,
    );
  }
  problems.forEach(options.warn);
}

/** A custom resource whose body names another kind. */
export function checkCustomKind(type: ResourceType, object: KubeObject) {
  if (type.builtIn || object.kind === type.kind) return;
  throw invalidObject(
    { group: type.group, kind: object.kind },
    object.metadata.name ?? '',
    [invalid('kind', object.kind, `must be ${type.kind}`)],
  );
}
