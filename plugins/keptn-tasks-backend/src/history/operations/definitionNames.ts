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

import type { Knex } from 'knex';
import { matchesAny } from '../wildcard';

/**
 * The names of definitions that ran in a scope and match one of the patterns. Jumps from name to name in the index, so
 * its cost is the number of names and not of runs.
 */
export async function definitionNames(
  knex: Knex,
  scopeId: number,
  patterns: string[],
): Promise<string[]> {
  const exact = patterns.filter(pattern => !pattern.includes('*'));
  if (exact.length === patterns.length) return [...new Set(exact)];
  const result = await knex
    .withRecursive('names', ['name'], query =>
      query
        .from('runs')
        .min('definition_name')
        .where('scope_id', scopeId)
        .unionAll(
          knex
            .select(
              knex.raw(
                '(select min(definition_name) from runs where scope_id = ? and definition_name > names.name)',
                [scopeId],
              ),
            )
            .from('names')
            .whereNotNull('names.name'),
        ),
    )
    .select('name')
    .from('names')
    .whereNotNull('name');
  return (result as { name: string }[])
    .map(({ name }) => name)
    .filter(name => matchesAny(patterns, name));
}
