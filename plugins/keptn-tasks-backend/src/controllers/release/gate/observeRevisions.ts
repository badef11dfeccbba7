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
  V1Pod,
  V1ReplicaSet,
} from '@kubernetes/client-node';
import type { ClusterClient } from '../../../cluster/ClusterClient';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../../../domain/labels';
import {
  CLEARED_REVISIONS,
  REVISIONS_ANNOTATION,
} from '../../../domain/release/annotations';
import { readClearedRevisions } from '../../../domain/release/gate/clearedRevisions';
import type {
  ClearedRevisions,
  ObservedRevision,
} from '../../../domain/release/gate/ObservedRevision';
import { isGated } from '../../../domain/release/gate/schedulingGate';
import {
  revisionKey,
  revisionKeyOf,
  revisionKeyOfTemplate,
} from '../../../domain/release/revision';
import type { KeptnWorkloadVersion } from '../../../domain/release/resources';
import type { ReleaseContext } from '../ReleaseContext';
import type { ReleaseWatches } from '../ReleaseWatches';

/** The objects that a namespace's revisions are told from. */
interface Sources {
  replicaSets: V1ReplicaSet[];
  controllerRevisions: V1ControllerRevision[];
  /** Of a revision. */
  podsOf(key: string): V1Pod[];
}

/** What a namespace's ConfigMap of cleared revisions says now. */
export function knownClearedRevisions(
  { configMaps, now }: Pick<ReleaseContext, 'configMaps' | 'now'>,
  namespace: string,
): ClearedRevisions {
  return readClearedRevisions(
    configMaps?.cache.get({ namespace, name: CLEARED_REVISIONS }),
    now(),
  );
}

/** One revision, with what is in memory of it. `ownerUid` is that of the ReplicaSet, StatefulSet or DaemonSet. */
export function observeRevision(
  watches: ReleaseWatches,
  where: { namespace: string; key: string; ownerUid: string; createdAt: Date },
): ObservedRevision {
  const { namespace, key, ownerUid, createdAt } = where;
  return {
    key,
    createdAt,
    versions: versionsOf(watches, namespace, key, ownerUid),
    ...countPods(watches.pods.cache.find('revision', `${namespace}/${key}`)),
  };
}

/** All revisions of a namespace, from memory. */
export function listRevisions(
  watches: ReleaseWatches,
  namespace: string,
): ObservedRevision[] {
  const here = <T extends V1ReplicaSet | V1ControllerRevision>(
    all: Iterable<T>,
  ) => [...all].filter(({ metadata }) => metadata?.namespace === namespace);
  return toRevisions(watches, namespace, {
    replicaSets: here(watches.replicaSets.cache.values()),
    controllerRevisions: here(watches.controllerRevisions.cache.values()),
    podsOf: key => watches.pods.cache.find('revision', `${namespace}/${key}`),
  });
}

/** The same, read live: for a namespace that may not have been read yet. */
export async function readRevisions(
  watches: ReleaseWatches,
  client: ClusterClient,
  namespace: string,
): Promise<ObservedRevision[]> {
  const [replicaSets, controllerRevisions, pods] = await Promise.all([
    client.list('ReplicaSet', { namespace }),
    client.list('ControllerRevision', { namespace }),
    client.list('Pod', {
      namespace,
      labelSelector: `${MANAGED_BY_LABEL}!=${MANAGED_BY}`,
    }),
  ]);
  const byRevision = new Map<string | undefined, V1Pod[]>();
  for (const pod of pods) {
    const key = revisionKeyOf(pod);
    byRevision.set(key, [...(byRevision.get(key) ?? []), pod]);
  }
  return toRevisions(watches, namespace, {
    replicaSets,
    controllerRevisions,
    podsOf: key => byRevision.get(key) ?? [],
  });
}

function toRevisions(
  watches: ReleaseWatches,
  namespace: string,
  { replicaSets, controllerRevisions, podsOf }: Sources,
): ObservedRevision[] {
  const revision = (
    key: string,
    ownerUid: string,
    { metadata }: V1ReplicaSet | V1ControllerRevision,
  ): ObservedRevision => ({
    key,
    createdAt: new Date(metadata!.creationTimestamp!),
    versions: versionsOf(watches, namespace, key, ownerUid),
    ...countPods(podsOf(key)),
  });
  return [
    ...replicaSets.map(one =>
      revision(
        revisionKey({ kind: 'ReplicaSet', name: one.metadata!.name! }),
        one.metadata!.uid!,
        one,
      ),
    ),
    ...controllerRevisions.flatMap(one => {
      const key = revisionKeyOfTemplate(one);
      return key ? [revision(key, controllerUid(one), one)] : [];
    }),
  ];
}

/** The versions that stand for a revision, the youngest first. */
function versionsOf(
  { workloadVersions }: ReleaseWatches,
  namespace: string,
  key: string,
  ownerUid: string,
): KeptnWorkloadVersion[] {
  const { cache } = workloadVersions;
  // Those of Keptn's operator know the owner alone, which tells a revision of a ReplicaSet and of nothing else.
  const older = cache
    .find('resource', ownerUid)
    .filter(
      ({ metadata, spec }) =>
        !metadata.annotations?.[REVISIONS_ANNOTATION] &&
        spec.resourceReference.kind === 'ReplicaSet',
    );
  return [...cache.find('revision', `${namespace}/${key}`), ...older].sort(
    (a, b) => createdMs(b) - createdMs(a),
  );
}

function createdMs({ metadata }: KeptnWorkloadVersion): number {
  return new Date(metadata.creationTimestamp ?? 0).getTime();
}

function countPods(pods: V1Pod[]) {
  const gatedPods = pods.filter(isGated).length;
  return { gatedPods, freePods: pods.length - gatedPods };
}

function controllerUid({ metadata }: V1ControllerRevision): string {
  return metadata!.ownerReferences!.find(({ controller }) => controller)!.uid;
}
