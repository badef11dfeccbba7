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
import { appendSteps, stepTo } from './appendSteps';
import { applyDeletion } from './applySighting';
import { storeReleases } from './saveReleases';
import type { ReleaseRow } from './tables';

/** Ends what was unfinished of an object that is gone. Returns how many releases have changed. */
export async function deleteObject(
  knex: Knex,
  { cluster, uid }: { cluster: string; uid: string },
  at: number,
): Promise<number> {
  return knex.transaction(async tx => {
    const rows: ReleaseRow[] = await tx<ReleaseRow>('releases')
      .select()
      .where({ cluster, object_uid: uid })
      .whereNull('deleted_at')
      .orderBy('seq')
      .forUpdate();
    const gone = rows.map(row => applyDeletion(row, at));
    await storeReleases(tx, gone);
    await appendSteps(
      tx,
      gone.map(row => stepTo(row, at)),
    );
    return gone.length;
  });
}
