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

import type { V1Pod } from '@kubernetes/client-node';
import { isClusterError } from '../../../cluster/ClusterError';
import type { ClusterObject } from '../../../cluster/resourceKinds';
import {
  CLEARED_REVISIONS,
  REVISIONS_ANNOTATION,
} from '../../../domain/release/annotations';
import { isCleared } from '../../../domain/release/cleared';
import { planGate } from '../../../domain/release/gate/planGate';
import { isGated } from '../../../domain/release/gate/schedulingGate';
import type { KeptnWorkloadVersion } from '../../../domain/release/resources';
import type { Reconcile } from '../../Controller';
import type { ReleaseContext } from '../ReleaseContext';
import type { ReleaseController } from '../ReleaseController';
import { observeGate } from './observeGate';

/**
 * Takes our gate off the Pods of cleared revisions, whoever put it there. A gate that nobody will ever open says so on
 * its Pod.
 */
export function createGateController(
  context: ReleaseContext,
): ReleaseController {
  const { watches, configMaps } = context;
  const { cache } = watches.pods;
  return {
    name: 'gate of Pod',
    reconcile: createReconcile(context),

    *keys() {
      for (const pod of cache.values()) {
        if (isGated(pod)) {
          yield keyOf(pod);
        }
      }
    },

    connect(wake) {
      const wakePods = (pods: Iterable<V1Pod>) => {
        for (const pod of pods) {
          if (isGated(pod)) {
            wake(keyOf(pod));
          }
        }
      };
      const wakeRevision = (namespace: string, key: string) =>
        wakePods(cache.find('revision', `${namespace}/${key}`));
      const wakeOwned = ({ metadata }: ClusterObject) =>
        wakePods(cache.find('owner', metadata!.uid!));

      const ends = [
        watches.pods.onChange(({ type, object }) => {
          if (type !== 'deleted') {
            wakePods([object]);
          }
        }),
        watches.workloadVersions.onChange(({ object }) => {
          if (isCleared(object)) {
            revisionsOf(object).forEach(key =>
              wakeRevision(object.metadata.namespace, key),
            );
            wakePods(cache.find('owner', object.spec.resourceReference.uid));
          }
        }),
        configMaps?.onChange(({ type, object }) => {
          const { namespace, name } = object.metadata!;
          if (type !== 'deleted' && name === CLEARED_REVISIONS) {
            Object.keys(object.data ?? {}).forEach(key =>
              wakeRevision(namespace!, key),
            );
          }
        }),
        watches.namespaces.onChange(({ type, object }) => {
          if (type !== 'deleted') {
            wakePods(podsOf(cache.values(), object.metadata!.name!));
          }
        }),
        // A Pod that waits may keep a newer version from coming.
        watches.statefulSets.onChange(change => {
          if (
            change.type === 'modified' &&
            change.previous.status?.updateRevision !==
              change.object.status?.updateRevision
          ) {
            wakeOwned(change.object);
          }
        }),
        // How old a revision is, and whether it names a workload, is known when its owner was seen.
        ...[watches.replicaSets, watches.statefulSets, watches.daemonSets].map(
          watch =>
            watch.onChange(({ type, object }) => {
              if (type === 'added') {
                wakeOwned(object);
              }
            }),
        ),
        ...[watches.deployments, watches.rollouts].map(watch =>
          watch?.onChange(({ type, object }) => {
            if (type === 'added') {
              watches.replicaSets.cache
                .find('controller', object.metadata!.uid!)
                .forEach(wakeOwned);
            }
          }),
        ),
      ];
      return () => ends.forEach(end => end?.());
    },
  };
}

function createReconcile(context: ReleaseContext): Reconcile {
  const { watches, client, events } = context;

  return async key => {
    const pod = watches.pods.cache.get(key);
    if (!pod || !isGated(pod) || pod.metadata!.deletionTimestamp) {
      return {};
    }
    const { patch, notices } = planGate(observeGate(context, pod));
    if (patch) {
      try {
        watches.pods.learn(await client.patch('Pod', key, patch));
      } catch (error) {
        if (isClusterError(error, 'not-found')) {
          return {};
        }
        if (isClusterError(error, 'conflict')) {
          // So that the next try need not wait for the watch.
          const live = await client.get('Pod', key);
          if (live) {
            watches.pods.learn(live);
          }
        }
        throw error;
      }
    }
    await events.tell({ ...pod, apiVersion: 'v1', kind: 'Pod' }, notices);
    return {};
  };
}

function revisionsOf({ metadata }: KeptnWorkloadVersion): string[] {
  return (metadata.annotations?.[REVISIONS_ANNOTATION] ?? '')
    .split(',')
    .filter(Boolean);
}

function* podsOf(pods: Iterable<V1Pod>, namespace: string) {
  for (const pod of pods) {
    if (pod.metadata?.namespace === namespace) {
      yield pod;
    }
  }
}

function keyOf({ metadata }: V1Pod) {
  return { namespace: metadata!.namespace!, name: metadata!.name! };
}
