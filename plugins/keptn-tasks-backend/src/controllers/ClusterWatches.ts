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

import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterConfig } from '../cluster/ClusterConfig';
import type { ClusterConnection } from '../cluster/ClusterConnection';
import type { KubernetesClusterClient } from '../cluster/KubernetesClusterClient';
import type { Kind, ObjectKey } from '../cluster/resourceKinds';
import type { ResourceWatchOptions } from '../cluster/ResourceWatch';
import { ResourceWatch } from '../cluster/ResourceWatch';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../domain/labels';
import { isFinished } from '../domain/state';
import type { RuntimeTimings } from './RuntimeTimings';
import {
  controllerOf,
  trimEvent,
  trimJob,
  trimMetadata,
  trimPod,
  trimTask,
} from './trim';

const OURS = `${MANAGED_BY_LABEL}=${MANAGED_BY}`;

/** What a watch needs beside its kind. */
export interface WatchDependencies {
  connection: ClusterConnection;
  client: KubernetesClusterClient;
  logger: LoggerService;
  timings: RuntimeTimings;
}

/** The part of a cluster that is kept in memory while this replica works on it. */
export type ClusterWatches = ReturnType<typeof createWatches>;

/** Definitions are few and asked for by every page, so that every replica keeps them, leader or not. */
export function createDefinitionWatch(dependencies: WatchDependencies) {
  return watch(dependencies, {
    kind: 'KeptnTaskDefinition',
    transform: trimMetadata,
  });
}

/**
 * Everything else. Where we reconcile, Jobs and Pods are ours and carry our label. Where another operator does, its
 * Jobs are found by their owner and its Pods by the label that every Job's Pods have.
 */
export function createWatches(
  dependencies: WatchDependencies,
  mode: ClusterConfig['mode'],
) {
  const reconciles = mode === 'reconcile';
  return {
    tasks: watch(dependencies, {
      kind: 'KeptnTask',
      transform: trimTask,
      indexers: {
        // Waiting for a definition, or for its code.
        waiting: ({ status }) =>
          !isFinished(status?.status) && !status?.jobName ? ['yes'] : [],
        // What a phase of a release has started.
        owner: ({ metadata }) =>
          (metadata.ownerReferences ?? [])
            .filter(({ controller }) => controller)
            .map(({ uid }) => uid),
      },
    }),
    jobs: watch(dependencies, {
      kind: 'Job',
      labelSelector: reconciles ? OURS : undefined,
      transform: job =>
        controllerOf(job, 'KeptnTask') ? trimJob(job) : undefined,
      indexers: {
        uid: job => [job.metadata!.uid!],
        task: job => [controllerOf(job, 'KeptnTask')!.uid],
      },
    }),
    pods: watch(dependencies, {
      kind: 'Pod',
      labelSelector: reconciles ? OURS : 'job-name',
      transform: pod => (controllerOf(pod, 'Job') ? trimPod(pod) : undefined),
      indexers: { job: pod => [controllerOf(pod, 'Job')!.uid] },
    }),
    jobEvents: watch(dependencies, {
      kind: 'Event',
      fieldSelector: 'involvedObject.kind=Job,reason=FailedCreate',
      transform: trimEvent,
      indexers: { about: event => [event.involvedObject.uid ?? ''] },
    }),
    podEvents: watch(dependencies, {
      kind: 'Event',
      fieldSelector: 'involvedObject.kind=Pod,reason=FailedMount',
      transform: trimEvent,
      indexers: { about: event => [event.involvedObject.uid ?? ''] },
    }),
    // Only those that carry code for us; others are read when a definition names them.
    configMaps: reconciles ? ourConfigMaps(dependencies) : undefined,
  };
}

/** ConfigMaps that carry our label. */
export function ourConfigMaps(dependencies: WatchDependencies) {
  return watch(dependencies, {
    kind: 'ConfigMap',
    labelSelector: OURS,
    transform: trimMetadata,
  });
}

/** One Secret, for those who were told to read it. */
export function createSecretWatch(
  dependencies: WatchDependencies,
  { namespace, name }: ObjectKey,
) {
  return watch(dependencies, {
    kind: 'Secret',
    namespace,
    fieldSelector: `metadata.name=${name}`,
  });
}

/** A watch with the timings of the work on a cluster. */
export function watch<K extends Kind>(
  { timings, ...dependencies }: WatchDependencies,
  options: Omit<ResourceWatchOptions<K>, 'connection' | 'client' | 'logger'>,
): ResourceWatch<K> {
  return new ResourceWatch({
    ...dependencies,
    watchSeconds: timings.watchSeconds,
    maxSilenceMs: timings.watchSilenceMs,
    ...options,
  });
}
