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

import type { AuditorService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  type ClusterList,
  type CountRunsQuery,
  type DefinitionList,
  isRunFinished,
  type ListRunsQuery,
  type RunCounts,
  type RunDetail,
  type RunHint,
  type RunLog,
  type RunPage,
} from 'backstage-plugin-keptn-tasks-common';
import type { TaskSettings } from '../domain/settings';
import type { RunLogStore } from '../history/RunLogStore';
import type { ReleaseStore } from '../history/ReleaseStore';
import type { RunStore } from '../history/RunStore';
import type { TransitionFeed } from '../history/TransitionFeed';
import type { Access } from './Access';
import { describeDefinitions } from './describeDefinitions';
import { placesOf, scopeCovers, scopeCoversRelease } from './entityScope';
import { followLog } from './followLog';
import { followTransitions } from './followTransitions';
import { RunCommands } from './RunCommands';
import { RunReader } from './RunReader';
import { RunStarter } from './RunStarter';
import type {
  CallOptions,
  LogSink,
  RunService,
  StartedRun,
  StreamPosition,
  Subscription,
} from './RunService';
import type { TaskClusters } from './TaskCluster';

/** Counting goes no further than this. */
const COUNT_LIMIT = 1000;

export interface RunServiceOptions {
  access: Access;
  auditor: AuditorService;
  clusters: TaskClusters;
  runs: RunStore;
  logs: RunLogStore;
  /** The stream of releases, which readers follow together with that of runs. */
  releases: Pick<ReleaseStore, 'lastSequence' | 'transitionsAfter'>;
  feed: TransitionFeed;
  settings: TaskSettings;
  allowExtraParameters: boolean;
  now?: () => Date;
}

/** The use cases on history and clusters. */
export class DefaultRunService implements RunService {
  readonly #options: RunServiceOptions;
  readonly #now: () => Date;
  readonly #reader: RunReader;
  readonly #commands: RunCommands;

  constructor(options: RunServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
    const reader = new RunReader(options);
    this.#reader = reader;
    this.#commands = new RunCommands({
      ...options,
      reader,
      starter: new RunStarter({ ...options, reader, now: this.#now }),
    });
  }

  async list(query: ListRunsQuery, call: CallOptions): Promise<RunPage> {
    const { access, runs } = this.#options;
    const scope = await access.scope(query.entityRef, call.credentials);
    const { limit = 25, cursor, state: states, ...filter } = query;
    return runs.list(
      {
        ...filter,
        states,
        entityRef: scope.entityRef,
        places: placesOf(scope),
      },
      { limit, cursor },
    );
  }

  async count(query: CountRunsQuery, call: CallOptions): Promise<RunCounts> {
    const { access, runs } = this.#options;
    const scope = await access.scope(query.entityRef, call.credentials);
    return runs.count(
      { ...query, entityRef: scope.entityRef, places: placesOf(scope) },
      COUNT_LIMIT,
    );
  }

  async get(
    id: string,
    options: { entityRef?: string },
    call: CallOptions,
  ): Promise<RunDetail> {
    const { scope } = await this.#reader.readable(id, options.entityRef, call);
    return this.#reader.detail(id, scope);
  }

  async log(
    id: string,
    options: { entityRef?: string; attempt?: number; from?: number },
    call: CallOptions,
  ): Promise<RunLog> {
    const { run } = await this.#reader.readable(id, options.entityRef, call);
    const log = await this.#options.logs.read(id, options);
    if (log) return log;
    const attempt = options.attempt ?? Math.max(1, run.attempts);
    if (attempt > Math.max(1, run.attempts)) {
      throw new NotFoundError(
        `attempt: run ${id} has no attempt ${attempt}; it has ${run.attempts}`,
      );
    }
    return { attempt, lines: [], complete: isRunFinished(run.state) };
  }

  async followLog(
    id: string,
    options: {
      entityRef?: string;
      attempt?: number;
      from?: number;
      signal: AbortSignal;
      onStart?: () => void;
    },
    call: CallOptions,
    sink: LogSink,
  ): Promise<void> {
    const { run } = await this.#reader.readable(id, options.entityRef, call);
    const { attempt } = options;
    if (attempt && attempt > run.attempts && isRunFinished(run.state)) {
      throw new NotFoundError(
        `attempt: run ${id} has no attempt ${attempt}; it has ${run.attempts}`,
      );
    }
    options.onStart?.();
    await followLog(id, options, { ...this.#options, now: this.#now }, sink);
  }

  async followTransitions(
    query: { entityRef: string; after?: Partial<StreamPosition> },
    call: CallOptions,
    onHints: (hints: RunHint[]) => void,
  ): Promise<Subscription> {
    const { access } = this.#options;
    const scope = await access.scope(query.entityRef, call.credentials);
    const tell = (hints: RunHint[]) => {
      if (hints.length > 0) onHints(hints);
    };
    return followTransitions(query.after ?? {}, this.#options, {
      runs: steps =>
        tell(
          steps
            .filter(step =>
              step.entityRef
                ? step.entityRef === scope.entityRef
                : scopeCovers(scope, step),
            )
            .map(({ runId, sequence }) => ({ id: runId, sequence })),
        ),
      releases: steps =>
        tell(
          steps
            .filter(step => scopeCoversRelease(scope, step))
            .map(({ releaseId, sequence }) => ({
              id: releaseId,
              sequence,
              of: 'release',
            })),
        ),
    });
  }

  async definitions(
    entityRef: string,
    call: CallOptions,
  ): Promise<DefinitionList> {
    const scope = await this.#options.access.scope(entityRef, call.credentials);
    return describeDefinitions(scope, this.#options);
  }

  async clusters(_call: CallOptions): Promise<ClusterList> {
    return {
      items: this.#options.clusters.list().map(cluster => cluster.health()),
    };
  }

  trigger(...args: Parameters<RunService['trigger']>): Promise<StartedRun> {
    return this.#commands.trigger(...args);
  }

  rerun(...args: Parameters<RunService['rerun']>): Promise<StartedRun> {
    return this.#commands.rerun(...args);
  }

  cancel(...args: Parameters<RunService['cancel']>): Promise<RunDetail> {
    return this.#commands.cancel(...args);
  }
}
