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

import type {
  V1ControllerRevision,
  V1PodTemplateSpec,
  V1ReplicaSet,
} from '@kubernetes/client-node';
import type { ObjectKey } from '../../../cluster/ClusterClient';
import type { ClusterObject } from '../../../cluster/resourceKinds';
import { apiVersionOf } from '../../../cluster/resourceKinds';
import type { Words } from '../../../domain/release/identity/keys';
import type { ResourceReference } from '../../../domain/release/resources';
import {
  revisionKey,
  revisionKeyOfTemplate,
} from '../../../domain/release/revision';
import type { WorkloadOwner } from '../../../domain/release/workload/workloadManifest';
import { toMs, type WireTime } from '../../../domain/time';
import type { ReleaseWatches } from '../ReleaseWatches';
import { templateOf } from '../trimWorkloads';
import type { OwnerKind } from './ownerKeys';
import { parseOwnerKey } from './ownerKeys';

/** The version of its Pod template that a workload wants to run now. */
export interface CurrentRevision {
  key: string;
  createdAt: WireTime;
  /** What the Pods belong to. */
  resource: ResourceReference;
  template: V1PodTemplateSpec | undefined;
}

/** A workload with what it says about itself. */
export interface ObservedWorkload {
  owner: WorkloadOwner & { createdAt: WireTime };
  /** Absent until Kubernetes has made one of what the workload asks for. */
  revision?: CurrentRevision;
  /** Counts where the Pod template says no name; nothing for a ReplicaSet on its own. */
  controller?: Words;
}

const DEPLOYMENT_REVISION = 'deployment.kubernetes.io/revision';
const ROLLOUT_REVISION = 'rollout.argoproj.io/revision';
const ROLLOUT_HASH = 'rollouts-pod-template-hash';

/** Looks at a workload and at the revision that it wants now; `undefined` when there is no such workload. */
export function observeWorkload(
  watches: ReleaseWatches,
  key: ObjectKey,
): ObservedWorkload | undefined {
  const parsed = parseOwnerKey(key);
  const place = parsed && { namespace: key.namespace, name: parsed.name };
  switch (parsed?.kind) {
    case 'Deployment':
      return observeDeployment(watches, place!);
    case 'Rollout':
      return observeRollout(watches, place!);
    case 'StatefulSet':
      return observeStatefulSet(watches, place!);
    case 'DaemonSet':
      return observeDaemonSet(watches, place!);
    case 'ReplicaSet':
      return observeReplicaSet(watches, place!);
    default:
      return undefined;
  }
}

function observeDeployment(
  watches: ReleaseWatches,
  key: ObjectKey,
): ObservedWorkload | undefined {
  const deployment = watches.deployments.cache.get(key);
  if (!deployment) {
    return undefined;
  }
  const owner = ownerOf('Deployment', deployment);
  // Until its controller has looked at it, the newest ReplicaSet is not the one it wants.
  const replicaSet = isObserved(deployment)
    ? newestOf(watches, owner, DEPLOYMENT_REVISION)
    : undefined;
  const { annotations, labels } = deployment.metadata!;
  return {
    owner,
    revision: replicaSet && revisionOf(replicaSet),
    // While it is paused its metadata may be ahead of its Pods; a ReplicaSet carries the annotations of its time.
    controller: deployment.spec?.paused
      ? { annotations: replicaSet?.metadata?.annotations, labels }
      : { annotations, labels },
  };
}

function observeRollout(
  watches: ReleaseWatches,
  key: ObjectKey,
): ObservedWorkload | undefined {
  const rollout = watches.rollouts?.cache.get(key);
  if (!rollout) {
    return undefined;
  }
  const owner = ownerOf('Rollout', rollout);
  const hash = rollout.status?.currentPodHash;
  const replicaSet = hash
    ? watches.replicaSets.cache
        .find('controller', owner.metadata.uid)
        .find(({ metadata }) => metadata?.labels?.[ROLLOUT_HASH] === hash)
    : newestOf(watches, owner, ROLLOUT_REVISION);
  const { annotations, labels } = rollout.metadata;
  return {
    owner,
    revision: replicaSet && revisionOf(replicaSet),
    controller: { annotations, labels },
  };
}

