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
import { ConflictError, InputError } from '@backstage/errors';
import type {
  Release,
  ReleaseDetail,
  ReleaseGateRequest,
  RepeatChecksRequest,
} from 'backstage-plugin-keptn-tasks-common';
import type { ReleaseStore } from '../../history/ReleaseStore';
import type { Access } from '../Access';
import { audited } from '../audited';
import type { ReleaseService } from '../ReleaseService';
import type { CallOptions } from '../RunService';
import type { TaskCluster, TaskClusters } from '../TaskCluster';
import { openGate } from './openGate';
import type { ReleaseReader } from './ReleaseReader';
import { repeatApp } from './repeatApp';
import { repeatWorkload } from './repeatWorkload';

/** What people tell the clusters to do with releases: permission first, then the work, and an audit entry. */
export class ReleaseCommands
  implements Pick<ReleaseService, 'repeat' | 'releaseGate'>
{
  readonly #options;

  constructor(options: {
    access: Access;
    auditor: AuditorService;
    clusters: TaskClusters;
    reader: ReleaseReader;
    releases: ReleaseStore;
    now: () => Date;
  }) {
    this.#options = options;
  }

  async repeat(
    id: string,
    { entityRef }: RepeatChecksRequest,
    call: CallOptions,
  ): Promise<ReleaseDetail> {
    const { access, reader, now } = this.#options;
    return this.#audited('release-repeat', id, call, {}, async () => {
      const { release, scope } = await reader.readable(id, entityRef, call);
      await access.requireRepeat(scope.entityRef, call.credentials);
      const cluster = this.#clusterOf(release, 'repeat checks');
      const object = await this.#objectOf(release);
      if (!object.current) {
        throw new ConflictError(
          `${release.name} is not what ${
            release.workloadName ?? release.appName
          } asks for now, so its checks cannot be repeated; repeat those of the current version`,
        );
      }
      if (release.kind === 'app') await repeatApp(cluster, release);
      else await repeatWorkload(cluster, release, { ...object, at: now() });
      return reader.detail(id, scope);
    });
  }

  async releaseGate(
    id: string,
    request: ReleaseGateRequest,
    call: CallOptions,
  ): Promise<ReleaseDetail> {
    const { access, reader, releases, now } = this.#options;
    const reason = request.reason.trim();
    return this.#audited('gate-release', id, call, { reason }, async () => {
      const { release, scope } = await reader.readable(
        id,
        request.entityRef,
        call,
      );
      await access.requireGateRelease(scope.entityRef, call.credentials);
      if (!reason) {
        throw new InputError('reason: say why the Pods may go, in a few words');
      }
      const cluster = this.#clusterOf(release, 'release a gate');
      const { uid } = await this.#objectOf(release);
      const by = access.callerOf(call.credentials);
      const at = now();
      await openGate(
        cluster,
        release,
        { uid, reason, by, at },
        // Before the cluster can tell of it.
        () => releases.recordGateRelease(id, { by, at: at.toISOString() }),
      );
      return reader.detail(id, scope);
    });
  }

  /** The cluster of a release, if it takes orders. */
  #clusterOf(release: Release, what: string): TaskCluster {
    const cluster = this.#options.clusters.get(release.cluster);
    if (!cluster) {
      throw new ConflictError(
        `Cluster ${release.cluster} is not configured any more, so nothing can be done there from here`,
      );
    }
    if (cluster.mode === 'observe') {
      throw new ConflictError(
        `Cluster ${release.cluster} is only observed: the operator there does not know how to ${what} on request`,
      );
    }
    return cluster;
  }

  async #objectOf({ id, name }: Release) {
    const object = await this.#options.releases.getObject(id);
    if (!object) {
      throw new ConflictError(
        `${name} has just been removed from the history; look for it again`,
      );
    }
    return object;
  }

  #audited(
    eventId: string,
    releaseId: string,
    call: CallOptions,
    meta: Record<string, string>,
    work: () => Promise<ReleaseDetail>,
  ): Promise<ReleaseDetail> {
    const { access, auditor } = this.#options;
    const by = access.callerOf(call.credentials);
    return audited(
      auditor,
      { eventId, request: call.request, meta: { releaseId, ...meta, by } },
      work,
    );
  }
}
