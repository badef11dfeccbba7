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

import type { CoreV1Event, V1Job, V1Pod } from '@kubernetes/client-node';
import type { ClusterObject, ResourceTypes } from '../cluster/resourceKinds';
import type { KeptnTask } from '../domain/resources';
import { creationEntry } from '../domain/task/triggerOf';

/**
 * What is kept in memory of the objects of a cluster: what decisions depend on. Each of these changes the object it
 * is given and returns it.
 */

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Bookkeeping of others, often larger than the object itself. */
export function trimMetadata<T extends ClusterObject>(object: T): T {
  delete object.metadata?.managedFields;
  if (object.metadata?.annotations) {
    delete object.metadata.annotations[LAST_APPLIED];
  }
  return object;
}

/** With the name of who created it, of all the field managers. */
export function trimTask(task: KeptnTask): KeptnTask {
  const creator = creationEntry(task.metadata);
  trimMetadata(task);
  if (creator) {
    task.metadata.managedFields = [{ manager: creator.manager }];
  }
  return task;
}

/** Without its Pod template, of which only the names of the containers count. */
export function trimJob(job: V1Job): V1Job {
  trimMetadata(job);
  delete job.metadata!.annotations;
  const { spec } = job;
  if (spec) {
    const containers = spec.template.spec?.containers ?? [];
    job.spec = {
      backoffLimit: spec.backoffLimit,
      activeDeadlineSeconds: spec.activeDeadlineSeconds,
      suspend: spec.suspend,
      ttlSecondsAfterFinished: spec.ttlSecondsAfterFinished,
      template: {
        spec: { containers: containers.map(({ name }) => ({ name })) },
      },
    };
  }
  return job;
}

/** Without volumes, environment and the like. */
export function trimPod(pod: V1Pod): V1Pod {
  trimMetadata(pod);
  delete pod.metadata!.annotations;
  const { spec } = pod;
  if (spec) {
    pod.spec = {
      nodeName: spec.nodeName,
      restartPolicy: spec.restartPolicy,
      terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds,
      containers: spec.containers.map(({ name, image, resources }) => ({
        name,
        image,
        resources,
      })),
    };
  }
  return pod;
}

/** Whom it is about, what it says and when. */
export function trimEvent(event: CoreV1Event): CoreV1Event {
  const { name, namespace, uid, resourceVersion } = event.metadata;
  const { creationTimestamp } = event.metadata;
  return {
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    involvedObject: event.involvedObject,
    type: event.type,
    reason: event.reason,
    message: event.message,
    count: event.count,
    firstTimestamp: event.firstTimestamp,
    lastTimestamp: event.lastTimestamp,
    eventTime: event.eventTime,
    series: event.series,
  };
}

/** Uid of the object that controls another, when it is of this kind. */
export function controllerOf(
  { metadata }: ClusterObject,
  kind: keyof ResourceTypes,
): { uid: string; name: string } | undefined {
  return metadata?.ownerReferences?.find(
    reference => reference.controller && reference.kind === kind,
  );
}
