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

import type { ClusterList } from './cluster';
import type { DefinitionList } from './definition';
import type { EnvironmentList, ReleaseDetail, ReleasePage } from './release';
import type {
  CancelRequest,
  CountRunsQuery,
  ListReleasesQuery,
  ListRunsQuery,
  ReleaseGateRequest,
  RepeatChecksRequest,
  RerunRequest,
  RunHint,
  TriggerRequest,
} from './requests';
import type { Attempt, RunCounts, RunDetail, RunPage } from './run';
import type { LogLine, RunLog } from './runLog';

/** What a reader of a live log is told. @public */
export interface LogListener {
  onLines(lines: LogLine[]): void;
  /** The attempt's state, Pod or times have changed. */
  onAttempt?(attempt: Attempt): void;
}

/**
 * What can be asked of the history and what can be told to it. Every method rejects with a `ResponseError` of
 * `@backstage/errors`; its `body.error.message` is one sentence that names the field or the missing permission.
 * @public
 */
export interface KeptnTasksApi {
  listRuns(query: ListRunsQuery): Promise<RunPage>;
  countRuns(query: CountRunsQuery): Promise<RunCounts>;
  getRun(id: string, options?: { entityRef?: string }): Promise<RunDetail>;
  getRunLog(
    id: string,
    options?: { entityRef?: string; attempt?: number; from?: number },
  ): Promise<RunLog>;
  /** The log as text, as it is downloaded. */
  getRunLogText(
    id: string,
    options?: { entityRef?: string; attempt?: number },
  ): Promise<string>;
  /**
   * Replays the log of an attempt and follows it. Resolves when the attempt has ended and everything was told, rejects
   * when the connection is lost (go on with `from`), and ends quietly when `signal` aborts.
   */
  followRunLog(
    id: string,
    options: {
      entityRef?: string;
      attempt?: number;
      from?: number;
      signal: AbortSignal;
    },
    listener: LogListener,
  ): Promise<void>;
  /** Tells which runs and releases of an entity change, until `signal` aborts. Rejects when the connection is lost. */
  followTransitions(
    entityRef: string,
    options: { signal: AbortSignal; onOpen?: () => void },
    onHint: (hint: RunHint) => void,
  ): Promise<void>;
  listDefinitions(entityRef: string): Promise<DefinitionList>;
  /** Where the entity's releases are, problems first. */
  listEnvironments(entityRef: string): Promise<EnvironmentList>;
  listReleases(query: ListReleasesQuery): Promise<ReleasePage>;
  getRelease(
    id: string,
    options: { entityRef: string },
  ): Promise<ReleaseDetail>;
  /** Repeats the checks of an app's version, or of a workload's version that has failed. */
  repeatChecks(
    id: string,
    request: RepeatChecksRequest,
  ): Promise<ReleaseDetail>;
  /** Lets the Pods of a workload's version go although its checks have not passed. */
  releaseGate(id: string, request: ReleaseGateRequest): Promise<ReleaseDetail>;
  listClusters(): Promise<ClusterList>;
  triggerRun(
    request: TriggerRequest,
    options?: { idempotencyKey?: string },
  ): Promise<RunDetail>;
  rerun(
    id: string,
    request?: RerunRequest,
    options?: { idempotencyKey?: string },
  ): Promise<RunDetail>;
  cancelRun(id: string, request?: CancelRequest): Promise<RunDetail>;
}
