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
import type { Run, RunDetail } from 'backstage-plugin-keptn-tasks-common';
import type { RunLogStore } from '../history/RunLogStore';
import type { RunStore } from '../history/RunStore';
import type { Access } from './Access';
import { type EntityScope, placesOf } from './entityScope';
import type { CallOptions } from './RunService';

const LOG_TAIL_LINES = 20;

/** Single runs, for those who may see them. */
export class RunReader {
  readonly #options;

  constructor(options: { access: Access; runs: RunStore; logs: RunLogStore }) {
    this.#options = options;
  }

  /** The run, and the entity through which the caller sees it; throws NotFoundError when the caller may not. */
  async readable(
    id: string,
    entityRef: string | undefined,
    call: CallOptions,
  ): Promise<{ run: Run; scope: EntityScope }> {
    const { access, runs } = this.#options;
    return access.requireReadable(
      await runs.get(id),
      id,
      entityRef,
      call.credentials,
    );
  }

  /** Everything kept of a run that is `readable`, with the earlier ones that are within the same scope. */
  async detail(id: string, scope: EntityScope): Promise<RunDetail> {
    const { logs, runs } = this.#options;
    const detail = await runs.getDetail(id, {
      entityRef: scope.entityRef,
      places: placesOf(scope),
    });
    if (!detail) throw new NotFoundError(`There is no run ${id}`);
    const last = detail.attempts.at(-1);
    const logTail = last
      ? await logs.tail(id, last.number, LOG_TAIL_LINES)
      : [];
    return { ...detail, logTail };
  }
}
