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
import type {
  EnvironmentList,
  ListReleasesQuery,
  ReleaseDetail,
  ReleasePage,
} from 'backstage-plugin-keptn-tasks-common';
import type { ReleaseStore } from '../history/ReleaseStore';
import type { Access } from './Access';
import { releasePlacesOf } from './entityScope';
import { listEnvironments } from './releases/listEnvironments';
import { ReleaseCommands } from './releases/ReleaseCommands';
import { ReleaseReader } from './releases/ReleaseReader';
import { titled } from './releases/titled';
import type { ReleaseService } from './ReleaseService';
import type { CallOptions } from './RunService';
import type { TaskClusters } from './TaskCluster';

export interface ReleaseServiceOptions {
  access: Access;
  auditor: AuditorService;
  clusters: TaskClusters;
  releases: ReleaseStore;
  now?: () => Date;
}

/** The use cases on releases. */
export class DefaultReleaseService implements ReleaseService {
  readonly #options: ReleaseServiceOptions;
  readonly #reader: ReleaseReader;
  readonly #commands: ReleaseCommands;

  constructor(options: ReleaseServiceOptions) {
    this.#options = options;
    const reader = new ReleaseReader(options);
    this.#reader = reader;
    this.#commands = new ReleaseCommands({
      ...options,
      reader,
      now: options.now ?? (() => new Date()),
    });
  }

  async environments(
    entityRef: string,
    call: CallOptions,
  ): Promise<EnvironmentList> {
    const { access, releases } = this.#options;
    const scope = await access.scope(entityRef, call.credentials);
    return listEnvironments(scope, releases);
  }

  async list(
    query: ListReleasesQuery,
    call: CallOptions,
  ): Promise<ReleasePage> {
    const { access, releases } = this.#options;
    const scope = await access.scope(query.entityRef, call.credentials);
    const { cluster, namespace, limit = 25, cursor } = query;
    const places = releasePlacesOf(scope).filter(
      place =>
        (cluster === undefined || place.cluster === cluster) &&
        (namespace === undefined || place.namespace === namespace),
    );
    const page = await releases.list(
      {
        places,
        kind: query.kind,
        appName: query.app,
        workloadName: query.workload,
        version: query.version,
        states: query.state,
      },
      { limit, cursor },
    );
    return { ...page, items: page.items.map(one => titled(one, scope)) };
  }

  async get(
    id: string,
    options: { entityRef: string },
    call: CallOptions,
  ): Promise<ReleaseDetail> {
    const { scope } = await this.#reader.readable(id, options.entityRef, call);
    return this.#reader.detail(id, scope);
  }

  repeat(
    ...args: Parameters<ReleaseService['repeat']>
  ): Promise<ReleaseDetail> {
    return this.#commands.repeat(...args);
  }

  releaseGate(
    ...args: Parameters<ReleaseService['releaseGate']>
  ): Promise<ReleaseDetail> {
    return this.#commands.releaseGate(...args);
  }
}
