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

import { POD_TEMPLATE_ANNOTATION } from '../annotations';
import type { KeptnTaskDefinition, RuntimeSpec } from '../resources';
import type { TaskSettings } from '../settings';
import { sortedByName } from '../sortedByName';
import { definitionHash } from './definitionHash';
import { definitionSnapshot } from './definitionSnapshot';
import type {
  CodeSource,
  DefinitionParameter,
  EffectiveDefinition,
} from './EffectiveDefinition';
import { parsePodTemplate } from './podTemplate';
import { validateDefinition } from './validateDefinition';

/** Finds a definition by namespace and name; `undefined` when there is none. */
export type DefinitionLookup = (
  namespace: string,
  name: string,
) => KeptnTaskDefinition | undefined;

/** What became of looking for a task's definition. */
export type DefinitionResolution =
  | {
      state: 'resolved';
      effective: EffectiveDefinition;
      /** Hash over what is run. */
      hash: string;
      /** The definition with its references followed, as YAML. */
      snapshot: string;
    }
  /** Something is not there yet; it may still be applied. */
  | {
      state: 'waiting';
      reason: 'DefinitionMissing' | 'ReferenceMissing';
      message: string;
      /** Where the task's own definition is, when that one was found. */
      namespace?: string;
    }
  /** It cannot run as it is; somebody has to change it. */
  | {
      state: 'invalid';
      reason: 'DefinitionInvalid' | 'ReferenceCycle';
      message: string;
      namespace?: string;
    };

type Resolved = Extract<DefinitionResolution, { state: 'resolved' }>;

/** A definition, and those it refers to, one after the other. */
interface Chain {
  definitions: KeptnTaskDefinition[];
}

/**
 * Finds the definition of a task and follows its references to what is really run. Every definition is looked for in
 * the task's namespace first and then in the Keptn namespace.
 */
export function resolveDefinition(
  name: string,
  taskNamespace: string,
  lookup: DefinitionLookup,
  settings: Pick<TaskSettings, 'keptnNamespace' | 'images'>,
): DefinitionResolution {
  const chain = followReferences(name, taskNamespace, lookup, settings);
  if ('state' in chain) {
    return chain;
  }
  return resolveChain(chain.definitions, settings);
}

/**
 * What became of chains of definitions before, by their first one. A burst of tasks asks for the same definition
 * again and again; a changed definition is another object.
 */
const resolvedChains = new WeakMap<
  KeptnTaskDefinition,
  { parts: unknown[]; resolution: Resolved }
>();

function resolveChain(
  definitions: KeptnTaskDefinition[],
  settings: Pick<TaskSettings, 'images'>,
): Resolved {
  const { deno, python } = settings.images;
  const parts = [...definitions, deno, python];
  const before = resolvedChains.get(definitions[0]);
  if (
    before?.parts.length === parts.length &&
    parts.every((part, index) => part === before.parts[index])
  ) {
    return before.resolution;
  }
  const effective = mergeChain(definitions, settings);
  const resolution: Resolved = {
    state: 'resolved',
    effective,
    hash: definitionHash(effective),
    snapshot: definitionSnapshot(effective),
  };
  resolvedChains.set(definitions[0], { parts, resolution });
  return resolution;
}

