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
import type { ReleaseTransition } from '../ReleaseStore';
import { defined } from '../rows';
import type { BigIntColumn } from '../tables';

/** Steps of releases after a sequence number, oldest first. */
export async function releaseStepsAfter(
  knex: Knex,
  sequence: number,
  limit: number,
): Promise<ReleaseTransition[]> {
  const rows = await knex('release_transitions')
    .join('releases', 'releases.seq', 'release_transitions.release_seq')
    .join('release_subjects', 'release_subjects.id', 'releases.subject_id')
    .select(
      'release_transitions.sequence',
      'releases.id',
      'release_subjects.cluster',
      'release_subjects.namespace',
      'release_subjects.kind',
      'release_subjects.app_name',
      'release_subjects.workload_name',
    )
    .where('release_transitions.sequence', '>', sequence)
    .orderBy('release_transitions.sequence')
    .limit(limit);
  return rows.map(row =>
    defined<ReleaseTransition>({
      sequence: Number(row.sequence),
      releaseId: row.id,
      cluster: row.cluster,
      namespace: row.namespace,
      kind: row.kind,
      appName: row.app_name,
      workloadName: row.workload_name || undefined,
    }),
  );
}

/** The number of the newest step; 0 when there is none. */
export async function lastReleaseStep(knex: Knex): Promise<number> {
  const row: { last_sequence: BigIntColumn } = await knex('release_stream')
    .where('id', 1)
    .first('last_sequence');
  return Number(row.last_sequence);
}
