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
  KubeObject,
  NewObject,
  ResourceClient,
  WebhooksPending,
} from '../../ClusterApi';
import { JobContext } from './JobContext';
import {
  TRACKING_FINALIZER,
  hasTrackingFinalizer,
  isReady,
  replacesFailedOnly,
} from './podState';

/** At most so many Pods are created in one step. */
const MOST_PER_SYNC = 500;

/**
 * Creates or deletes Pods until as many run as the Job wants. Returns what the API server said when it
 * refused one, after the event about it was written.
 */
export function managePods(context: JobContext): unknown {
  const { job, active, tools } = context;
  if (job.spec.suspend) {
    deletePods(context, active, 'uncounted');
    return undefined;
  }
  const leaving = replacesFailedOnly(job) ? context.terminating : 0;
  const wanted = wantedActive(context);
  const surplus = active.length + leaving - wanted;
  if (surplus > 0) {
    deletePods(context, leastUseful(active).slice(0, surplus), 'uncounted');
    return undefined;
  }
  const missing = Math.min(-surplus, MOST_PER_SYNC);
  if (missing === 0) return undefined;
  const wait = tools.backoff.remaining(context.backoff);
  if (wait > 0) {
    tools.again(job, wait);
    return undefined;
  }
  return createPods(context, missing);
}

function wantedActive({ job, active, succeeded }: JobContext): number {
  const parallelism: number = job.spec.parallelism ?? 1;
  if (typeof job.spec.completions !== 'number') {
    return succeeded > 0 ? active.length : parallelism;
  }
  const left = Math.max(0, job.spec.completions - succeeded);
  return Math.min(left, parallelism);
}

/** Pods that have come least far first: not placed, pending, not ready. */
function leastUseful(pods: KubeObject[]): KubeObject[] {
  const rank = (pod: KubeObject) => {
    if (!pod.spec.nodeName) return 0;
    if (pod.status?.phase === 'Pending') return 1;
    return isReady(pod) ? 3 : 2;
  };
  return [...pods].sort((a, b) => rank(a) - rank(b));
}

/** One by one: after a refusal the rest would be refused as well. */
function createPods(context: JobContext, count: number): unknown {
  const { job, tools } = context;
  for (let index = 0; index < count; index += 1) {
    try {
      const pod = tools.pods.create(podFor(job));
      tools.owned.add(pod);
      context.active = [...context.active, pod];
      tools.events.record(job, {
        type: 'Normal',
        reason: 'SuccessfulCreate',
        message: `Created pod: ${pod.metadata.name}`,
      });
    } catch (error) {
      if (error instanceof WebhooksPending) return error;
      tools.events.record(job, {
        type: 'Warning',
        reason: 'FailedCreate',
        message: `Error creating: ${(error as Error).message}`,
      });
      return error;
    }
  }
  return undefined;
}

function podFor(job: KubeObject): NewObject {
  const template = structuredClone(job.spec.template);
  const { labels, annotations, finalizers = [] } = template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${job.metadata.name}-`,
      namespace: job.metadata.namespace,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      finalizers: finalizers.includes(TRACKING_FINALIZER)
        ? finalizers
        : [...finalizers, TRACKING_FINALIZER],
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'Job',
          name: job.metadata.name,
          uid: job.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: template.spec,
  };
}

/**
 * Deletes Pods of the Job. `uncounted` releases them first, so that they end without counting as failed
 * (suspended, or more than wanted).
 */
export function deletePods(
  context: JobContext,
  doomed: KubeObject[],
  mode: 'counted' | 'uncounted',
): void {
  const { job, tools } = context;
  for (const pod of doomed) {
    const { namespace, name, uid } = pod.metadata;
    if (mode === 'uncounted') releasePod(tools.pods, pod);
    tools.pods.delete(namespace, name, { preconditions: { uid } });
    tools.events.record(job, {
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${name}`,
    });
    context.active = context.active.filter(other => other !== pod);
    context.terminating += 1;
    if (isReady(pod)) context.ready -= 1;
  }
}

/** Takes the tracking finalizer off the Pod as it is now; the Pod may be gone already. */
export function releasePod(pods: ResourceClient, pod: KubeObject): void {
  const { namespace, name, uid } = pod.metadata;
  const current = pods.get(namespace, name);
  if (current?.metadata.uid !== uid || !hasTrackingFinalizer(current)) return;
  pods.update({
    ...current,
    metadata: {
      ...current.metadata,
      finalizers: current.metadata.finalizers!.filter(
        finalizer => finalizer !== TRACKING_FINALIZER,
      ),
    },
  });
}