function followReferences(
  name: string,
  taskNamespace: string,
  lookup: DefinitionLookup,
  { keptnNamespace }: Pick<TaskSettings, 'keptnNamespace'>,
): Chain | Exclude<DefinitionResolution, { state: 'resolved' }> {
  const places =
    keptnNamespace === taskNamespace
      ? [taskNamespace]
      : [taskNamespace, keptnNamespace];
  const definitions: KeptnTaskDefinition[] = [];
  let next: string | undefined = name;

  while (next !== undefined) {
    const wanted: string = next;
    const namespace = definitions[0]?.metadata.namespace;
    const names = definitions.map(({ metadata }) => metadata.name);
    if (names.includes(wanted)) {
      return {
        state: 'invalid',
        reason: 'ReferenceCycle',
        message: `Definition ${name} refers to itself: ${[
          ...names.slice(names.indexOf(wanted)),
          wanted,
        ].join(' → ')}.`,
        namespace,
      };
    }

    const found = places
      .map(place => lookup(place, wanted))
      .find(definition => definition !== undefined);
    if (!found) {
      const where = `neither in namespace ${taskNamespace} nor in ${keptnNamespace}`;
      const notThere =
        places.length > 1 ? where : `not in namespace ${taskNamespace}`;
      return definitions.length
        ? {
            state: 'waiting',
            reason: 'ReferenceMissing',
            message: `Definition ${names.at(
              -1,
            )} refers to definition ${wanted}, which is ${notThere}.`,
            namespace,
          }
        : {
            state: 'waiting',
            reason: 'DefinitionMissing',
            message: `Definition ${wanted} is ${notThere}.`,
          };
    }

    const [problem] = validateDefinition(found);
    if (problem) {
      return {
        state: 'invalid',
        reason: 'DefinitionInvalid',
        message: `Definition ${found.metadata.namespace}/${wanted} cannot run: ${problem}`,
        namespace: namespace ?? found.metadata.namespace,
      };
    }

    definitions.push(found);
    next = runtimeOf(found)?.functionRef?.name;
  }
  return { definitions };
}

/** The nearest definition has the first word; the last one has the code. Only the task's own has a say over the Pod. */
function mergeChain(
  definitions: KeptnTaskDefinition[],
  settings: Pick<TaskSettings, 'images'>,
): EffectiveDefinition {
  const own = definitions[0];
  const last = definitions[definitions.length - 1];
  const runner = runnerOf(last);
  const runtimes = definitions.map(runtimeOf);
  const podTemplate = own.metadata.annotations?.[POD_TEMPLATE_ANNOTATION];

  return {
    name: own.metadata.name,
    namespace: own.metadata.namespace,
    runner,
    image:
      runner === 'container'
        ? last.spec.container!.image!
        : settings.images[runner],
    code: codeOf(last),
    container: last.spec.container,
    parameters: mergeParameters(definitions),
    secureParameters: runtimes
      .map(runtime => runtime?.secureParameters?.secret)
      .find(Boolean),
    cmdParameters: runtimes
      .map(runtime => runtime?.cmdParameters)
      .find(text => text !== undefined),
    retries: own.spec.retries,
    timeout: own.spec.timeout,
    ttlSecondsAfterFinished: own.spec.ttlSecondsAfterFinished,
    serviceAccountName: own.spec.serviceAccount?.name,
    automountServiceAccountToken: own.spec.automountServiceAccountToken?.type,
    imagePullSecrets: own.spec.imagePullSecrets,
    podTemplate: podTemplate
      ? parsePodTemplate(podTemplate, POD_TEMPLATE_ANNOTATION).template
      : undefined,
  };
}

function runnerOf({
  spec,
}: KeptnTaskDefinition): EffectiveDefinition['runner'] {
  if (spec.container) {
    return 'container';
  }
  return spec.python ? 'python' : 'deno';
}

function mergeParameters(
  definitions: KeptnTaskDefinition[],
): DefinitionParameter[] {
  const merged = new Map<string, DefinitionParameter>();
  definitions.forEach((definition, depth) => {
    const map = runtimeOf(definition)?.parameters?.map ?? {};
    for (const [name, value] of Object.entries(map)) {
      // An empty value is a value: it can hide one that a referenced definition sets.
      if (!merged.has(name)) {
        merged.set(name, {
          name,
          value,
          source: depth === 0 ? 'definition' : 'reference',
          definition: definition.metadata.name,
        });
      }
    }
  });
  return sortedByName([...merged.values()]);
}

function codeOf(definition: KeptnTaskDefinition): CodeSource | undefined {
  const runtime = runtimeOf(definition);
  const { namespace } = definition.metadata;
  if (runtime?.inline) {
    return { type: 'inline', code: runtime.inline.code!, definition };
  }
  if (runtime?.configMapRef) {
    return { type: 'config-map', namespace, name: runtime.configMapRef.name! };
  }
  return runtime?.httpRef
    ? { type: 'url', url: runtime.httpRef.url! }
    : undefined;
}

function runtimeOf(definition: KeptnTaskDefinition): RuntimeSpec | undefined {
  return definition.spec.deno ?? definition.spec.python;
}
