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
import { isManaged } from '../labels';
import { functionConfigMapName } from '../names';
import { isControlledBy } from '../ownership';
import type { Action, Notice } from '../plan';
import type { KeptnTaskDefinition } from '../resources';
import { CODE_KEY, functionConfigMap } from './functionConfigMap';
import { validateDefinition } from './validateDefinition';

/** All that a decision about a definition may depend on. */
export interface DefinitionObservation {
  definition: KeptnTaskDefinition;
  /** The ConfigMap under the name of the one that is generated for the definition, whoever made it. */
  configMap?: V1ConfigMap;
}

/** What a definition wants done. */
export interface DefinitionPlan {
  actions: Action[];
  /** What the definition is to report. Not written when it reports that already. */
  status: NonNullable<KeptnTaskDefinition['status']>;
  /** What is wrong with the definition, one sentence each. Its tasks will not start. */
  problems: string[];
  notices: Notice[];
}

/** Keeps the ConfigMap that carries a definition's inline code, and nobody else's. */
export function planDefinition({
  definition,
  configMap,
}: DefinitionObservation): DefinitionPlan {
  const { spec, metadata } = definition;
  const runtime = spec.deno ?? spec.python;
  const code = runtime?.inline?.code;
  const problems = validateDefinition(definition);

  if (!code) {
    const leftover =
      configMap &&
      isManaged(configMap) &&
      isControlledBy(configMap, definition);
    return plan({
      actions: leftover ? [deletion(configMap)] : [],
      // Keptn puts the name of a referenced ConfigMap there, too.
      configMap: runtime?.configMapRef?.name,
      problems,
    });
  }

  const desired = functionConfigMap(definition, code);
  const named = { configMap: desired.metadata!.name!, problems };
  if (!configMap) {
    return plan({
      ...named,
      actions: [{ type: 'create-config-map', configMap: desired }],
    });
  }
  if (isForeign(configMap, definition)) {
    return plan({
      actions: [],
      problems: [...problems, foreignConfigMapProblem(metadata)],
    });
  }
  return plan({
    ...named,
    actions: isAsDesired(configMap, definition, code)
      ? []
      : [
          {
            type: 'update-config-map',
            configMap: updated(configMap, desired),
          },
        ],
  });
}

/**
 * Whether a ConfigMap may not be touched: it is neither ours nor one that Keptn made for this very code (Keptn's
 * have no owner, no labels and only the code).
 */
export function isForeign(
  configMap: V1ConfigMap,
  definition: KeptnTaskDefinition,
): boolean {
  if (isManaged(configMap) && isControlledBy(configMap, definition)) {
    return false;
  }
  const runtime = definition.spec.deno ?? definition.spec.python;
  const data = configMap.data ?? {};
  const isKeptns =
    !configMap.metadata?.ownerReferences?.length &&
    !configMap.binaryData &&
    Object.keys(data).length === 1 &&
    data[CODE_KEY] === runtime?.inline?.code;
  return !isKeptns;
}

/** Says that the name of a definition's ConfigMap is taken. */
export function foreignConfigMapProblem(metadata: {
  name: string;
  namespace: string;
}): string {
  const name = functionConfigMapName(metadata.name);
  return `ConfigMap ${metadata.namespace}/${name} was not made for this definition and is left alone; delete it or rename the definition.`;
}

function isAsDesired(
  configMap: V1ConfigMap,
  definition: KeptnTaskDefinition,
  code: string,
) {
  return (
    isManaged(configMap) &&
    isControlledBy(configMap, definition) &&
    Object.keys(configMap.data ?? {}).length === 1 &&
    configMap.data?.[CODE_KEY] === code
  );
}

/** What others added to its metadata stays. */
function updated(configMap: V1ConfigMap, desired: V1ConfigMap): V1ConfigMap {
  return {
    ...desired,
    metadata: {
      ...configMap.metadata,
      labels: { ...configMap.metadata?.labels, ...desired.metadata?.labels },
      ownerReferences: desired.metadata?.ownerReferences,
    },
  };
}

function deletion({ metadata }: V1ConfigMap): Action {
  return {
    type: 'delete-config-map',
    namespace: metadata!.namespace!,
    name: metadata!.name!,
    uid: metadata!.uid!,
  };
}

function plan(options: {
  actions: Action[];
  configMap?: string;
  problems: string[];
}): DefinitionPlan {
  const { actions, configMap, problems } = options;
  return {
    actions,
    status: configMap ? { function: { configMap } } : {},
    problems,
    notices: problems.map(message => ({
      type: 'Warning',
      reason: 'DefinitionInvalid',
      message,
    })),
  };
}
