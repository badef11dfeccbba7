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

import type { V1Namespace } from '@kubernetes/client-node';
import { ResourceWatch } from '../../cluster/ResourceWatch';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../../domain/labels';
import {
  OPTED_IN,
  OPT_IN_ANNOTATION,
  REVISION_ANNOTATION,
  REVISIONS_ANNOTATION,
} from '../../domain/release/annotations';
import { revisionKeyOf } from '../../domain/release/revision';
import type { WatchDependencies } from '../ClusterWatches';
import { watch } from '../ClusterWatches';
import { controllerOf, trimMetadata } from '../trim';
import {
  trimNamespace,
  trimRevision,
  trimRollout,
  trimWorkload,
  trimWorkloadPod,
} from './trimWorkloads';

/** Kinds that not every cluster serves. */
export interface OptionalKinds {
  rollouts: boolean;
  metrics: boolean;
  keptnConfigs: boolean;
}

/** Releases are made of these. */
export type ReleaseWatches = ReturnType<typeof createReleaseWatches>;

/**
 * The part of a cluster that releases are made of. Pods and what owns them are kept for opted-in namespaces only;
 * `isOptedIn` is asked for each object, and `optIn.ts` reads a namespace when it opts in later.
 */
export function createReleaseWatches(
  dependencies: WatchDependencies,
  served: OptionalKinds,
) {
  const namespaces = watch(dependencies, {
    kind: 'Namespace',
    transform: trimNamespace,
  });
  const isOptedIn = (namespace: string | undefined) =>
    isOptInNamespace(
      namespaces.cache.get({ namespace: '', name: namespace ?? '' }),
    );
  const here =
    <T extends { metadata?: { namespace?: string } }>(trim: (object: T) => T) =>
    (object: T) =>
      isOptedIn(object.metadata?.namespace) ? trim(object) : undefined;

  return {
    isOptedIn,
    /** Namespaces that have opted in and whose workloads are not yet all in memory. */
    unread: new Set<string>(),
    namespaces,
    deployments: watch(dependencies, {
      kind: 'Deployment',
      transform: here(trimWorkload),
    }),
    replicaSets: watch(dependencies, {
      kind: 'ReplicaSet',
      transform: here(trimWorkload),
      indexers: {
        controller: object =>
          object.metadata?.ownerReferences
            ?.filter(({ controller }) => controller)
            .map(({ uid }) => uid) ?? [],
      },
    }),
    statefulSets: watch(dependencies, {
      kind: 'StatefulSet',
      transform: here(trimWorkload),
    }),
    daemonSets: watch(dependencies, {
      kind: 'DaemonSet',
      transform: here(trimWorkload),
    }),
    controllerRevisions: watch(dependencies, {
      kind: 'ControllerRevision',
      transform: here(trimRevision),
      indexers: {
        controller: object =>
          object.metadata?.ownerReferences
            ?.filter(({ controller }) => controller)
            .map(({ uid }) => uid) ?? [],
      },
    }),
    rollouts: served.rollouts
      ? watch(dependencies, { kind: 'Rollout', transform: here(trimRollout) })
      : undefined,
    /** Pods of opted-in namespaces, and Pods anywhere that carry our gate. Never those of tasks. */
    pods: watch(dependencies, {
      kind: 'Pod',
      labelSelector: `${MANAGED_BY_LABEL}!=${MANAGED_BY}`,
      transform: pod => trimWorkloadPod(pod, isOptedIn),
      indexers: {
        owner: pod =>
          pod.metadata?.ownerReferences
            ?.filter(({ controller }) => controller)
            .map(({ uid }) => uid) ?? [],
        revision: pod => {
          const key = revisionKeyOf(pod);
          return key ? [`${pod.metadata!.namespace}/${key}`] : [];
        },
      },
    }),
    apps: watch(dependencies, { kind: 'KeptnApp', transform: trimMetadata }),
    appContexts: watch(dependencies, {
      kind: 'KeptnAppContext',
      transform: trimMetadata,
    }),
    appVersions: watch(dependencies, {
      kind: 'KeptnAppVersion',
      transform: trimMetadata,
      indexers: {
        app: ({ metadata, spec }) => [`${metadata.namespace}/${spec.appName}`],
      },
    }),
    creationRequests: watch(dependencies, {
      kind: 'KeptnAppCreationRequest',
      transform: trimMetadata,
    }),
    workloads: watch(dependencies, {
      kind: 'KeptnWorkload',
      transform: trimMetadata,
      indexers: {
        app: ({ metadata, spec }) => [`${metadata.namespace}/${spec.app}`],
        owner: ({ metadata }) =>
          metadata.ownerReferences?.map(({ uid }) => uid) ?? [],
        revision: ({ metadata }) =>
          metadata.annotations?.[REVISION_ANNOTATION]
            ? [
                `${metadata.namespace}/${metadata.annotations[REVISION_ANNOTATION]}`,
              ]
            : [],
      },
    }),
    workloadVersions: watch(dependencies, {
      kind: 'KeptnWorkloadVersion',
      transform: trimMetadata,
      indexers: {
        app: ({ metadata, spec }) => [`${metadata.namespace}/${spec.app}`],
        workload: ({ metadata, spec }) => [
          `${metadata.namespace}/${spec.workloadName}`,
        ],
        /** Which revisions it stands for. */
        revision: ({ metadata }) =>
          (metadata.annotations?.[REVISIONS_ANNOTATION] ?? '')
            .split(',')
            .filter(Boolean)
            .map(key => `${metadata.namespace}/${key}`),
        /** Of versions that Keptn's operator made, which know no revisions. */
        resource: ({ spec }) => [spec.resourceReference.uid],
      },
    }),
    evaluations: watch(dependencies, {
      kind: 'KeptnEvaluation',
      transform: trimMetadata,
      indexers: {
        owner: evaluation => [
          (
            controllerOf(evaluation, 'KeptnAppVersion') ??
            controllerOf(evaluation, 'KeptnWorkloadVersion')
          )?.uid ?? '',
        ],
      },
    }),
    evaluationDefinitions: watch(dependencies, {
      kind: 'KeptnEvaluationDefinition',
      transform: trimMetadata,
    }),
    metrics: served.metrics
      ? watch(dependencies, { kind: 'KeptnMetric', transform: trimMetadata })
      : undefined,
    keptnConfigs: served.keptnConfigs
      ? watch(dependencies, { kind: 'KeptnConfig', transform: trimMetadata })
      : undefined,
  };
}

/** Whether a namespace asks for its workloads to be looked after. */
export function isOptInNamespace(namespace: V1Namespace | undefined): boolean {
  return namespace?.metadata?.annotations?.[OPT_IN_ANNOTATION] === OPTED_IN;
}

/** All watches of a set. */
export function listWatches(watches: ReleaseWatches): ResourceWatch<any>[] {
  return Object.values(watches).filter(
    (one): one is ResourceWatch<any> => one instanceof ResourceWatch,
  );
}
