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

import { Environment } from '@marcbachmann/cel-js';
import { extendedEnvironment } from './environment';
import { jsonValue } from './jsonValue';
import { toMapLiterals } from './objectConstructors';
import { addTransformMap } from './transformMap';

/** What expressions of webhooks and policies can name. */
export interface AdmissionVariables {
  object: unknown;
  oldObject: unknown;
  request: unknown;
  /** Not for match conditions: there it has no content. */
  namespaceObject?: unknown;
  params?: unknown;
  variables?: unknown;
}

const NAMES = [
  'object',
  'oldObject',
  'request',
  'namespaceObject',
  'params',
  'variables',
] as const;

/** A compiled expression. Throws what went wrong when it cannot be evaluated. */
export type AdmissionExpression = (variables: AdmissionVariables) => unknown;

let shared: Environment | undefined;

/** Made when the first expression is compiled: it takes a while, and most clusters have none. */
function environment(): Environment {
  if (!shared) {
    shared = extendedEnvironment();
    for (const name of NAMES) shared.registerVariable(name, 'dyn');
    addTransformMap(shared);
  }
  return shared;
}

/**
 * Compiles an expression of a webhook or a policy; its value comes as JSON.
 * @throws Error that says why it is none, in one line
 */
export function compileAdmission(
  expression: string,
  names: readonly string[] = NAMES,
): AdmissionExpression {
  const text = toMapLiterals(expression);
  const parsed = oneLine(() => environment().parse(text));
  const { valid, error } = environment().check(text);
  if (!valid) throw new Error(firstLine(error));
  const unknown = NAMES.filter(name => !names.includes(name)).find(name =>
    new RegExp(`(?<![.\\w"'])${name}\\b`).test(text),
  );
  if (unknown) throw new Error(`undeclared reference to '${unknown}'`);
  return variables =>
    oneLine(() => jsonValue(parsed(variables as Record<string, any>)));
}

function oneLine<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new Error(firstLine(error));
  }
}

function firstLine(error: unknown): string {
  return ((error as Error)?.message ?? String(error)).split('\n')[0];
}
