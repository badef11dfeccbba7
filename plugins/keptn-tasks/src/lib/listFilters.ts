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

/** What every list can be narrowed down by; the rest is one text each. */
export interface ListFilters {
  states: readonly string[];
}

/** Reads filters from a query string, without what no filter knows. */
export function filterReader(search: URLSearchParams) {
  const text = (name: string) => search.get(name) || undefined;
  return {
    text,
    oneOf: <T extends string>(name: string, known: readonly T[]) =>
      known.find(value => value === search.get(name)),
    states: <T extends string>(known: readonly T[]) =>
      known.filter(state => search.getAll('state').includes(state)),
    place: () => ({ cluster: text('cluster'), namespace: text('namespace') }),
  };
}

/** Writes filters into a query string, without what is not set. */
export function writeFilters(filters: ListFilters): URLSearchParams {
  const { states, ...rest } = filters;
  const search = new URLSearchParams();
  states.forEach(state => search.append('state', state));
  for (const [name, value] of Object.entries(rest)) {
    if (value) search.set(name, String(value));
  }
  return search;
}

/** Whether anything is narrowed down at all. */
export function hasFilters(filters: ListFilters): boolean {
  return writeFilters(filters).size > 0;
}

/** The filters as the API takes them. */
export function toListQuery<T extends ListFilters>(
  entityRef: string,
  filters: T,
): Omit<T, 'states'> & { entityRef: string; state?: T['states'] } {
  const { states, ...rest } = filters;
  return { entityRef, ...rest, state: states.length > 0 ? states : undefined };
}
