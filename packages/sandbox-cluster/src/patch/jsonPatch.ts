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

import { applyOperation, Operation } from 'fast-json-patch';
import { badRequest, StatusError } from '../errors/StatusError';
import { isObject, Json } from '../schema/json';

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

/** RFC 6902, with the API server's leniency: `replace` of a missing key adds it. Works in place. */
export function jsonPatch(target: Json, patch: unknown): Json {
  if (!Array.isArray(patch)) {
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${
        isObject(patch) ? 'object' : typeof patch
      } into Go value of type []handlers.jsonPatchOp`,
    );
  }
  let document = target;
  for (const operation of patch as Operation[]) {
    if (!OPERATIONS.includes(operation?.op)) throw rejected();
    try {
      const lenient = checkedOperation(document, operation);
      document = applyOperation(document, lenient, true).newDocument;
    } catch {
      throw rejected();
    }
  }
  return document;
}

/** An operation whose path leads somewhere; a `replace` of what is missing becomes an `add`. */
function checkedOperation(document: Json, operation: Operation): Operation {
  const { op, path } = operation;
  const steps = path.split('/').slice(1).map(unescape);
  const last = steps.pop();
  let parent: unknown = document;
  for (const step of steps) {
    parent = (parent as Json | undefined)?.[step];
    if (typeof parent !== 'object' || parent === null) throw rejected();
  }
  const isMissing = last !== undefined && (parent as Json)[last] === undefined;
  if (isMissing && op === 'remove') throw rejected();
  return isMissing && op === 'replace'
    ? { ...operation, op: 'add' }
    : operation;
}

function unescape(step: string): string {
  return step.replace(/~1/g, '/').replace(/~0/g, '~');
}

function rejected(): StatusError {
  return new StatusError(
    422,
    'Invalid',
    'the server rejected our request due to an error in our request',
    {},
  );
}
