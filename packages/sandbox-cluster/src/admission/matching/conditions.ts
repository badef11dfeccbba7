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
  AdmissionExpression,
  AdmissionVariables,
  compileAdmission,
} from '../../cel/admissionExpression';
import { Json } from '../../schema/json';

/** A compiled match condition. */
export interface MatchCondition {
  name: string;
  evaluate: AdmissionExpression;
}

/** What the conditions say together; an error only counts where none of them says no. */
export type MatchResult = { matches: boolean } | { error: string };

/** Compiles the match conditions of a webhook or a policy. Throws what does not compile. */
export function compileConditions(
  conditions: readonly Json[] | undefined,
  names: readonly string[],
): MatchCondition[] {
  return (conditions ?? []).map(({ name, expression }) => ({
    name,
    evaluate: compileAdmission(expression, names),
  }));
}

/** Whether all conditions are met. */
export function allMet(
  conditions: readonly MatchCondition[],
  variables: AdmissionVariables,
): MatchResult {
  let error: string | undefined;
  for (const { name, evaluate } of conditions) {
    try {
      const value = evaluate(variables);
      if (value === false) return { matches: false };
      if (value !== true) {
        error ??= `matchCondition '${name}': must evaluate to bool`;
      }
    } catch (problem) {
      error ??= (problem as Error).message;
    }
  }
  return error === undefined ? { matches: true } : { error };
}
