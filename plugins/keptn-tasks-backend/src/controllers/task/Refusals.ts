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

import type { ClusterError } from '../../cluster/ClusterError';
import type { CreateRefusal } from '../../domain/task/TaskPlan';

/** What the API server refused to create for which task, since when and how often. */
export class Refusals {
  private readonly byUid = new Map<
    string,
    { refusal: CreateRefusal; times: number }
  >();

  get(uid: string): CreateRefusal | undefined {
    return this.byUid.get(uid)?.refusal;
  }

  /** Tries in a row that were refused. */
  times(uid: string): number {
    return this.byUid.get(uid)?.times ?? 0;
  }

  /** Notes a refusal; tells whether it says something new. */
  note(
    uid: string,
    refused: Pick<CreateRefusal, 'what' | 'name'>,
    error: ClusterError,
    at: Date,
  ): boolean {
    const known = this.byUid.get(uid);
    const kind = error.kind === 'invalid' ? 'invalid' : 'forbidden';
    const { message } = error;
    this.byUid.set(uid, {
      refusal: {
        ...refused,
        kind,
        message,
        since: known?.refusal.since ?? at.toISOString(),
      },
      times: (known?.times ?? 0) + 1,
    });
    return known?.refusal.message !== message || known.refusal.kind !== kind;
  }

  clear(uid: string): void {
    this.byUid.delete(uid);
  }
}
