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
import { chunked } from '../columns';
import type { SubjectRow } from './tables';

type Subject = Omit<SubjectRow, 'id'>;

/** The ids of apps and workloads, made when first needed. They are never deleted, so they may be remembered. */
export class SubjectRegistry {
  readonly #knex: Knex;
  readonly #ids = new Map<string, number>();

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Makes sure that these subjects have ids. Not to be called within a transaction: an id that is rolled back would be
   * remembered.
   */
  async ensure(subjects: Subject[]): Promise<void> {
    const missing = new Map<string, Subject>();
    for (const subject of subjects) {
      const key = keyOf(subject);
      if (!this.#ids.has(key)) missing.set(key, subject);
    }
    for (const chunk of chunked([...missing.values()], 100)) {
      await this.#knex('release_subjects')
        .insert(chunk)
        .onConflict([
          'cluster',
          'namespace',
          'kind',
          'app_name',
          'workload_name',
        ])
        .ignore();
      const among = (column: keyof Subject) => [
        ...new Set(chunk.map(subject => subject[column])),
      ];
      const rows = await this.#knex<SubjectRow>('release_subjects')
        .select()
        .whereIn('cluster', among('cluster'))
        .whereIn('namespace', among('namespace'))
        .whereIn('app_name', among('app_name'));
      for (const row of rows) this.#ids.set(keyOf(row), row.id);
    }
  }

  /** The id of a subject that was ensured before. */
  idOf(subject: Subject): number {
    const id = this.#ids.get(keyOf(subject));
    if (id === undefined) throw new Error(`${keyOf(subject)} has no id`);
    return id;
  }
}

function keyOf(subject: Subject): string {
  const { cluster, namespace, kind, app_name, workload_name } = subject;
  return JSON.stringify([cluster, namespace, kind, app_name, workload_name]);
}
