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
import { ConflictError } from '@backstage/errors';
import {
  type CancelRequest,
  isRunFinished,
  type RerunRequest,
  type RunDetail,
  type TriggerRequest,
} from 'backstage-plugin-keptn-tasks-common';
import type { KeptnTaskSpec } from '../domain/resources';
import type { TaskSettings } from '../domain/settings';
import type { RunStore } from '../history/RunStore';
import type { Access } from './Access';
import { annotateCancelled } from './annotateCancelled';
import { audited } from './audited';
import { checkInputs, requireReach } from './checkRequest';
import { requireDefinition } from './requireDefinition';
import type { RunReader } from './RunReader';
import type { CallOptions, RunService, StartedRun } from './RunService';
import type { RunStarter } from './RunStarter';
import type { TaskClusters } from './TaskCluster';
import { specOfRequest, specOfRerun } from './taskSpec';

/** What people tell the clusters to do: permission, reach and inputs first, then the work, and an audit entry. */
export class RunCommands
  implements Pick<RunService, 'trigger' | 'rerun' | 'cancel'>
{
  readonly #options;
  readonly #starter: RunStarter;

  constructor(options: {
    access: Access;
    auditor: AuditorService;
    clusters: TaskClusters;
    reader: RunReader;
    runs: RunStore;
    settings: TaskSettings;
    allowExtraParameters: boolean;
    starter: RunStarter;
  }) {
    this.#options = options;
    this.#starter = options.starter;
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
        return this.#starter.start(
          cluster,
          scope,
          {
            ...this.#starter.newRun(definition),
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
    const { access, clusters, reader, runs, settings, allowExtraParameters } =
      this.#options;
    return this.#audited(
      'run-rerun',
      call,
      { runId: id, parameters: Object.keys(request.parameters ?? {}) },
      async () => {
        const { run: earlier, scope } = await reader.readable(
          id,
          request.entityRef,
          call,
        );
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
        return this.#starter.start(
          cluster,
          scope,
          {
            ...this.#starter.newRun(place.definition),
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
    const { access, clusters, reader, runs } = this.#options;
    return this.#audited('run-cancel', call, { runId: id }, async () => {
      const { run, scope } = await reader.readable(id, request.entityRef, call);
      await access.requireCancel(scope.entityRef, call.credentials);
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
      await annotateCancelled(
        cluster,
        await reader.detail(id, scope),
        request.reason ? `${request.reason} (${by})` : `Cancelled by ${by}`,
      );
      await runs.requestCancel(id);
      return reader.detail(id, scope);
    });
  }

  #audited<T extends StartedRun | RunDetail>(
    eventId: string,
    call: CallOptions,
    meta: Record<string, string | string[]>,
    work: () => Promise<T>,
  ): Promise<T> {
    const { access, auditor } = this.#options;
    const by = access.callerOf(call.credentials);
    return audited(
      auditor,
      { eventId, request: call.request, meta: { ...meta, by } },
      work,
    );
  }
}
