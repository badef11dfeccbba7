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

/** The environment of validation rules. */
export function ruleEnvironment(): Environment {
  return extendedEnvironment()
    .registerVariable('self', 'dyn')
    .registerVariable('oldSelf', 'dyn');
}

/** CEL with the extensions of Kubernetes that the library does not bring along. */
export function extendedEnvironment(): Environment {
  const environment = new Environment({
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
  });
  environment.registerFunction(
    'string.find(string): string',
    (text: string, pattern: string) =>
      new RegExp(pattern).exec(text)?.[0] ?? '',
  );
  environment.registerFunction(
    'string.findAll(string): list',
    (text: string, pattern: string) =>
      text.match(new RegExp(pattern, 'g')) ?? [],
  );
  environment.registerFunction('list.isSorted(): bool', (list: unknown[]) =>
    list.every((item, i) => i === 0 || (list[i - 1] as any) <= (item as any)),
  );
  environment.registerFunction('list.sum(): dyn', (list: unknown[]) =>
    list.reduce((sum: any, item: any) => sum + item, zeroOf(list)),
  );
  environment.registerFunction('list.min(): dyn', (list: unknown[]) =>
    list.reduce((a: any, b: any) => (b < a ? b : a)),
  );
  environment.registerFunction('list.max(): dyn', (list: unknown[]) =>
    list.reduce((a: any, b: any) => (b > a ? b : a)),
  );
  return environment;
}

function zeroOf(list: unknown[]): unknown {
  return typeof list[0] === 'number' ? 0 : 0n;
}
