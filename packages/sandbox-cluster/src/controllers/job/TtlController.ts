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

import {
  ClusterApi,
  KubeObject,
  ResourceClient,
  SandboxController,
} from '../../ClusterApi';
import { WorkQueue } from '../common/WorkQueue';
import { parseTime } from '../common/time';
import { findCondition, isFinished } from './conditions';

/** Deletes finished Jobs, with their Pods, when their `ttlSecondsAfterFinished` is over. */
export class TtlController implements SandboxController {
  private readonly jobs: ResourceClient;

  private readonly queue: WorkQueue;

  private readonly endWatch: () => void;

  constructor(api: ClusterApi) {
    this.jobs = api.resource('batch/v1', 'Job');
    this.queue = new WorkQueue(key => this.sync(key), {
      firstMs: 1_000,
      maxMs: 60_000,
    });
    this.endWatch = this.jobs.watch(({ type, object }) => {
      const left = timeLeft(object);
      if (type === 'DELETED' || left === undefined) return;
      this.queue.add(
        `${object.metadata.namespace}/${object.metadata.name}`,
        left,
      );
    });
  }

  async stop(): Promise<void> {
    this.endWatch();
    this.queue.stop();
  }

  private sync(key: string): void {
    const [namespace, name] = key.split('/');
    const job = this.jobs.get(namespace, name);
    const left = job && timeLeft(job);
    if (!job || left === undefined) return;
    if (left > 0) {
      this.queue.add(key, left);
      return;
    }
    this.jobs.delete(namespace, name, {
      propagationPolicy: 'Foreground',
      preconditions: { uid: job.metadata.uid },
    });
  }
}

/** Milliseconds until the Job is due; `undefined` when it never is. */
function timeLeft(job: KubeObject): number | undefined {
  const ttl = job.spec.ttlSecondsAfterFinished;
  if (typeof ttl !== 'number' || job.metadata.deletionTimestamp)
    return undefined;
  if (!isFinished(job)) return undefined;
  const end = findCondition(job, 'Complete') ?? findCondition(job, 'Failed');
  const finished = parseTime(end?.lastTransitionTime) ?? Date.now();
  return finished + ttl * 1_000 - Date.now();
}
