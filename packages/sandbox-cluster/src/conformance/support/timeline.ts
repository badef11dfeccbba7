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

import type { ApiClient } from '../client/ApiClient';
import type { Watch, WatchEvent } from '../client/Watch';
import { jobs, pods } from './paths';

/** Everything that happens to Jobs and Pods of a namespace from now on. */
export interface Timeline {
  jobs: Watch;
  pods: Watch;
  /** Resolves with the first event in which the Job fits. */
  untilJob(
    name: string,
    what: string,
    fits: (job: any) => boolean,
    timeoutMs?: number,
  ): Promise<WatchEvent>;
  /** Resolves with the first event in which a Pod of the Job (or the Pod of this name) fits. */
  untilPod(
    owner: string,
    what: string,
    fits: (pod: any, event: WatchEvent) => boolean,
    timeoutMs?: number,
  ): Promise<WatchEvent>;
  /** Events of the Pods of one Job, or of one Pod. */
  podsOf(owner: string): WatchEvent[];
  stop(): void;
}

const belongsTo = (pod: any, owner: string) =>
  pod.metadata.name === owner ||
  pod.metadata.labels?.['batch.kubernetes.io/job-name'] === owner;

/** Starts to record. */
export async function recordTimeline(
  api: ApiClient,
  namespace: string,
): Promise<Timeline> {
  const [jobWatch, podWatch] = await Promise.all([
    api.watch(jobs(namespace)),
    api.watch(pods(namespace)),
  ]);
  return {
    jobs: jobWatch,
    pods: podWatch,
    untilJob: (name, what, fits, timeoutMs) =>
      jobWatch.until(
        ({ object }) => object.metadata.name === name && fits(object),
        `Job ${name} ${what}`,
        timeoutMs,
      ),
    untilPod: (owner, what, fits, timeoutMs) =>
      podWatch.until(
        event => belongsTo(event.object, owner) && fits(event.object, event),
        `Pod of ${owner} ${what}`,
        timeoutMs,
      ),
    podsOf: owner =>
      podWatch.events.filter(({ object }) => belongsTo(object, owner)),
    stop: () => {
      jobWatch.stop();
      podWatch.stop();
    },
  };
}

/** The condition of this type, when its status is True. */
export function condition(object: any, type: string): any {
  return object.status?.conditions?.find(
    (entry: any) => entry.type === type && entry.status === 'True',
  );
}

/** Whether a Job is over, either way. */
export const isFinished = (object: any) =>
  Boolean(condition(object, 'Complete') ?? condition(object, 'Failed'));

/** Milliseconds between two times of the API. */
export const between = (from: string, to: string) =>
  Date.parse(to) - Date.parse(from);
