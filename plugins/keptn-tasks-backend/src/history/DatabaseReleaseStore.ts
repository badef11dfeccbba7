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

import type {
  Release,
  ReleaseDetail,
  ReleasePage,
} from 'backstage-plugin-keptn-tasks-common';
import type { Knex } from 'knex';
import { Coalescer } from './Coalescer';
import { isUuid, toMillis, toText } from './columns';
import { activateRelease } from './releases/activateRelease';
import { currentReleases } from './releases/currentReleases';
import { deleteObject } from './releases/deleteObject';
import { findHashes, keyOf, selectReleases } from './releases/findRows';
import { listReleases } from './releases/listReleases';
import { findLive, isCurrent } from './releases/liveReleases';
import { listProblems, saveProblems } from './releases/problems';
import { pruneReleases } from './releases/pruneReleases';
import { releaseDetail } from './releases/releaseDetail';
import { lastReleaseStep, releaseStepsAfter } from './releases/releaseStream';
import { hashOf, toRelease } from './releases/rows';
import { saveReleases } from './releases/saveReleases';
import { SubjectRegistry } from './releases/SubjectRegistry';
import type { SubjectReleaseRow } from './releases/tables';
import { withRunIds } from './releases/withRunIds';
import type {
  ReleaseFilter,
  ReleaseSighting,
  ReleaseStore,
  ReleaseTransition,
  WorkloadProblem,
} from './ReleaseStore';

/** Activations that wait for their release. More than this were told of objects that nobody saves. */
const MAX_WAITING = 10_000;

/** Releases in SQL. Each operation has a file of its own; here is what they share. */
export class DatabaseReleaseStore implements ReleaseStore {
  readonly #knex: Knex;
  readonly #subjects: SubjectRegistry;
  readonly #now: () => number;
  #onTransition = () => {};
  /** Most looks find nothing new; those never get as far as a transaction. */
  readonly #looks: Coalescer<ReleaseSighting, string | undefined>;
  readonly #saves: Coalescer<ReleaseSighting, string>;
  /** Times at which versions were activated that were not saved yet, by cluster and uid. */
  readonly #waiting = new Map<string, string>();

  constructor(knex: Knex, options: { now?: () => number } = {}) {
    this.#knex = knex;
    this.#now = options.now ?? Date.now;
    this.#subjects = new SubjectRegistry(knex);
    this.#looks = new Coalescer(sightings => this.#look(sightings), {
      // Reading costs no commit.
      burstWaitMs: 0,
    });
    this.#saves = new Coalescer(sightings => this.#save(sightings));
  }

  /** Tells a listener each time that this process has added to the stream of transitions. */
  onTransition(listener: () => void): void {
    this.#onTransition = listener;
  }

  async save(sighting: ReleaseSighting): Promise<string> {
    const id =
      (await this.#looks.add(sighting)) ?? (await this.#saves.add(sighting));
    const { cluster, uid } = sighting;
    const activatedAt = this.#waiting.get(`${cluster} ${uid}`);
    if (activatedAt !== undefined) {
      await this.activate(cluster, uid, activatedAt);
    }
    return id;
  }

  async activate(cluster: string, uid: string, at: string): Promise<void> {
    const now = this.#now();
    const result = await activateRelease(
      this.#knex,
      { cluster, uid },
      { at: toMillis(at) ?? now, now },
    );
    const key = `${cluster} ${uid}`;
    if (result === 'unknown') {
      if (this.#waiting.size < MAX_WAITING) this.#waiting.set(key, at);
      return;
    }
    this.#waiting.delete(key);
    if (result === 'activated') this.#onTransition();
  }

  async objectDeleted(cluster: string, uid: string, at: string): Promise<void> {
    this.#waiting.delete(`${cluster} ${uid}`);
    const changed = await deleteObject(
      this.#knex,
      { cluster, uid },
      toMillis(at) ?? this.#now(),
    );
    if (changed > 0) this.#onTransition();
  }

  async listUnfinished(
    cluster: string,
  ): Promise<{ id: string; uid: string }[]> {
    return findLive(this.#knex, cluster);
  }

  async saveProblems(
    cluster: string,
    namespace: string,
    problem: WorkloadProblem,
  ): Promise<void> {
    const told = await saveProblems(
      this.#knex,
      { cluster, namespace },
      problem,
      this.#now(),
    );
    if (told) this.#onTransition();
  }

  async listProblems(
    places: ReleaseFilter['places'],
  ): Promise<(WorkloadProblem & { cluster: string; namespace: string })[]> {
    return listProblems(this.#knex, places);
  }

  async get(id: string): Promise<Release | undefined> {
    const row = await this.#find(id);
    return row && (await withRunIds(this.#knex, [toRelease(row)]))[0];
  }

  async getObject(
    id: string,
  ): Promise<{ uid: string; attempt: number; current: boolean } | undefined> {
    const row = await this.#find(id);
    return (
      row && {
        uid: row.object_uid,
        attempt: row.attempt,
        current: await isCurrent(this.#knex, row),
      }
    );
  }

  async recordGateRelease(
    id: string,
    { by, at }: { by: string; at: string },
  ): Promise<void> {
    if (!isUuid(id)) return;
    await this.#knex('releases')
      .where({ id })
      .update({ gate_by: toText(by, 500), gate_at: toMillis(at) });
  }

  async getDetail(id: string): Promise<ReleaseDetail | undefined> {
    return isUuid(id) ? releaseDetail(this.#knex, id) : undefined;
  }

  async list(
    filter: ReleaseFilter,
    page: { limit: number; cursor?: string },
  ): Promise<ReleasePage> {
    return listReleases(this.#knex, filter, page);
  }

  async current(
    places: ReleaseFilter['places'],
    options: { previous: number; previousOf?: Release['kind'] },
  ): Promise<{ current: Release; previous: Release[] }[]> {
    return currentReleases(this.#knex, places, options);
  }

  async transitionsAfter(
    sequence: number,
    limit: number,
  ): Promise<ReleaseTransition[]> {
    return releaseStepsAfter(this.#knex, sequence, limit);
  }

  async lastSequence(): Promise<number> {
    return lastReleaseStep(this.#knex);
  }

  async prune(options: { before: string; limit: number }): Promise<number> {
    return pruneReleases(this.#knex, options);
  }

  async #find(id: string): Promise<SubjectReleaseRow | undefined> {
    if (!isUuid(id)) return undefined;
    return selectReleases(this.#knex).where('releases.id', id).first();
  }

  async #look(sightings: ReleaseSighting[]): Promise<(string | undefined)[]> {
    const known = await findHashes(this.#knex, sightings);
    return sightings.map(sighting => {
      const stored = known.get(keyOf(sighting));
      return stored?.hash === hashOf(sighting) ? stored.id : undefined;
    });
  }

  async #save(sightings: ReleaseSighting[]): Promise<string[]> {
    const { ids, steps } = await saveReleases(
      { knex: this.#knex, subjects: this.#subjects, now: this.#now },
      sightings,
    );
    if (steps > 0) this.#onTransition();
    return ids;
  }
}
