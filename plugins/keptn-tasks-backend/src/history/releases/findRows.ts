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
import type { BigIntColumn } from '../tables';
import type { ReleaseRow, SubjectReleaseRow } from './tables';

/** An attempt of an object. */
export interface ReleaseKey {
  cluster: string;
  uid: string;
  attempt: number;
}

export function keyOf({ cluster, uid, attempt }: ReleaseKey): string {
  return `${cluster} ${uid} ${attempt}`;
}

export function keyOfRow(row: ReleaseRow): string {
  return keyOf({ ...row, uid: row.object_uid });
}

/** Releases with what their subjects say. */
export function selectReleases(
  knex: Knex,
): Knex.QueryBuilder<SubjectReleaseRow, SubjectReleaseRow[]> {
  return knex('releases')
    .join('release_subjects', 'release_subjects.id', 'releases.subject_id')
    .select(
      'releases.*',
      'release_subjects.kind',
      'release_subjects.app_name',
      'release_subjects.workload_name',
    );
}

/** The rows with these numbers, by number. */
export async function findBySeq(
  knex: Knex,
  seqs: BigIntColumn[],
): Promise<Map<string, SubjectReleaseRow>> {
  const found = new Map<string, SubjectReleaseRow>();
  for (const chunk of chunked(seqs, 500)) {
    const rows: SubjectReleaseRow[] = await selectReleases(knex).whereIn(
      'releases.seq',
      chunk,
    );
    for (const row of rows) found.set(String(row.seq), row);
  }
  return found;
}

/** The stored releases among these, by key. `lock` holds them until the transaction ends, always in one order. */
export async function findByKey(
  knex: Knex,
  keys: ReleaseKey[],
  options: { lock?: boolean } = {},
): Promise<Map<string, ReleaseRow>> {
  const wanted = new Set(keys.map(keyOf));
  const found = new Map<string, ReleaseRow>();
  const byCluster = new Map<string, Set<string>>();
  for (const { cluster, uid } of keys) {
    const uids = byCluster.get(cluster) ?? new Set();
    byCluster.set(cluster, uids.add(uid));
  }
  for (const [cluster, uids] of [...byCluster].sort()) {
    for (const chunk of chunked([...uids].sort(), 500)) {
      const query = knex<ReleaseRow>('releases')
        .select()
        .where('cluster', cluster)
        .whereIn('object_uid', chunk)
        .orderBy('seq');
      if (options.lock) query.forUpdate();
      for (const row of (await query) as ReleaseRow[]) {
        const key = keyOfRow(row);
        if (wanted.has(key)) found.set(key, row);
      }
    }
  }
  return found;
}

/** Which of these are stored already, with the hash of what was saved last; without those whose object had gone. */
export async function findHashes(
  knex: Knex,
  keys: ReleaseKey[],
): Promise<Map<string, Pick<ReleaseRow, 'id' | 'hash'>>> {
  const found = new Map<string, Pick<ReleaseRow, 'id' | 'hash'>>();
  const byCluster = new Map<string, string[]>();
  for (const { cluster, uid } of keys) {
    const uids = byCluster.get(cluster);
    if (uids) uids.push(uid);
    else byCluster.set(cluster, [uid]);
  }
  for (const [cluster, uids] of byCluster) {
    for (const chunk of chunked(uids, 500)) {
      const rows: ReleaseRow[] = await knex('releases')
        .select('id', 'cluster', 'object_uid', 'attempt', 'hash')
        .where('cluster', cluster)
        .whereIn('object_uid', chunk)
        .whereNull('deleted_at');
      for (const row of rows) found.set(keyOfRow(row), row);
    }
  }
  return found;
}
