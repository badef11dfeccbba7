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

import type { ObjectKey } from '../../../cluster/ClusterClient';
import type { ClusterObject } from '../../../cluster/resourceKinds';
import { CLEARED_REVISIONS } from '../../../domain/release/annotations';
import { isGated } from '../../../domain/release/gate/schedulingGate';
import type { KeptnWorkload } from '../../../domain/release/resources';
import { revisionOwnerOf } from '../../../domain/release/revision';
import type { Wake } from '../../Controller';
import type { ReleaseContext } from '../ReleaseContext';
import type { ReleaseWatches } from '../ReleaseWatches';
import type { OwnerKind } from './ownerKeys';
import {
  keyOfOwner,
  keyOfReplicaSet,
  listOwnerKeys,
  ownerKey,
} from './ownerKeys';

/** What wakes the controller of workloads' revisions, until the returned function is called. */
export function wakeOwners(
  { watches, configMaps }: ReleaseContext,
  wake: Wake,
): () => void {
  const wakeAll = (keys: Iterable<ObjectKey>) => {
    for (const key of keys) {
      wake(key);
    }
  };
  const wakeNamed =
    (kind: OwnerKind) =>
    ({ object }: { object: ClusterObject }) => {
      const { namespace, name } = object.metadata!;
      wake(ownerKey(namespace!, kind, name!));
    };
  const wakeWorkloadsOf = (namespace: string, app: string) => {
    const workloads = watches.workloads.cache.find(
      'app',
      `${namespace}/${app}`,
    );
    wakeAll(workloads.flatMap(workload => ownersOf(watches, workload)));
  };

  const ends = [
    // Its metadata or what it wants has changed, or Kubernetes has acted on that.
    watches.deployments.onChange(wakeNamed('Deployment')),
    watches.rollouts?.onChange(wakeNamed('Rollout')),
    watches.statefulSets.onChange(wakeNamed('StatefulSet')),
    watches.daemonSets.onChange(wakeNamed('DaemonSet')),
    // A new revision.
    watches.replicaSets.onChange(({ object }) => wake(keyOfReplicaSet(object))),
    watches.controllerRevisions.onChange(({ object }) => {
      const { namespace } = object.metadata!;
      const owner = revisionOwnerOf(object);
      wakeAll(some(owner && keyOfOwner(namespace!, owner)));
    }),
    // A revision that was left alone has a Pod that waits for us.
    watches.pods.onChange(change => {
      if (change.type === 'added' && isGated(change.object)) {
        const { namespace } = change.object.metadata!;
        const owner = revisionOwnerOf(change.object);
        wakeAll(some(owner && keyOfResource(watches, namespace!, owner)));
      }
    }),
    // Somebody deleted or changed what we made; or who had the name has gone.
    watches.workloads.onChange(({ object }) =>
      wakeAll(ownersOf(watches, object)),
    ),
    // The app may have been made without knowing of this workload.
    watches.creationRequests.onChange(({ type, object }) => {
      if (type === 'deleted') {
        wakeWorkloadsOf(object.metadata.namespace, object.spec.appName);
      }
    }),
    watches.apps.onChange(({ object }) =>
      wakeWorkloadsOf(object.metadata.namespace, object.metadata.name),
    ),
    // Until it is there nobody knows which revisions ran before.
    configMaps?.onChange(({ type, object }) => {
      const { namespace, name } = object.metadata!;
      if (type === 'added' && name === CLEARED_REVISIONS) {
        wakeAll(listOwnerKeys(watches, namespace));
      }
    }),
    // Its workloads are looked after from now on, or no more.
    watches.namespaces.onChange(({ object }) => {
      const { name } = object.metadata!;
      wakeAll([
        { namespace: name!, name: '' },
        ...listOwnerKeys(watches, name),
      ]);
    }),
  ];
  return () => ends.forEach(end => end?.());
}

/** The workload that a KeptnWorkload belongs to. */
function ownersOf(
  watches: ReleaseWatches,
  { metadata }: KeptnWorkload,
): ObjectKey[] {
  return (metadata.ownerReferences ?? []).flatMap(reference =>
    some(keyOfResource(watches, metadata.namespace, reference)),
  );
}

/** The workload that a ReplicaSet, StatefulSet or DaemonSet belongs to or is. */
function keyOfResource(
  { replicaSets }: ReleaseWatches,
  namespace: string,
  resource: { kind: string; name: string },
): ObjectKey | undefined {
  const replicaSet =
    resource.kind === 'ReplicaSet'
      ? replicaSets.cache.get({ namespace, name: resource.name })
      : undefined;
  return replicaSet
    ? keyOfReplicaSet(replicaSet)
    : keyOfOwner(namespace, resource);
}

function some(key: ObjectKey | undefined): ObjectKey[] {
  return key ? [key] : [];
}
