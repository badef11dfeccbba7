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

import { NotFoundError } from '@backstage/errors';
import type {
  Release,
  ReleaseDetail,
} from 'backstage-plugin-keptn-tasks-common';
import type { ReleaseStore } from '../../history/ReleaseStore';
import { type Access, coversRun } from '../Access';
import { type EntityScope, scopeCoversRelease } from '../entityScope';
import type { CallOptions } from '../RunService';
import { titled } from './titled';

/** Single releases, for those who may see them. */
export class ReleaseReader {
  readonly #options;

  constructor(options: { access: Access; releases: ReleaseStore }) {
    this.#options = options;
  }

  /** The release, and the reach of the entity through which it is seen; throws NotFoundError when it is not. */
  async readable(
    id: string,
    entityRef: string,
    call: CallOptions,
  ): Promise<{ release: Release; scope: EntityScope }> {
    const { access, releases } = this.#options;
    return access.requireReadableRelease(
      await releases.get(id),
      id,
      entityRef,
      call.credentials,
    );
  }

  /** Everything kept of a release that is `readable`; of what belongs to other workloads only what it says itself. */
  async detail(id: string, scope: EntityScope): Promise<ReleaseDetail> {
    const detail = await this.#options.releases.getDetail(id);
    if (!detail) throw new NotFoundError(`There is no release ${id}`);
    const within = (releases: Release[]) =>
      releases
        .filter(release => scopeCoversRelease(scope, release))
        .map(release => titled(release, scope));
    const { app, release, ...rest } = detail;
    const [shownApp] = within(app ? [app] : []);
    return {
      ...rest,
      release: titled(release, scope),
      ...(shownApp ? { app: shownApp } : {}),
      workloads: within(detail.workloads),
      runs: detail.runs.filter(({ run }) => coversRun(scope, run)),
      previous: within(detail.previous),
    };
  }
}
