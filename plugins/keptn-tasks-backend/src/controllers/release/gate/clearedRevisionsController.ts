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

import type { V1ConfigMap, V1Namespace } from '@kubernetes/client-node';
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
import { workloadNameOf } from '../../../domain/release/identity/identify';
import type { KeptnWorkloadVersion } from '../../../domain/release/resources';
import type { Reconcile, Wake } from '../../Controller';
import type { ReleaseContext } from '../ReleaseContext';
import type { ReleaseController } from '../ReleaseController';
import { isOptInNamespace } from '../ReleaseWatches';
import { observeWorkload } from '../workload/observeWorkload';
import { listOwnerKeys } from '../workload/ownerKeys';
import { tellRefusal } from '../workload/tellRefusal';
import { listRevisions, readRevisions } from './observeRevisions';

/**
 * Keeps in every opted-in namespace the ConfigMap of the revisions whose Pods need no gate. Policy and webhook read it,
 * so that scaling, evictions and lost nodes never wait for us. The keys are the names of namespaces.
 *
 * Where a namespace opts out, its ConfigMap goes: should the namespace come back, what was deployed meanwhile ran before
 * it was looked after, like anything else that nobody checked.
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
        if (isOptInNamespace(namespace) || listOf(context, namespace)) {
          yield { namespace: '', name: namespace.metadata!.name! };
        }
      }
    },

    connect(wake) {
      const wakeNamespace = namespaceWaker(wake);
      const ends = [
        watches.namespaces.onChange(({ type, object }) => {
          if (
            type !== 'deleted' &&
            (isOptInNamespace(object) || listOf(context, object))
          ) {
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
    if (!configMaps || !found || found.metadata?.deletionTimestamp) {
      return {};
    }
    const existing = listOf(context, found);
    if (!isOptInNamespace(found)) {
      if (existing) {
        const key = { namespace, name: CLEARED_REVISIONS };
        const { uid } = existing.metadata!;
        await client.delete('ConfigMap', key, { uid });
      }
      return {};
    }
    // With the ConfigMap the policy begins to hold Pods, and what is not in it is held. So it has to know what is there.
    const revisions =
      existing && !watches.unread.has(namespace)
        ? listRevisions(watches, namespace)
        : await readRevisions(watches, client, namespace);
    if (!existing) {
      try {
        configMaps.learn(await createOrTake(context, namespace, revisions));
      } catch (error) {
        await tellWorkloads(context, namespace, error);
        throw error;
      }
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

/** The ConfigMap of a namespace, as far as it is known. */
function listOf(
  { configMaps }: ReleaseContext,
  { metadata }: V1Namespace,
): V1ConfigMap | undefined {
  return configMaps?.cache.get({
    namespace: metadata!.name!,
    name: CLEARED_REVISIONS,
  });
}

/** Without the ConfigMap nothing is made for any workload of the namespace, and nothing else would say so. */
async function tellWorkloads(
  context: ReleaseContext,
  namespace: string,
  error: unknown,
): Promise<void> {
  const { watches } = context;
  for (const key of listOwnerKeys(watches, namespace)) {
    const observed = observeWorkload(watches, key);
    const template = observed?.revision?.template;
    if (
      observed &&
      workloadNameOf({ template, controller: observed.controller })
    ) {
      await tellRefusal(context, observed.owner, error, {
        reason: 'CreateClearedRevisionsFailed',
        what: `Nothing is checked in namespace ${namespace}, and Pods that are held there stay held, until ConfigMap ${CLEARED_REVISIONS} can be created`,
      });
    }
  }
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
