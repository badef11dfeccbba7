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

import type { V1OwnerReference } from '@kubernetes/client-node';
import type { Change } from '../../../cluster/ResourceCache';
import type { ClusterObject } from '../../../cluster/resourceKinds';
import { isReleasedByHand } from '../../../domain/release/cleared';
import { isVersionFinished } from '../../../domain/release/repeat';
import type { KeptnWorkloadVersion } from '../../../domain/release/resources';
import { revisionKey, revisionKeyOf } from '../../../domain/release/revision';
import type { Wake } from '../../Controller';
import type { ReleaseContext } from '../ReleaseContext';
import { wakeForItems } from '../version/wakeOwners';
import { isGated } from './observeResources';

/** Whatever else may change an answer about a version of a workload. */
export function wakeWorkloadVersions(
  context: ReleaseContext,
  wake: Wake,
): () => void {
  const { watches } = context;
  const versions = watches.workloadVersions.cache;
  const wakeAll = (these: KeptnWorkloadVersion[]) =>
    these.forEach(({ metadata }) => wake(metadata));
  const wakeUnfinished = (these: KeptnWorkloadVersion[]) =>
    wakeAll(these.filter(version => !isVersionFinished(version)));
  const wakeFollowed = (these: KeptnWorkloadVersion[]) =>
    wakeAll(
      these.filter(
        version => !isVersionFinished(version) || isReleasedByHand(version),
      ),
    );
  const ofReplicaSet = ({ metadata }: ClusterObject) => [
    ...versions.find('resource', metadata!.uid!),
    ...versions.find(
      'revision',
      `${metadata!.namespace}/${revisionKey({
        kind: 'ReplicaSet',
        name: metadata!.name!,
      })}`,
    ),
  ];
  const ofParent = ({ metadata }: ClusterObject) =>
    watches.replicaSets.cache
      .find('controller', metadata!.uid!)
      .flatMap(ofReplicaSet);
  const ofPod = ({ metadata }: ClusterObject) => {
    const key = revisionKeyOf({ metadata });
    return [
      ...(key
        ? versions.find('revision', `${metadata!.namespace}/${key}`)
        : []),
      ...ownersOf(metadata?.ownerReferences).flatMap(({ uid }) =>
        versions.find('resource', uid),
      ),
    ];
  };
  const wakeResource = ({ object }: Change<ClusterObject>) =>
    wakeFollowed(versions.find('resource', object.metadata!.uid!));

  const ends = [
    wakeForItems(
      context,
      'KeptnWorkloadVersion',
      () => versions.values(),
      wake,
    ),
    // Its phases begin when those of its app before the deployment are passed.
    watches.appVersions.onChange(({ object: { metadata, spec } }) =>
      wakeUnfinished(
        versions.find('app', `${metadata.namespace}/${spec.appName}`),
      ),
    ),
    // Another version is asked for, or this one again.
    watches.workloads.onChange(({ object: { metadata } }) =>
      wakeAll(
        versions.find('workload', `${metadata.namespace}/${metadata.name}`),
      ),
    ),
    // How far the rollout is, also when somebody let its Pods go after all was over.
    watches.replicaSets.onChange(({ object }) =>
      wakeFollowed(ofReplicaSet(object)),
    ),
    watches.deployments.onChange(({ object }) =>
      wakeFollowed(ofParent(object)),
    ),
    watches.statefulSets.onChange(wakeResource),
    watches.daemonSets.onChange(wakeResource),
    // Tells which revision of a DaemonSet is its latest.
    watches.controllerRevisions.onChange(({ object }) =>
      wakeFollowed(
        ownersOf(object.metadata?.ownerReferences).flatMap(({ uid }) =>
          versions.find('resource', uid),
        ),
      ),
    ),
    // Pods that wait at the gate are counted, also when all is over.
    watches.pods.onChange(change => {
      const wasGated = change.type === 'modified' && isGated(change.previous);
      if (isGated(change.object) || wasGated) {
        wakeAll(ofPod(change.object));
      }
    }),
    watches.rollouts?.onChange(({ object }) => wakeFollowed(ofParent(object))),
  ];
  return () => ends.forEach(end => end?.());
}

function ownersOf(
  references: V1OwnerReference[] | undefined,
): V1OwnerReference[] {
  return references?.filter(({ controller }) => controller) ?? [];
}
