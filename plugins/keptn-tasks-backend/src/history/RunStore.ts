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
import type { RecordedRun, RunUpdate } from '../domain/task/TaskPlan';

/** A KeptnTask as the history meets it for the first time. */
export interface TaskSighting {
  cluster: string;
  uid: string;
  namespace: string;
  taskName: string;
  /** ISO time when the task appeared in the cluster. */
  createdAt: string;
  definitionName: string;
  phase: Run['phase'];
  version?: string;
  context?: Run['context'];
  /** Only what the cluster can tell: `cluster` or `release`; a reserved run keeps its own. */
  trigger: Run['trigger'];
  /** From the task's annotation `keptn-tasks/run-id`. Joined only with a reservation for the same place and name. */
  runId?: string;
  /** `spec` of the KeptnTask, to show and to repeat it. */
  taskSpec: unknown;
}

/** A run that was asked for through the portal, before its KeptnTask exists. */
export interface RunReservation {
  id: string;
  cluster: string;
  namespace: string;
  taskName: string;
  entityRef: string;
  definitionName: string;
  trigger: Run['trigger'];
  rerunOf?: string;
  context?: Run['context'];
  taskSpec: unknown;
  createdAt: string;
  idempotencyKey?: string;
}

/** Which runs somebody wants to see. All parts must hold. */
export interface RunFilter {
  /** The runs of this entity … */
  entityRef: string;
  /** … are those started for it, and those in these places that were not started for any entity. */
  places: {
    cluster: string;
    namespace: string;
    /** Names with `*` as a wildcard; all when absent. */
    definitions?: string[];
    /** Only runs whose context names this workload or app, when given. */
    workloadName?: string;
    appName?: string;
  }[];
  cluster?: string;
  namespace?: string;
  definition?: string;
  states?: Run['state'][];
  phase?: Run['phase'];
  trigger?: Run['trigger']['source'];
  after?: string;
  before?: string;
}

/** One step of a run, as the stream of transitions has it. Sequence numbers grow. */
export interface RunTransition {
  sequence: number;
  runId: string;
  cluster: string;
  namespace: string;
  entityRef?: string;
  /** The state that the step led to. */
  state?: Run['state'];
  definition?: string;
  /** What the run's context names. */
  workloadName?: string;
  appName?: string;
}

/** A reservation whose task has not been seen. */
export interface PendingReservation {
  id: string;
  cluster: string;
  namespace: string;
  taskName: string;
}

/** The runs of all clusters and what became of them. SQL on SQLite and PostgreSQL. */
export interface RunStore {
  /**
   * Adds a run for each task not seen before (unique on cluster and uid), joins it with its reservation, and returns
   * what is recorded. Calls made at the same time travel in one statement.
   */
  sight(sighting: TaskSighting): Promise<RecordedRun>;
  /**
   * Stores what a look at the task has found, and a transition when state, reason or message changed. A finished
   * run keeps its outcome, its reason and its times; attempts may still be completed.
   */
  update(id: string, update: RunUpdate): Promise<RecordedRun>;
  /** Which of these tasks have a finished run whose logs are stored. For a start with many finished tasks. */
  settled(cluster: string, uids: string[]): Promise<Set<string>>;
  /**
   * Adds finished tasks that were never recorded, as history; those known already stay as they are. Their logs count
   * as stored, and no transition is told: it happened before anybody watched.
   */
  importFinished(
    runs: { sighting: TaskSighting; update: RunUpdate }[],
  ): Promise<void>;
  /** The task was deleted: an unfinished run ends as Failed with reason TaskDeleted. */
  taskDeleted(cluster: string, uid: string, at: string): Promise<void>;
  /** Unfinished runs of a cluster, to find those whose task went away while nobody watched. */
  listUnfinished(
    cluster: string,
  ): Promise<
    { id: string; uid?: string; namespace: string; taskName: string }[]
  >;

  /** Reserves a run; an idempotency key that is known answers with its run instead. */
  reserve(
    reservation: RunReservation,
  ): Promise<{ runId: string; created: boolean }>;
  /** A reservation whose task could not be created ends as Failed. */
  failReservation(
    id: string,
    reason: string,
    message: string,
    at: string,
  ): Promise<void>;
  /** Reservations made before a time whose task has not been seen, oldest first, at most 500. */
  pendingReservations(before: string): Promise<PendingReservation[]>;
  requestCancel(id: string): Promise<void>;

  get(id: string): Promise<Run | undefined>;
  /**
   * Everything kept of a run but its log. Earlier runs to compare it with are those of the same definition in the same
   * place that `visible` lets somebody see; none without it.
   */
  getDetail(
    id: string,
    visible?: Pick<RunFilter, 'entityRef' | 'places'>,
  ): Promise<Omit<RunDetail, 'logTail'> | undefined>;
  /** What is needed to repeat a run. */
  getTaskSpec(id: string): Promise<unknown>;
  list(
    filter: RunFilter,
    page: { limit: number; cursor?: string },
  ): Promise<RunPage>;
  count(filter: Omit<RunFilter, 'states'>, limit: number): Promise<RunCounts>;
  /**
   * For each definition of these places: its last run and the last finished ones (at most 20), oldest first, by
   * `cluster/namespace/definition`. With `visible` only runs of that entity, and of none with such a workload and app.
   */
  recentByDefinition(
    places: { cluster: string; namespace: string; definition: string }[],
    visible?: {
      entityRef: string;
      /** One of these. */
      workloadNames?: string[];
      appName?: string;
    },
  ): Promise<
    Map<
      string,
      {
        lastRun?: Run;
        recent: {
          id: string;
          state: Run['state'];
          createdAt: string;
          durationMs?: number;
        }[];
      }
    >
  >;

  saveAttempt(id: string, attempt: Attempt): Promise<void>;
  /** Whether the logs of all attempts are stored. */
  setLogsStored(id: string): Promise<void>;

  /** Transitions after a sequence number, oldest first. */
  transitionsAfter(sequence: number, limit: number): Promise<RunTransition[]>;
  lastSequence(): Promise<number>;

  /** Deletes finished runs older than `before`, and beyond `keep` per cluster, namespace and definition. Returns how many. */
  prune(options: {
    before?: string;
    keepPerDefinition?: number;
    limit: number;
  }): Promise<number>;
}
