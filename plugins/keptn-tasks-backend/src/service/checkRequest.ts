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

import { InputError, NotAllowedError } from '@backstage/errors';
import type { TriggerRequest } from 'backstage-plugin-keptn-tasks-common';

import {
  validateName,
  validateTimeout,
} from '../domain/definition/validateDefinition';
import { matchesAny } from '../history/wildcard';
import type { EntityScope } from './entityScope';
import type { TaskCluster, TaskClusters } from './TaskCluster';

import type { ResolvedDefinition } from './requireDefinition';

/** They become one environment variable, which Linux limits to 128 KiB. */
const MAX_PARAMETER_BYTES = 120 * 1024;

/** It becomes one as well, and every list of runs carries it. */
const MAX_CONTEXT_BYTES = 16 * 1024;

/** Where a run is to take place, and of what. */
export interface RunPlace {
  cluster: string;
  namespace: string;
  definition: string;
}

/** The cluster of a place that the entity may reach. Throws, naming the field, when it may not. */
export function requireReach(
  scope: EntityScope,
  place: RunPlace,
  clusters: TaskClusters,
): TaskCluster {
  const cluster = clusters.get(place.cluster);
  if (!cluster) {
    const names = clusters.list().map(({ name }) => name);
    throw new InputError(
      `cluster: there is no cluster '${place.cluster}'; there is ${
        names.join(', ') || 'none at all'
      }`,
    );
  }
  const target = scope.targets.find(
    one => one.cluster === place.cluster && one.namespace === place.namespace,
  );
  if (!target) {
    const places = scope.targets.map(one => `${one.cluster}/${one.namespace}`);
    throw new NotAllowedError(
      `namespace: ${scope.entityRef} does not run tasks in ${place.cluster}/${
        place.namespace
      }; its annotations name ${places.join(', ') || 'no place'}`,
    );
  }
  if (target.refusal) throw new NotAllowedError(`namespace: ${target.refusal}`);
  if (target.definitions && !matchesAny(target.definitions, place.definition)) {
    throw new NotAllowedError(
      `definition: ${scope.entityRef} may not run '${place.definition}' in ${
        place.cluster
      }/${place.namespace}; it may run ${
        target.definitions.join(', ') || 'nothing there'
      }`,
    );
  }
  return cluster;
}

/** Throws when parameters, context, timeout or Secret cannot be passed to this definition. */
export function checkInputs(
  inputs: {
    parameters?: Record<string, string>;
    secureParameters?: string;
    context?: TriggerRequest['context'];
    timeout?: string;
  },
  definition: ResolvedDefinition,
  options: {
    allowExtraParameters: boolean;
    /** Names that are accepted besides those of the definition. */
    accepted?: string[];
  },
): void {
  const known = definition.effective.parameters.map(({ name }) => name);
  const accepted = new Set([...known, ...(options.accepted ?? [])]);
  const unknown = Object.keys(inputs.parameters ?? {}).find(
    name => !accepted.has(name),
  );
  if (unknown !== undefined && !options.allowExtraParameters) {
    throw new InputError(
      `parameters: definition ${
        definition.effective.name
      } has no parameter '${unknown}'; it has ${known.join(', ') || 'none'}`,
    );
  }
  const size = Buffer.byteLength(JSON.stringify(inputs.parameters ?? {}));
  if (size > MAX_PARAMETER_BYTES) {
    throw new InputError(
      `parameters are ${size} bytes altogether; a task may have ${MAX_PARAMETER_BYTES} at most`,
    );
  }
  const contextSize = Buffer.byteLength(JSON.stringify(inputs.context ?? {}));
  if (contextSize > MAX_CONTEXT_BYTES) {
    throw new InputError(
      `context is ${contextSize} bytes; it may have ${MAX_CONTEXT_BYTES} at most`,
    );
  }
  const [timeout] = validateTimeout(inputs.timeout);
  if (timeout) throw new InputError(timeout.replace('spec.timeout', 'timeout'));
  const [secret] = validateName('secureParameters', inputs.secureParameters);
  if (secret) throw new InputError(secret);
}
