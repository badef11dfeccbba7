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

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Attempt,
  CancelRequest,
  ClusterList,
  CountRunsQuery,
  DefinitionList,
  ListRunsQuery,
  LogLine,
  RerunRequest,
  RunCounts,
  RunDetail,
  RunHint,
  RunLog,
  RunPage,
  TriggerRequest,
} from 'backstage-plugin-keptn-tasks-common';
import type { Request } from 'express';
import type { StreamPosition, Subscription } from '../history/TransitionFeed';

export type { StreamPosition, Subscription } from '../history/TransitionFeed';

/** On whose behalf something is done. */
export interface CallOptions {
  credentials: BackstageCredentials;
  /** The HTTP request behind it, if there is one. For the audit entry only. */
  request?: Request<any, any, any, any, any>;
}

/** What a started run is answered with. */
export interface StartedRun {
  detail: RunDetail;
  /** False when the idempotency key stood for it already. */
  created: boolean;
}

/** Takes a log while it grows. Each call is waited for, so that a slow reader slows the log down. */
export interface LogSink {
  lines(lines: LogLine[]): Promise<void>;
  attempt(attempt: Attempt): Promise<void>;
}

/**
 * What can be asked of the history and told to the clusters. Every method checks the caller's permission first:
 * `NotFoundError` for what the caller may not see, `NotAllowedError` for what the caller may see but not do,
 * `InputError` with the name of the field for a request that cannot be fulfilled.
 */
export interface RunService {
  list(query: ListRunsQuery, call: CallOptions): Promise<RunPage>;
  count(query: CountRunsQuery, call: CallOptions): Promise<RunCounts>;
  get(
    id: string,
    options: { entityRef?: string },
    call: CallOptions,
  ): Promise<RunDetail>;
  log(
    id: string,
    options: { entityRef?: string; attempt?: number; from?: number },
    call: CallOptions,
  ): Promise<RunLog>;
  /** Replays a log and follows it; resolves when the attempt has ended or `signal` aborts. */
  followLog(
    id: string,
    options: {
      entityRef?: string;
      attempt?: number;
      from?: number;
      signal: AbortSignal;
      /** Told once the caller's right to read is established. */
      onStart?: () => void;
    },
    call: CallOptions,
    sink: LogSink,
  ): Promise<void>;
  /** Calls back with the steps of an entity's runs and releases, from `after` on or from now on, until stopped. */
  followTransitions(
    query: { entityRef: string; after?: Partial<StreamPosition> },
    call: CallOptions,
    onHints: (hints: RunHint[]) => void,
  ): Promise<Subscription>;
  definitions(entityRef: string, call: CallOptions): Promise<DefinitionList>;
  clusters(call: CallOptions): Promise<ClusterList>;
  trigger(
    request: TriggerRequest,
    options: { idempotencyKey?: string },
    call: CallOptions,
  ): Promise<StartedRun>;
  rerun(
    id: string,
    request: RerunRequest,
    options: { idempotencyKey?: string },
    call: CallOptions,
  ): Promise<StartedRun>;
  cancel(
    id: string,
    request: CancelRequest,
    call: CallOptions,
  ): Promise<RunDetail>;
}
