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

import { ApiMachinery } from '../ApiMachinery';
import { KubeObject, NewObject } from '../ClusterApi';
import { StatusError } from '../errors/StatusError';
import { WriteOptions } from '../resources/ResourceType';

/** The API machinery without HTTP, for one test file. */
export function startMachinery(): ApiMachinery {
  const machinery = new ApiMachinery('ca');
  afterAll(() => machinery.stop());
  return machinery;
}

/** Options of a write by a test, with what it was warned of. */
export function writeOptions(
  manager = 'test',
): WriteOptions & { warnings: string[] } {
  const warnings: string[] = [];
  return {
    user: { name: 'test', groups: ['system:masters'] },
    manager,
    fieldValidation: 'Warn',
    warn: text => warnings.push(text),
    warnings,
  };
}

/** A ConfigMap in the default namespace. */
export function configMap(
  name: string,
  rest: { metadata?: Partial<KubeObject['metadata']>; data?: object } = {},
): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    ...rest,
    metadata: { name, namespace: 'default', ...rest.metadata },
  };
}

/** Lets the controllers of the API have their turn until something is so. */
export async function eventually(isSo: () => boolean, milliseconds = 2000) {
  const until = Date.now() + milliseconds;
  while (!isSo()) {
    if (Date.now() > until) throw new Error('it did not come to pass');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

/** The refusal that something throws. */
export function refusalOf(action: () => unknown): StatusError {
  try {
    action();
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}
