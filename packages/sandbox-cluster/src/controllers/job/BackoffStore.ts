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

import { KubeObject } from '../../ClusterApi';
import { finishTime } from './podState';

const LONGEST_FACTOR = 60;

/** Failures of a Job's Pods since its last success. */
export interface BackoffRecord {
  failures: number;
  /** When the last of them ended, in milliseconds. */
  lastFailure: number;
}

/** Remembers, per Job, how long to wait before the next Pod. Lost with the process, as in Kubernetes. */
export class BackoffStore {
  private readonly records = new Map<string, BackoffRecord>();

  constructor(private readonly baseMs: number) {}

  /** The record with newly ended Pods added. Not kept before `keep` is called. */
  next(
    uid: string,
    succeeded: KubeObject[],
    failed: KubeObject[],
  ): BackoffRecord {
    const record = {
      ...(this.records.get(uid) ?? { failures: 0, lastFailure: 0 }),
    };
    const lastSuccess = Math.max(0, ...succeeded.map(finishTime));
    if (lastSuccess > 0) record.failures = 0;
    for (const at of failed.map(finishTime)) {
      if (at < lastSuccess) continue;
      record.failures += 1;
      record.lastFailure = Math.max(record.lastFailure, at);
    }
    return record;
  }

  keep(uid: string, record: BackoffRecord): void {
    this.records.set(uid, record);
  }

  forget(uid: string): void {
    this.records.delete(uid);
  }

  /** Milliseconds to wait until the next Pod may be created. */
  remaining(record: BackoffRecord): number {
    if (record.failures === 0) return 0;
    const factor = Math.min(2 ** (record.failures - 1), LONGEST_FACTOR);
    return Math.max(0, record.lastFailure + this.baseMs * factor - Date.now());
  }
}