function observeReplicaSet(
  watches: ReleaseWatches,
  key: ObjectKey,
): ObservedWorkload | undefined {
  const replicaSet = watches.replicaSets.cache.get(key);
  return (
    replicaSet && {
      owner: ownerOf('ReplicaSet', replicaSet),
      revision: revisionOf(replicaSet),
    }
  );
}

function observeStatefulSet(
  watches: ReleaseWatches,
  key: ObjectKey,
): ObservedWorkload | undefined {
  const statefulSet = watches.statefulSets.cache.get(key);
  if (!statefulSet) {
    return undefined;
  }
  const name = statefulSet.status?.updateRevision;
  const revision =
    name && isObserved(statefulSet)
      ? watches.controllerRevisions.cache.get({ ...key, name })
      : undefined;
  return ofTemplates('StatefulSet', statefulSet, revision);
}

function observeDaemonSet(
  watches: ReleaseWatches,
  key: ObjectKey,
): ObservedWorkload | undefined {
  const daemonSet = watches.daemonSets.cache.get(key);
  if (!daemonSet) {
    return undefined;
  }
  const [newest] = isObserved(daemonSet)
    ? watches.controllerRevisions.cache
        .find('controller', daemonSet.metadata!.uid!)
        .sort((a, b) => b.revision - a.revision)
    : [];
  return ofTemplates('DaemonSet', daemonSet, newest);
}

function ofTemplates(
  kind: 'StatefulSet' | 'DaemonSet',
  object: ClusterObject,
  revision: V1ControllerRevision | undefined,
): ObservedWorkload {
  const owner = ownerOf(kind, object);
  const key = revision && revisionKeyOfTemplate(revision);
  const { annotations, labels } = object.metadata!;
  return {
    owner,
    revision: key
      ? {
          key,
          createdAt: revision.metadata!.creationTimestamp,
          resource: referenceTo(kind, object),
          template: templateOf(revision),
        }
      : undefined,
    controller: { annotations, labels },
  };
}

/** The ReplicaSet that was wanted last: on a way back it gets a new number. */
function newestOf(
  { replicaSets }: ReleaseWatches,
  { metadata }: WorkloadOwner,
  annotation: string,
): V1ReplicaSet | undefined {
  const number = ({ metadata: meta }: V1ReplicaSet) =>
    Number(meta?.annotations?.[annotation] ?? 0);
  const createdMs = ({ metadata: meta }: V1ReplicaSet) =>
    toMs(meta?.creationTimestamp) ?? 0;
  return replicaSets.cache
    .find('controller', metadata.uid)
    .sort((a, b) => number(b) - number(a) || createdMs(b) - createdMs(a))[0];
}

function revisionOf(replicaSet: V1ReplicaSet): CurrentRevision {
  const { name, creationTimestamp } = replicaSet.metadata!;
  return {
    key: revisionKey({ kind: 'ReplicaSet', name: name! }),
    createdAt: creationTimestamp,
    resource: referenceTo('ReplicaSet', replicaSet),
    template: replicaSet.spec?.template,
  };
}

/** Whether Kubernetes has acted on what a workload asks for now. */
function isObserved({
  metadata,
  status,
}: ClusterObject & { status?: { observedGeneration?: number } }): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0);
}

function referenceTo(kind: string, { metadata }: ClusterObject) {
  return { kind, name: metadata!.name!, uid: metadata!.uid! };
}

function ownerOf(
  kind: OwnerKind,
  { metadata }: ClusterObject,
): ObservedWorkload['owner'] {
  return {
    apiVersion: apiVersionOf(kind),
    kind,
    metadata: {
      name: metadata!.name!,
      namespace: metadata!.namespace!,
      uid: metadata!.uid!,
    },
    createdAt: metadata!.creationTimestamp,
  };
}
