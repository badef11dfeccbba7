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

import { Json } from '../schema/json';

/** A label selector as a query: `a=b,c in (d,e),f,!g`. */
export function selectorText(selector: Json | undefined): string {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  const equal = Object.entries(matchLabels).map(
    ([key, value]) => `${key}=${value}`,
  );
  const others = matchExpressions.map(({ key, operator, values }: Json) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    const list = [...(values ?? [])].sort().join(',');
    return `${key} ${String(operator).toLowerCase()} (${list})`;
  });
  return [...equal, ...others].sort().join(',');
}
