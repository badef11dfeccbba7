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

import { isClusterError } from '../../cluster/ClusterError';
import type { ClusterClient } from '../../cluster/ClusterClient';
import type { EventRecorder } from '../../cluster/EventRecorder';
import type { ResourceWatch } from '../../cluster/ResourceWatch';
import { planDefinition } from '../../domain/definition/planDefinition';
import { functionConfigMapName } from '../../domain/names';
import type { KeptnTaskDefinition } from '../../domain/resources';
import type { ClusterWatches } from '../ClusterWatches';
import type { Reconcile } from '../Controller';
import { executeAction } from '../executeActions';

export interface DefinitionReconcilerOptions {
  watches: ClusterWatches;
  definitions: ResourceWatch<'KeptnTaskDefinition'>;
  client: ClusterClient;
  events: EventRecorder;
  /** Throws unless this replica may act on the cluster now. */
  assertLeader: () => void;
}

/** Keeps the ConfigMap with the inline code of a KeptnTaskDefinition, and says what is wrong with the definition. */
export function createDefinitionReconciler(
  options: DefinitionReconcilerOptions,
): Reconcile {
  const { watches, definitions, client, events, assertLeader } = options;

  return async key => {
    const definition = definitions.cache.get(key);
    if (!definition || definition.metadata.deletionTimestamp) {
      return {};
    }
    assertLeader();
    const configMapKey = {
      namespace: key.namespace,
      name: functionConfigMapName(key.name),
    };
    const plan = planDefinition({
      definition,
      // One that does not carry our label is nobody's business of the watch, but it may hold the name.
      configMap:
        watches.configMaps!.cache.get(configMapKey) ??
        (await client.get('ConfigMap', configMapKey)),
    });
    for (const action of plan.actions) {
      const { configMap } = await executeAction(client, action);
      if (configMap) {
        watches.configMaps!.learn(configMap);
      }
    }
    if (configMapOf(definition.status) !== configMapOf(plan.status)) {
      await report(options, definition, configMapOf(plan.status));
    }
    await events.tell(definition, plan.notices);
    return {};
  };
}

async function report(
  { client, definitions }: DefinitionReconcilerOptions,
  { metadata }: KeptnTaskDefinition,
  configMap: string | undefined,
): Promise<void> {
  const { namespace, name, resourceVersion } = metadata;
  try {
    const patched = await client.patchStatus(
      'KeptnTaskDefinition',
      { namespace, name },
      {
        metadata: { resourceVersion },
        status: { function: { configMap: configMap ?? null } },
      },
    );
    definitions.learn(patched, 'quietly');
  } catch (error) {
    if (!isClusterError(error, 'not-found')) {
      throw error;
    }
  }
}

function configMapOf(status: KeptnTaskDefinition['status']) {
  return status?.function?.configMap || undefined;
}
