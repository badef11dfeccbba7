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
import { EventRecorder } from '../common/EventRecorder';
import { guard } from '../common/guard';
import { WorkQueue } from '../common/WorkQueue';
import { ControllerTimings } from '../options';
import { BackoffStore } from './BackoffStore';
import { JobTools } from './JobContext';
import { syncJob } from './JobSync';
import { OwnedPods, controllingJob } from './OwnedPods';
import { isFinished } from './conditions';
import { releasePod } from './managePods';
import { hasTrackingFinalizer } from './podState';

const OWN_CONTROLLER = 'kubernetes.io/job-controller';

/** Runs Jobs: watches them and their Pods and brings each Job forward when either changes. */
export class JobController implements SandboxController {
  private readonly jobs: ResourceClient;

  private readonly tools: JobTools;

  private readonly queue: WorkQueue;

  private readonly endWatches: Array<() => void>;

  constructor(
    api: ClusterApi,
    private readonly timings: ControllerTimings,
    onError: (error: unknown) => void,
  ) {
    this.jobs = api.resource('batch/v1', 'Job');
    const pods = api.resource('v1', 'Pod');
    this.queue = new WorkQueue(key => this.sync(key), {
      firstMs: timings.jobRetryMs,
      maxMs: timings.jobRetryMs * 60,
    });
    this.tools = {
      jobs: this.jobs,
      pods,
      events: new EventRecorder(api, { component: 'job-controller' }),
      owned: new OwnedPods(pods),
      backoff: new BackoffStore(timings.jobBackoffMs),
      again: (job, delayMs) => this.queue.add(keyOf(job), delayMs),
    };
    this.endWatches = [
      this.jobs.watch(guard(event => this.onJob(event), onError)),
      pods.watch(guard(event => this.onPod(event), onError)),
    ];
  }

  async stop(): Promise<void> {
    for (const end of this.endWatches) end();
    this.queue.stop();
  }

  private onJob({ type, object, previous }: Parameters<JobWatch>[0]): void {
    if (type === 'DELETED') {
      this.tools.backoff.forget(object.metadata.uid);
      this.releaseOrphans(object);
      return;
    }
    // A changed spec counts at once; the rest is mostly news of our own writes.
    const sameSpec =
      previous?.metadata.generation === object.metadata.generation;
    const delay = previous && sameSpec ? this.timings.jobSyncBatchMs : 0;
    this.queue.add(keyOf(object), delay);
  }

  private onPod(event: Parameters<JobWatch>[0]): void {
    this.tools.owned.observe(event);
    const pod = event.object;
    const owner = controllingJob(pod);
    if (!owner) {
      // A Pod that was orphaned with its Job must not be held for ever.
      this.releaseIfAlone(pod);
      return;
    }
    const job = this.jobs.get(pod.metadata.namespace, owner.name);
    if (job?.metadata.uid !== owner.uid) {
      this.releaseIfAlone(pod);
      return;
    }
    this.queue.add(keyOf(job), this.timings.jobSyncBatchMs);
  }

  private sync(key: string): void {
    const [namespace, name] = key.split('/');
    const job = this.jobs.get(namespace, name);
    if (!job) return;
    const managedBy = job.spec.managedBy ?? OWN_CONTROLLER;
    if (managedBy !== OWN_CONTROLLER) return;
    if (isFinished(job)) {
      this.tools.backoff.forget(job.metadata.uid);
      return;
    }
    if (job.spec.completionMode === 'Indexed') {
      this.tools.events.record(job, {
        type: 'Warning',
        reason: 'UnsupportedCompletionMode',
        message: 'The sandbox cluster does not run Jobs in Indexed mode',
      });
      return;
    }
    syncJob(this.tools, job);
  }

  private releaseOrphans(job: KubeObject): void {
    const { namespace, uid } = job.metadata;
    for (const pod of this.tools.owned.of(namespace!, uid)) {
      releasePod(this.tools.pods, pod);
    }
  }

  private releaseIfAlone(pod: KubeObject): void {
    if (hasTrackingFinalizer(pod)) releasePod(this.tools.pods, pod);
  }
}

type JobWatch = Parameters<ResourceClient['watch']>[0];

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
