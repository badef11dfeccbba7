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

/**
 * Adds `map.transformMap(key, value, transform)` and the form with a filter before the transform, of CEL's two-variable
 * comprehensions.
 */
export function addTransformMap(environment: Environment) {
  const expand = ({ ast, args, receiver }: any) => ({
    ast,
    receiver,
    names: [args[0].args, args[1].args],
    filter: args.length === 4 ? args[2] : undefined,
    transform: args[args.length - 1],
    typeCheck,
    evaluate,
  });
  environment.registerFunction('map.transformMap(ast, ast, ast): map', expand);
  environment.registerFunction(
    'map.transformMap(ast, ast, ast, ast): map',
    expand,
  );
}

// The library hands its checker, its evaluator and the scopes of variables to macros without naming their types.
function typeCheck(checker: any, macro: any, context: any): unknown {
  checker.check(macro.receiver, context);
  const dyn = checker.getType('dyn');
  const [key, value] = macro.names;
  macro.keyScope = context.forkWithVariable(key, checker.getType('string'));
  macro.valueScope = macro.keyScope.forkWithVariable(value, dyn);
  if (macro.filter) checker.check(macro.filter, macro.valueScope);
  checker.check(macro.transform, macro.valueScope);
  return checker.getType('map');
}

function evaluate(evaluator: any, macro: any, context: any): unknown {
  const source = evaluator.eval(macro.receiver, context);
  const entries: Array<[string, unknown]> =
    source instanceof Map ? [...source] : Object.entries(source);
  const result: Record<string, unknown> = {};
  for (const [key, value] of entries) {
    const outer = macro.keyScope.reuse(context).setIterValue(key, evaluator);
    const scope = macro.valueScope.reuse(outer).setIterValue(value, evaluator);
    if (macro.filter && evaluator.eval(macro.filter, scope) !== true) continue;
    result[key] = evaluator.eval(macro.transform, scope);
  }
  return result;
}
