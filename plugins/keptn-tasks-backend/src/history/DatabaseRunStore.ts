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
  Attempt,
  Run,
  RunCounts,
  RunDetail,
  RunPage,
} from 'backstage-plugin-keptn-tasks-common';
import type { Knex } from 'knex';
import type { RecordedRun, RunUpdate } from '../domain/task/TaskPlan';
import { Coalescer } from './Coalescer';
import { chunked, isUuid } from './columns';
import { countRuns } from './operations/countRuns';
import { selectRuns } from './operations/findRows';
import { importRuns } from './operations/importRuns';
import { listRuns } from './operations/listRuns';
import { markRun } from './operations/markRun';
import { pruneRuns } from './operations/pruneRuns';
import { recentRuns, type RecentRuns } from './operations/recentRuns';
import { reserveRun } from './operations/reserveRun';
import { runDetail } from './operations/runDetail';
import { saveAttempts } from './operations/saveAttempts';
import { sightTasks } from './operations/sightTasks';
import { lastSequence, transitionsAfter } from './operations/transitionsAfter';
import { updateRuns, type UpdateResult } from './operations/updateRuns';
import { toRun } from './rows';
import type {
  PendingReservation,
  RunFilter,
  RunReservation,
  RunStore,
  RunTransition,
  TaskSighting,
} from './RunStore';
import { ScopeRegistry } from './ScopeRegistry';
import { SnapshotRegistry } from './SnapshotRegistry';
import type { BigIntColumn } from './tables';

/** Runs in SQL. Each operation has a file of its own; here is what they share. */
export class DatabaseRunStore implements RunStore {
  readonly #knex: Knex;
  readonly #scopes: ScopeRegistry;
  readonly #snapshots: SnapshotRegistry;
  readonly #now: () => number;
  #onTransition: (ended: string[]) => void = () => {};
  readonly #sightings: Coalescer<TaskSighting, RecordedRun>;
  readonly #updates: Coalescer<{ id: string; update: RunUpdate }, UpdateResult>;

