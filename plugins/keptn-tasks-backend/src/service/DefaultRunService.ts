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

import { randomUUID } from 'crypto';
import { isDeepStrictEqual } from 'util';
import type {
  AuditorService,
  AuditorServiceEventSeverityLevel,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import {
  type CancelRequest,
  type ClusterList,
  type CountRunsQuery,
  type DefinitionList,
  isRunFinished,
  type ListRunsQuery,
  type RerunRequest,
  type Run,
  type RunCounts,
  type RunDetail,
  type RunHint,
  type RunLog,
  type RunPage,
  type TriggerRequest,
} from 'backstage-plugin-keptn-tasks-common';
import { isClusterError } from '../cluster/ClusterError';
import { CANCEL_ANNOTATION } from '../domain/annotations';
import type { KeptnTaskSpec } from '../domain/resources';
import type { TaskSettings } from '../domain/settings';
import type { RunLogStore } from '../history/RunLogStore';
import type { RunReservation, RunStore } from '../history/RunStore';
import type { TransitionFeed } from '../history/TransitionFeed';
import { Access } from './Access';
import { checkInputs, requireReach } from './checkRequest';
import { createTask } from './createTask';
import { describeDefinitions } from './describeDefinitions';
import { type EntityScope, placesOf, scopeCovers } from './entityScope';
import { followLog } from './followLog';
import { requireDefinition } from './requireDefinition';
import type {
  CallOptions,
  LogSink,
  RunService,
  StartedRun,
} from './RunService';
import type { TaskCluster, TaskClusters } from './TaskCluster';
import { taskNameOf } from './taskOfRun';
import { specOfRequest, specOfRerun } from './taskSpec';

/** Counting goes no further than this. */
const COUNT_LIMIT = 1000;
const LOG_TAIL_LINES = 20;
const MAX_REPLAYED_STEPS = 1000;

export interface RunServiceOptions {
  access: Access;
  auditor: AuditorService;
  clusters: TaskClusters;
  runs: RunStore;
  logs: RunLogStore;
  feed: TransitionFeed;
  settings: TaskSettings;
  allowExtraParameters: boolean;
  now?: () => Date;
}

/** The use cases on history and clusters. */
export class DefaultRunService implements RunService {
  readonly #options: RunServiceOptions;
  readonly #now: () => Date;

  constructor(options: RunServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
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
    await this.#readable(id, options.entityRef, call);
    return this.#detail(id);
  }

  async log(
    id: string,
    options: { entityRef?: string; attempt?: number; from?: number },
    call: CallOptions,
  ): Promise<RunLog> {
    const run = await this.#readable(id, options.entityRef, call);
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
    const run = await this.#readable(id, options.entityRef, call);
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
    query: { entityRef: string; after?: number },
    call: CallOptions,
    onHints: (hints: RunHint[]) => void,
  ): Promise<() => void> {
    const { access, feed, runs } = this.#options;
    const scope = await access.scope(query.entityRef, call.credentials);
    let position = query.after ?? 0;
    const tell = (
      steps: Parameters<Parameters<typeof feed.subscribe>[0]>[0],
    ) => {
      const hints = steps
        .filter(step => step.sequence > position)
        .filter(step =>
          step.entityRef
            ? step.entityRef === scope.entityRef
            : scopeCovers(scope, step),
        )
        .map(({ runId, sequence }) => ({ id: runId, sequence }));
      if (hints.length > 0) onHints(hints);
    };
    if (query.after === undefined) return feed.subscribe(tell);
    // Steps that come while the missed ones are told wait for their turn.
    const waiting: Parameters<typeof tell>[0] = [];
    let replaying = true;
    const off = await feed.subscribe(steps => {
      if (replaying) waiting.push(...steps);
      else tell(steps);
    });
    const missed = await runs.transitionsAfter(query.after, MAX_REPLAYED_STEPS);
    tell(missed);
    position = missed.at(-1)?.sequence ?? position;
    replaying = false;
    tell(waiting);
    return off;
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

  async trigger(
    request: TriggerRequest,
    options: { idempotencyKey?: string },
    call: CallOptions,
  ): Promise<StartedRun> {
    const { access, clusters, settings, allowExtraParameters } = this.#options;
    const { cluster: clusterName, namespace, definition } = request;
    return this.#audited(
      'run-trigger',
      'medium',
      call,
      {
        entityRef: request.entityRef,
        cluster: clusterName,
        namespace,
        definition,
        parameters: Object.keys(request.parameters ?? {}),
      },
      async () => {
        const scope = await access.scope(request.entityRef, call.credentials);
        await access.requireCreate(scope.entityRef, call.credentials);
        const cluster = requireReach(scope, request, clusters);
        const resolved = await requireDefinition(cluster, request, settings);
        checkInputs(request, resolved, { allowExtraParameters });
        return this.#start(
          cluster,
          {
            ...this.#newRun(definition),
            cluster: cluster.name,
            namespace,
            entityRef: scope.entityRef,
            definitionName: definition,
            trigger: {
              source: 'portal',
              by: access.callerOf(call.credentials),
            },
            taskSpec: specOfRequest(request, scope),
          },
          options,
        );
      },
    );
  }

  async rerun(
    id: string,
    request: RerunRequest,
    options: { idempotencyKey?: string },
    call: CallOptions,
  ): Promise<StartedRun> {
    const { access, clusters, runs, settings, allowExtraParameters } =
      this.#options;
    return this.#audited(
      'run-rerun',
      'medium',
      call,
      { runId: id, parameters: Object.keys(request.parameters ?? {}) },
      async () => {
        const earlier = await this.#readable(id, request.entityRef, call);
        const scope = await this.#scopeFor(earlier, request.entityRef, call);
        await access.requireCreate(scope.entityRef, call.credentials);
        const place = {
          cluster: earlier.cluster,
          namespace: earlier.namespace,
          definition: earlier.definition.name,
        };
        const cluster = requireReach(scope, place, clusters);
        const resolved = await requireDefinition(cluster, place, settings);
        const spec = (await runs.getTaskSpec(id)) as KeptnTaskSpec | undefined;
        checkInputs(request, resolved, {
          allowExtraParameters,
          // What ran once may run again, also if somebody applied it by hand with parameters of their own.
          accepted: Object.keys(spec?.parameters?.map ?? {}),
        });
        return this.#start(
          cluster,
          {
            ...this.#newRun(place.definition),
            cluster: cluster.name,
            namespace: place.namespace,
            entityRef: scope.entityRef,
            definitionName: place.definition,
            trigger: { source: 'rerun', by: access.callerOf(call.credentials) },
            rerunOf: id,
            taskSpec: specOfRerun(
              { ...spec, taskDefinition: place.definition },
              request,
            ),
          },
          options,
        );
      },
    );
  }

  async cancel(
    id: string,
    request: CancelRequest,
    call: CallOptions,
  ): Promise<RunDetail> {
    const { access, clusters, runs } = this.#options;
    return this.#audited(
      'run-cancel',
      'medium',
      call,
      { runId: id },
      async () => {
        const run = await this.#readable(id, request.entityRef, call);
        const entityRef =
          run.entityRef ??
          (await access.scope(request.entityRef!, call.credentials)).entityRef;
        await access.requireCancel(entityRef, call.credentials);
        if (isRunFinished(run.state)) {
          throw new ConflictError(
            `Run ${id} has ended already: it is ${run.state}`,
          );
        }
        const cluster = clusters.get(run.cluster);
        if (!cluster) {
          throw new ConflictError(
            `Cluster ${run.cluster} is not configured any more, so the run cannot be stopped from here`,
          );
        }
        if (cluster.mode === 'observe') {
          throw new ConflictError(
            `Cluster ${run.cluster} is only observed: the operator there does not know how to cancel a task`,
          );
        }
        const by = access.callerOf(call.credentials);
        await this.#annotateCancelled(
          cluster,
          run,
          request.reason ? `${request.reason} (${by})` : `Cancelled by ${by}`,
        );
        await runs.requestCancel(id);
        return this.#detail(id);
      },
    );
  }

  async #annotateCancelled(cluster: TaskCluster, run: Run, reason: string) {
    try {
      await cluster.client.patch(
        'KeptnTask',
        { namespace: run.namespace, name: run.taskName },
        { metadata: { annotations: { [CANCEL_ANNOTATION]: reason } } },
      );
    } catch (error) {
      if (isClusterError(error, 'not-found')) {
        throw new ConflictError(
          `There is no task ${run.namespace}/${run.taskName} in cluster ${cluster.name}: it is being created, or it was deleted. Try again in a moment.`,
        );
      }
      throw new ServiceUnavailableError(
        `Cluster ${cluster.name} did not take the request to cancel. (${
          (error as Error).message
        })`,
      );
    }
  }

  /** Stores the run first and creates its task then, so that no task is without its record. */
  async #start(
    cluster: TaskCluster,
    run: RunReservation,
    options: { idempotencyKey?: string },
  ): Promise<StartedRun> {
    const { runs } = this.#options;
    const context = (run.taskSpec as KeptnTaskSpec).context;
    const reservation: RunReservation = {
      ...run,
      context,
      idempotencyKey: options.idempotencyKey
        ? `${run.trigger.by}\n${options.idempotencyKey}`
        : undefined,
    };
    const { runId, created } = await runs.reserve(reservation);
    if (created) {
      await createTask(cluster, reservation, { runs, now: this.#now });
      return { detail: await this.#detail(runId), created };
    }
    const detail = await this.#requireSame(runId, reservation);
    if (detail.run.state === 'Pending' && !detail.taskUid) {
      // Whoever came first may have been interrupted before the task was created; creating it twice is harmless.
      await createTask(
        cluster,
        {
          ...reservation,
          id: runId,
          taskName: detail.run.taskName,
        },
        { runs, now: this.#now },
      );
    }
    return { detail, created };
  }

  /** A key stands for one request, not for whatever comes with it. */
  async #requireSame(
    runId: string,
    reservation: RunReservation,
  ): Promise<RunDetail> {
    const detail = await this.#detail(runId);
    const spec = await this.#options.runs.getTaskSpec(runId);
    const { run } = detail;
    const same =
      run.cluster === reservation.cluster &&
      run.namespace === reservation.namespace &&
      run.entityRef === reservation.entityRef &&
      run.rerunOf === reservation.rerunOf &&
      isDeepStrictEqual(spec, reservation.taskSpec);
    if (!same) {
      throw new ConflictError(
        'Idempotency-Key: this key was used for a different request',
      );
    }
    return detail;
  }

  #newRun(definition: string) {
    const id = randomUUID();
    return {
      id,
      taskName: taskNameOf(definition, id),
      createdAt: this.#now().toISOString(),
    };
  }

  async #scopeFor(
    run: Run,
    entityRef: string | undefined,
    call: CallOptions,
  ): Promise<EntityScope> {
    const ref = run.entityRef ?? entityRef;
    if (!ref) throw new InputError('entityRef is missing');
    return this.#options.access.scope(ref, call.credentials);
  }

  async #readable(
    id: string,
    entityRef: string | undefined,
    call: CallOptions,
  ): Promise<Run> {
    const { access, runs } = this.#options;
    return access.requireReadable(
      await runs.get(id),
      id,
      entityRef,
      call.credentials,
    );
  }

  async #detail(id: string): Promise<RunDetail> {
    const { logs, runs } = this.#options;
    const detail = await runs.getDetail(id);
    if (!detail) throw new NotFoundError(`There is no run ${id}`);
    const last = detail.attempts.at(-1);
    const logTail = last
      ? await logs.tail(id, last.number, LOG_TAIL_LINES)
      : [];
    return { ...detail, logTail };
  }

  /** Writes down who did what, and how it went. Values of parameters are not written down. */
  async #audited<T extends StartedRun | RunDetail>(
    eventId: string,
    severityLevel: AuditorServiceEventSeverityLevel,
    call: CallOptions,
    meta: Record<string, string | string[]>,
    work: () => Promise<T>,
  ): Promise<T> {
    const { access, auditor } = this.#options;
    const event = await auditor.createEvent({
      eventId,
      severityLevel,
      request: call.request,
      meta: { ...meta, by: access.callerOf(call.credentials) },
    });
    try {
      const result = await work();
      const { run } = 'detail' in result ? result.detail : result;
      await event.success({ meta: { runId: run.id, taskName: run.taskName } });
      return result;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }
}
