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
import { chunked } from './columns';
import type { ScopeRow } from './tables';

type Scope = Omit<ScopeRow, 'id'>;

/** The ids of scopes, made when first needed. They are never deleted, so they may be remembered. */
export class ScopeRegistry {
  readonly #knex: Knex;
  readonly #ids = new Map<string, number>();

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Makes sure that these scopes have ids. Not to be called within a transaction: an id that is rolled back would be
   * remembered.
   */
  async ensure(scopes: Scope[]): Promise<void> {
    const missing = new Map<string, Scope>();
    for (const scope of scopes) {
      const key = keyOf(scope);
      if (!this.#ids.has(key)) missing.set(key, scope);
    }
    for (const chunk of chunked([...missing.values()], 100)) {
      await this.#knex('run_scopes')
        .insert(
          chunk.map(({ entity_ref, cluster, namespace }) => ({
            entity_ref,
            cluster,
            namespace,
          })),
        )
        .onConflict(['entity_ref', 'cluster', 'namespace'])
        .ignore();
      const rows = await this.#knex<ScopeRow>('run_scopes')
        .select()
        .whereIn(
          'entity_ref',
          chunk.map(scope => scope.entity_ref),
        )
        .whereIn(
          'cluster',
          chunk.map(scope => scope.cluster),
        );
      for (const row of rows) this.#ids.set(keyOf(row), row.id);
    }
  }

  /** The id of a scope that was ensured before. */
  idOf(scope: Scope): number {
    const id = this.#ids.get(keyOf(scope));
    if (id === undefined) throw new Error(`Scope ${keyOf(scope)} has no id`);
    return id;
  }
}

function keyOf(scope: Scope): string {
  return `${scope.cluster}/${scope.namespace} ${scope.entity_ref}`;
}