  constructor(knex: Knex, options: { now?: () => number } = {}) {
    this.#knex = knex;
    this.#now = options.now ?? Date.now;
    this.#scopes = new ScopeRegistry(knex);
    this.#snapshots = new SnapshotRegistry(knex, this.#now);
    this.#sightings = new Coalescer(sightings => this.#sight(sightings), {
      // The first of a burst should be at work before the last is recorded.
      maxItems: 100,
    });
    this.#updates = new Coalescer(updates => this.#update(updates));
  }

  /**
   * Tells a listener each time that this process has added to the stream of transitions, and which runs it has ended by
   * that: each is told once, whoever restarts and however many replicas there are.
   */
  onTransition(listener: (ended: string[]) => void): void {
    this.#onTransition = listener;
  }

  async sight(sighting: TaskSighting): Promise<RecordedRun> {
    return this.#sightings.add(sighting);
  }

  async update(id: string, update: RunUpdate): Promise<RecordedRun> {
    const result = await this.#updates.add({ id, update });
    if (result instanceof Error) throw result;
    return result;
  }

  async settled(cluster: string, uids: string[]): Promise<Set<string>> {
    const settled = new Set<string>();
    for (const chunk of chunked(uids, 1000)) {
      const rows: { task_uid: string }[] = await this.#knex('runs')
        .select('task_uid')
        .where('cluster', cluster)
        .whereIn('task_uid', chunk)
        .whereNotNull('finished_at')
        .where('logs_stored', true);
      for (const row of rows) settled.add(row.task_uid);
    }
    return settled;
  }

  async importFinished(
    runs: { sighting: TaskSighting; update: RunUpdate }[],
  ): Promise<void> {
    await importRuns(this.#shared(), runs);
  }

  async taskDeleted(cluster: string, uid: string, at: string): Promise<void> {
    await this.#mark({ cluster, task_uid: uid }, 'TaskDeleted', {
      at,
      message:
        'The KeptnTask was deleted before it had finished; its Job and Pods went with it.',
    });
  }

  async listUnfinished(
    cluster: string,
  ): Promise<
    { id: string; uid?: string; namespace: string; taskName: string }[]
  > {
    const rows = await selectRuns(this.#knex)
      .where('runs.cluster', cluster)
      .whereNull('runs.finished_at')
      .orderBy('runs.created_at');
    return rows.map(row => ({
      id: row.id,
      uid: row.task_uid ?? undefined,
      namespace: row.namespace,
      taskName: row.task_name,
    }));
  }

  async reserve(
    reservation: RunReservation,
  ): Promise<{ runId: string; created: boolean }> {
    const result = await reserveRun(this.#shared(), reservation);
    if (result.created) this.#onTransition([]);
    return result;
  }

  async pendingReservations(before: string): Promise<PendingReservation[]> {
    const rows = await selectRuns(this.#knex)
      .whereNull('runs.finished_at')
      .whereNull('runs.task_uid')
      .where('runs.created_at', '<', Date.parse(before))
      .orderBy('runs.created_at')
      .limit(500);
    return rows.map(row => ({
      id: row.id,
      cluster: row.cluster,
      namespace: row.namespace,
      taskName: row.task_name,
    }));
  }

  async failReservation(
    id: string,
    reason: string,
    message: string,
    at: string,
  ): Promise<void> {
    if (!isUuid(id)) return;
    await this.#mark({ id, task_uid: null }, reason, { at, message });
  }

  async requestCancel(id: string): Promise<void> {
    if (!isUuid(id)) return;
    await this.#knex('runs')
      .where({ id })
      .whereNull('finished_at')
      .update({ cancel_requested: true });
  }

  async get(id: string): Promise<Run | undefined> {
    if (!isUuid(id)) return undefined;
    const row = await selectRuns(this.#knex).where('runs.id', id).first();
    return row && toRun(row);
  }

  async getDetail(
    id: string,
    visible?: Pick<RunFilter, 'entityRef' | 'places'>,
  ): Promise<Omit<RunDetail, 'logTail'> | undefined> {
    return isUuid(id) ? runDetail(this.#knex, id, visible) : undefined;
  }

  async getTaskSpec(id: string): Promise<unknown> {
    if (!isUuid(id)) return undefined;
    const row: { task_spec: string } | undefined = await this.#knex(
      'run_inputs',
    )
      .join('runs', 'runs.seq', 'run_inputs.run_seq')
      .where('runs.id', id)
      .first('run_inputs.task_spec');
    return row && JSON.parse(row.task_spec);
  }

  async list(
    filter: RunFilter,
    page: { limit: number; cursor?: string },
  ): Promise<RunPage> {
    return listRuns(this.#knex, filter, page);
  }

  async count(
    filter: Omit<RunFilter, 'states'>,
    limit: number,
  ): Promise<RunCounts> {
    return countRuns(this.#knex, filter, limit);
  }

  async recentByDefinition(
    places: { cluster: string; namespace: string; definition: string }[],
    visible?: Parameters<RunStore['recentByDefinition']>[1],
  ): Promise<Map<string, RecentRuns>> {
    return recentRuns(this.#knex, places, visible);
  }

  async saveAttempt(id: string, attempt: Attempt): Promise<void> {
    await this.#knex.transaction(async tx => {
      const row: { seq: BigIntColumn } | undefined = await tx('runs')
        .where({ id })
        .first('seq')
        .forUpdate();
      if (!row) return;
      await saveAttempts(tx, [{ runSeq: row.seq, attempt }]);
      await tx('runs')
        .where('seq', row.seq)
        .where('attempts', '<', attempt.number)
        .update({ attempts: attempt.number });
    });
  }

  async setLogsStored(id: string): Promise<void> {
    await this.#knex('runs').where({ id }).update({ logs_stored: true });
  }

  async transitionsAfter(
    sequence: number,
    limit: number,
  ): Promise<RunTransition[]> {
    return transitionsAfter(this.#knex, sequence, limit);
  }

  async lastSequence(): Promise<number> {
    return lastSequence(this.#knex);
  }

  async prune(options: {
    before?: string;
    keepPerDefinition?: number;
    limit: number;
  }): Promise<number> {
    const deleted = await pruneRuns(this.#knex, options);
    if (deleted < options.limit) await this.#snapshots.prune(options.limit);
    return deleted;
  }

  async #sight(sightings: TaskSighting[]): Promise<RecordedRun[]> {
    const { recorded, added } = await sightTasks(this.#shared(), sightings);
    if (added > 0) this.#onTransition([]);
    return recorded;
  }

  async #update(
    updates: { id: string; update: RunUpdate }[],
  ): Promise<UpdateResult[]> {
    const { results, steps, ended } = await updateRuns(this.#shared(), updates);
    if (steps > 0) this.#onTransition(ended);
    return results;
  }

  /** Ends an unfinished run as Failed, whatever the cluster still says. */
  async #mark(
    where: Record<string, string | null>,
    reason: string,
    options: { at: string; message: string },
  ): Promise<void> {
    const ended = await markRun(this.#knex, where, {
      reason,
      message: options.message,
      at: Date.parse(options.at),
    });
    if (ended.length > 0) this.#onTransition(ended);
  }

  #shared() {
    return {
      knex: this.#knex,
      scopes: this.#scopes,
      snapshots: this.#snapshots,
      now: this.#now,
    };
  }
}
