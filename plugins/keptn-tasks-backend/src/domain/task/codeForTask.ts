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
import type { EffectiveDefinition } from '../definition/EffectiveDefinition';
import { CODE_KEY } from '../definition/functionConfigMap';
import {
  foreignConfigMapProblem,
  isForeign,
  planDefinition,
} from '../definition/planDefinition';
import { codeCopyName, functionConfigMapName } from '../names';
import { ownerReference } from '../ownership';
import type { Action } from '../plan';
import type { KeptnTask } from '../resources';
import { ownLabels } from './jobManifest';

/** Where the Job of a task finds its code, and what is to be done for that first. */
export type CodeForTask =
  | {
      state: 'ready';
      /** ConfigMap beside the Job; absent when the code has a URL or stands in the container. */
      configMapName?: string;
      actions: Action[];
    }
  | {
      state: 'waiting';
      reason: 'ConfigMapMissing' | 'ConfigMapKeyMissing' | 'DefinitionInvalid';
      message: string;
    };

/**
 * The ConfigMap that must be looked at before a task's Job can be made, if there is one: the one that the definition
 * names, or the one that carries its inline code.
 */
export function codeConfigMapKey(
  definition: EffectiveDefinition,
  taskNamespace: string,
): { namespace: string; name: string } | undefined {
  const { code } = definition;
  if (code?.type === 'config-map') {
    return { namespace: code.namespace, name: code.name };
  }
  if (code?.type === 'inline') {
    const { name, namespace } = code.definition.metadata;
    // Elsewhere the code itself is copied.
    return namespace === taskNamespace
      ? { namespace, name: functionConfigMapName(name) }
      : undefined;
  }
  return undefined;
}

/** Brings the code into the namespace of the task. ConfigMaps of other namespaces cannot be mounted. */
export function codeForTask(
  task: KeptnTask,
  definition: EffectiveDefinition,
  configMap: V1ConfigMap | undefined,
): CodeForTask {
  const { code } = definition;
  const { namespace } = task.metadata;

  if (code === undefined || code.type === 'url') {
    return { state: 'ready', actions: [] };
  }

  if (code.type === 'config-map') {
    const name = `${code.namespace}/${code.name}`;
    const content = configMap?.data?.[CODE_KEY];
    if (!configMap) {
      return {
        state: 'waiting',
        reason: 'ConfigMapMissing',
        message: `ConfigMap ${name} does not exist; the code of definition ${definition.name} comes from it.`,
      };
    }
    if (content === undefined) {
      return {
        state: 'waiting',
        reason: 'ConfigMapKeyMissing',
        message: `ConfigMap ${name} has no key "${CODE_KEY}"; the code of definition ${definition.name} must be there.`,
      };
    }
    return code.namespace === namespace
      ? { state: 'ready', configMapName: code.name, actions: [] }
      : copied(task, content);
  }

  const owner = code.definition;
  if (owner.metadata.namespace !== namespace) {
    return copied(task, code.code);
  }
  if (configMap && isForeign(configMap, owner)) {
    return {
      state: 'waiting',
      reason: 'DefinitionInvalid',
      message: foreignConfigMapProblem(owner.metadata),
    };
  }
  return {
    state: 'ready',
    configMapName: functionConfigMapName(owner.metadata.name),
    // Usually there already; a task that comes right after its definition does not wait for it.
    actions: planDefinition({ definition: owner, configMap }).actions,
  };
}

function copied(task: KeptnTask, code: string): CodeForTask {
  const name = codeCopyName(task, code);
  return {
    state: 'ready',
    configMapName: name,
    actions: [
      {
        type: 'create-config-map',
        configMap: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {
            name,
            namespace: task.metadata.namespace,
            labels: ownLabels(task),
            ownerReferences: [ownerReference(task)],
          },
          data: { [CODE_KEY]: code },
        },
      },
    ],
  };
}
