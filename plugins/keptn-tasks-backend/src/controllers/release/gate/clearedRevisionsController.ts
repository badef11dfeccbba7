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

import type { V1ConfigMap } from '@kubernetes/client-node';
import { isClusterError } from '../../../cluster/ClusterError';
import {
  ATTEMPT_ANNOTATION,
  CLEARED_REVISIONS,
  REVISIONS_ANNOTATION,
} from '../../../domain/release/annotations';
import { isCleared } from '../../../domain/release/cleared';
import {
  clearedRevisionsManifest,
  isSameList,
  readClearedRevisions,
} from '../../../domain/release/gate/clearedRevisions';
import type { ObservedRevision } from '../../../domain/release/gate/ObservedRevision';
import type { KeptnWorkloadVersion } from '../../../domain/release/resources';
import type { Reconcile, Wake } from '../../Controller';
import type { ReleaseContext } from '../ReleaseContext';
import type { ReleaseController } from '../ReleaseController';
import { isOptInNamespace } from '../ReleaseWatches';
import { listRevisions, readRevisions } from './observeRevisions';

/**
 * Keeps in every opted-in namespace the ConfigMap of the revisions whose Pods need no gate. Policy and webhook read it,
 * so that scaling, evictions and lost nodes never wait for us. The keys are the names of namespaces.
 *
 * Where a namespace opts out, its ConfigMap stays: nobody reads it, and it tells what ran should the namespace come
 * back.
 */
export function createClearedRevisionsController(
  context: ReleaseContext,
): ReleaseController {
  const { watches, configMaps } = context;
  return {
    name: 'cleared revisions of namespace',
    reconcile: createReconcile(context),

    *keys() {
      for (const namespace of watches.namespaces.cache.values()) {
        if (isOptInNamespace(namespace)) {
          yield { namespace: '', name: namespace.metadata!.name! };
        }
      }
    },

    connect(wake) {
      const wakeNamespace = namespaceWaker(wake);
      const ends = [
        watches.namespaces.onChange(({ type, object }) => {
          if (type !== 'deleted' && isOptInNamespace(object)) {
            wakeNamespace(object.metadata!.name);
          }
        }),
        watches.workloadVersions.onChange(change => {
          if (change.type !== 'modified' || isNews(change)) {
            wakeNamespace(change.object.metadata.namespace);
          }
        }),
        // What a revision is cleared by does not change with its ReplicaSet, but it has to exist.
        ...[watches.replicaSets, watches.controllerRevisions].map(watch =>
          watch.onChange(({ type, object }) => {
            if (type !== 'modified') {
              wakeNamespace(object.metadata?.namespace);
            }
          }),
        ),
        configMaps?.onChange(({ object }) => {
          if (object.metadata?.name === CLEARED_REVISIONS) {
            wakeNamespace(object.metadata.namespace);
          }
        }),
      ];
      return () => ends.forEach(end => end?.());
    },
  };
}

function createReconcile(context: ReleaseContext): Reconcile {
  const { watches, configMaps, client, now } = context;

  return async ({ name: namespace }) => {
    const found = watches.namespaces.cache.get({
      namespace: '',
      name: namespace,
    });
    if (
      !configMaps ||
      !isOptInNamespace(found) ||
      found?.metadata?.deletionTimestamp
    ) {
      return {};
    }
    const existing = configMaps.cache.get({
      namespace,
      name: CLEARED_REVISIONS,
    });
    // With the ConfigMap the policy begins to hold Pods, and what is not in it is held. So it has to know what is there.
    const revisions =
      existing && !watches.unread.has(namespace)
        ? listRevisions(watches, namespace)
        : await readRevisions(watches, client, namespace);
    if (!existing) {
      configMaps.learn(await createOrTake(context, namespace, revisions));
      return {};
    }
    const desired = clearedRevisionsManifest(
      namespace,
      revisions,
      readClearedRevisions(existing, now()),
    );
    if (!isSameList(existing, desired)) {
      configMaps.learn(
        await client.replace('ConfigMap', overwrite(existing, desired)),
      );
    }
    return {};
  };
}

/** One that does not carry our label is not watched; it is taken over. */
async function createOrTake(
  { client, now }: ReleaseContext,
  namespace: string,
  revisions: ObservedRevision[],
): Promise<V1ConfigMap> {
  const desired = (existing?: V1ConfigMap) =>
    clearedRevisionsManifest(
      namespace,
      revisions,
      readClearedRevisions(existing, now()),
    );
  try {
    const { metadata, data } = desired();
    return await client.create('ConfigMap', { metadata: metadata!, data });
  } catch (error) {
    const key = { namespace, name: CLEARED_REVISIONS };
    const existing = isClusterError(error, 'already-exists')
      ? await client.get('ConfigMap', key)
      : undefined;
    if (!existing) {
      throw error;
    }
    return client.replace('ConfigMap', overwrite(existing, desired(existing)));
  }
}

function overwrite(
  existing: V1ConfigMap,
  { metadata, data }: V1ConfigMap,
): V1ConfigMap {
  return {
    ...existing,
    metadata: {
      ...existing.metadata,
      labels: { ...existing.metadata?.labels, ...metadata?.labels },
      annotations: {
        ...existing.metadata?.annotations,
        ...metadata?.annotations,
      },
    },
    data,
  };
}

/** Whether a version may clear something now that it did not, or has other words for it. */
function isNews(change: {
  object: KeptnWorkloadVersion;
  previous: KeptnWorkloadVersion;
}): boolean {
  const facts = (version: KeptnWorkloadVersion) =>
    JSON.stringify([
      isCleared(version),
      version.metadata.annotations?.[REVISIONS_ANNOTATION],
      version.metadata.annotations?.[ATTEMPT_ANNOTATION],
      version.status?.deploymentStartTime,
    ]);
  return facts(change.object) !== facts(change.previous);
}

function namespaceWaker(wake: Wake) {
  return (name: string | undefined) => name && wake({ namespace: '', name });
}
