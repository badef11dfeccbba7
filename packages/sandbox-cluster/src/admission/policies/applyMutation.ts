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
import { applySchema } from '../../apply/managers';
import { mergeApplied } from '../../apply/merge';
import { granularity } from '../../apply/listItems';
import { KubeObject } from '../../ClusterApi';
import { jsonPatch } from '../../patch/jsonPatch';
import { deepCopy, isObject, Json } from '../../schema/json';
import { fieldSchema, Schema } from '../../schema/Schema';
import { AdmissionWrite, wireObject } from '../matching/AdmissionWrite';
import { Mutation } from './compilePolicy';

/** The object with what a mutation's expression made. Throws why that cannot be applied. */
export function applyMutation(
  write: AdmissionWrite,
  object: KubeObject,
  { patchType }: Mutation,
  value: unknown,
): Json {
  const current = deepCopy(wireObject(write.type, object)) as Json;
  if (patchType === 'JSONPatch') return jsonPatch(current, readPatch(value));
  if (!isObject(value)) {
    throw new Error('unexpected return type from apply configuration');
  }
  const schema = applySchema(write.type);
  const atomic = firstAtomic(value, schema, '');
  if (atomic) {
    throw new Error(
      `error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: ${atomic}`,
    );
  }
  return mergeApplied(current, value, schema) as Json;
}

/** Apply configurations would replace what is atomic as a whole, so the API server refuses them. */
function firstAtomic(
  value: unknown,
  schema: Schema | undefined,
  path: string,
): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const kind = granularity(value, schema);
  if (kind === 'atomic') return path;
  const parts: Array<[string, unknown, Schema | undefined]> = Array.isArray(
    value,
  )
    ? value.map(item => ['[]', item, schema?.items])
    : Object.entries(value).map(([key, item]) => [
        `.${key}`,
        item,
        fieldSchema(schema, key),
      ]);
  for (const [step, item, itemSchema] of parts) {
    const found = firstAtomic(item, itemSchema, path + step);
    if (found) return found;
  }
  return undefined;
}

function readPatch(value: unknown): Json[] {
  if (!Array.isArray(value)) {
    throw new Error('unexpected return type from JSON patch');
  }
  for (const operation of value as Json[]) {
    if (Array.isArray(operation.value) && operation.value.some(isObject)) {
      // There the API server's handler breaks off without an answer; better to be told.
      throw new Error(
        'the value of a JSON patch operation is a list of objects, which API servers cannot take: use an apply configuration',
      );
    }
  }
  return value;
}
