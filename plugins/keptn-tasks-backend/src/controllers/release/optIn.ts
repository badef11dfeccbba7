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

import type { ClusterObject, Kind } from '../../cluster/resourceKinds';
import type { ResourceWatch } from '../../cluster/ResourceWatch';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../../domain/labels';
import type { ReleaseContext } from './ReleaseContext';
import type { ReleaseController } from './ReleaseController';
import { isOptInNamespace } from './ReleaseWatches';

/**
 * Workloads and Pods are kept in memory for opted-in namespaces only. When a namespace opts in after the watches have
 * listed everything, it is read once; the watches follow it from then on. The keys are the names of namespaces.
 *
 * It listens from when it is created, because a namespace may opt in while everything else is still being listed.
 */
export function createOptInController(
  context: ReleaseContext,
): ReleaseController {
  const { watches } = context;
  const { unread } = watches;
  let tell = (_name: string) => {};
  const end = watches.namespaces.onChange(change => {
    const before =
      change.type === 'modified' && isOptInNamespace(change.previous);
    const isListed = watches.namespaces.health().synced;
    if (
      isListed &&
      change.type !== 'deleted' &&
      isOptInNamespace(change.object) &&
      !before
    ) {
      const name = change.object.metadata!.name!;
      unread.add(name);
      tell(name);
    }
  });

  return {
    name: 'opt-in of namespace',

    async reconcile({ name: namespace }) {
      for (const [kind, watch] of keptByNamespace(context)) {
        await readNamespace(context, kind, watch, namespace);
      }
      unread.delete(namespace);
      return {};
    },

    keys: () => [...unread].map(name => ({ namespace: '', name })),

    connect(wake) {
      tell = name => wake({ namespace: '', name });
      return end;
    },
  };
}

/** Pods come first: whether a revision runs already is asked when the revision is seen. */
function keptByNamespace({ watches }: ReleaseContext) {
  const kinds: [Kind, ResourceWatch<any> | undefined][] = [
    ['Pod', watches.pods],
    ['Rollout', watches.rollouts],
    ['Deployment', watches.deployments],
    ['StatefulSet', watches.statefulSets],
    ['DaemonSet', watches.daemonSets],
    ['ControllerRevision', watches.controllerRevisions],
    ['ReplicaSet', watches.replicaSets],
  ];
  return kinds.filter(
    (one): one is [Kind, ResourceWatch<any>] => one[1] !== undefined,
  );
}

async function readNamespace(
  { client }: ReleaseContext,
  kind: Kind,
  watch: ResourceWatch<any>,
  namespace: string,
): Promise<void> {
  const found: ClusterObject[] = await client.list(kind, {
    namespace,
    ...(kind === 'Pod' && {
      labelSelector: `${MANAGED_BY_LABEL}!=${MANAGED_BY}`,
    }),
  });
  const uids = new Set(found.map(({ metadata }) => metadata!.uid));
  found.forEach(object => watch.learn(object));
  // What went away while the namespace was opted out was not told. What came after the list is still there.
  for (const known of [...watch.cache.values()] as ClusterObject[]) {
    const { name, uid } = known.metadata!;
    if (known.metadata!.namespace === namespace && !uids.has(uid)) {
      const live: ClusterObject | undefined = await client.get(kind, {
        namespace,
        name: name!,
      });
      if (live?.metadata?.uid !== uid) {
        watch.cache.remove(known);
      }
    }
  }
}
