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

/** A version of an app or workload as a look at it has found it; what the history keeps of it. */
export interface ReleaseSighting {
  cluster: string;
  namespace: string;
  kind: Release['kind'];
  /** Uid of the KeptnAppVersion or KeptnWorkloadVersion. */
  uid: string;
  /** Counts how often its checks were begun; a new attempt is a new release. From 1. */
  attempt: number;
  /** Everything that people are shown, but the id, the cluster's title and what the store adds. */
  release: Omit<Release, 'id' | 'clusterTitle' | 'activatedAt'>;
}

/** Something about a workload that keeps it, or a part of its checks, from being looked after. */
export interface WorkloadProblem {
  /** Deployment, StatefulSet, DaemonSet, ReplicaSet or Rollout. */
  kind: string;
  name: string;
  appName?: string;
  /** `<app>-<workload>`. */
  workloadName?: string;
  /** One sentence each. */
  messages: string[];
}

/** Which releases somebody wants to see. All parts must hold. */
export interface ReleaseFilter {
  places: {
    cluster: string;
    namespace: string;
    /** Only this workload (`<app>-<workload>`); of apps only what it belongs to. */
    workloadName?: string;
    appName?: string;
  }[];
  kind?: Release['kind'];
  appName?: string;
  workloadName?: string;
  version?: string;
  states?: Release['state'][];
}

/** One step of a release. Sequence numbers grow, in a stream of their own. */
export interface ReleaseTransition {
  sequence: number;
  releaseId: string;
  cluster: string;
  namespace: string;
  kind: Release['kind'];
  appName: string;
  workloadName?: string;
}

/** Versions of apps and workloads with their phases, of all clusters. SQL on SQLite and PostgreSQL. */
export interface ReleaseStore {
  /**
   * Stores what a look has found (unique on cluster, uid and attempt), with a transition; nothing when nothing changed.
   * A finished release keeps its outcome and its times; notes and a released gate may still be added, and what holds
   * its Pods may change. A further attempt counts as created when it began. Returns its id. Calls made at the same time
   * travel in one statement.
   */
  save(sighting: ReleaseSighting): Promise<string>;
  /**
   * This version is the one that its app or workload asks for now; told again after a rollback. May be told at every
   * look: nothing is written when it is known, and one that is not saved yet is remembered until it is. A version that
   * was never activated counts as asked for since its creation.
   */
  activate(cluster: string, uid: string, at: string): Promise<void>;
  /**
   * The object is gone: an unfinished release ends as Deprecated with reason ObjectDeleted, and a finished one holds
   * nothing any more. An app or workload whose current object is gone has no current release.
   */
  objectDeleted(cluster: string, uid: string, at: string): Promise<void>;
  /**
   * Releases of a cluster that are unfinished, or asked for now, to find those whose object went away while nobody
   * watched.
   */
  listUnfinished(cluster: string): Promise<{ id: string; uid: string }[]>;

  /** What is wrong with a workload now; an empty list when nothing is any more. */
  saveProblems(
    cluster: string,
    namespace: string,
    problem: WorkloadProblem,
  ): Promise<void>;
  listProblems(
    places: ReleaseFilter['places'],
  ): Promise<(WorkloadProblem & { cluster: string; namespace: string })[]>;

  get(id: string): Promise<Release | undefined>;
  /** The object behind a release, and whether its app or workload asks for this release now. */
  getObject(
    id: string,
  ): Promise<{ uid: string; attempt: number; current: boolean } | undefined>;
  /** Somebody asks through the API to let the Pods of a release go; told before the cluster is. */
  recordGateRelease(
    id: string,
    decision: { by: string; at: string },
  ): Promise<void>;
  /** Everything kept of a release: the workloads of an app's, the app's of a workload, its steps, its runs. */
  getDetail(id: string): Promise<ReleaseDetail | undefined>;
  /** Newest first. */
  list(
    filter: ReleaseFilter,
    page: { limit: number; cursor?: string },
  ): Promise<ReleasePage>;
  /**
   * For each app and workload of these places: the release that is asked for now, and those before it (at most
   * `previous`, and of `previousOf` only when given), newest first.
   */
  current(
    places: ReleaseFilter['places'],
    options: { previous: number; previousOf?: Release['kind'] },
  ): Promise<{ current: Release; previous: Release[] }[]>;

  /** Steps after a sequence number, oldest first. */
  transitionsAfter(
    sequence: number,
    limit: number,
  ): Promise<ReleaseTransition[]>;
  lastSequence(): Promise<number>;

  /** Deletes finished releases older than `before` that are asked for no more. Returns how many. */
  prune(options: { before: string; limit: number }): Promise<number>;
}
