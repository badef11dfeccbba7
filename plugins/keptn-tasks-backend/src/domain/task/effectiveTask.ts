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

import { sortedByName } from '../sortedByName';
import type { EffectiveDefinition } from '../definition/EffectiveDefinition';
import {
  validateNumber,
  validateTimeout,
} from '../definition/validateDefinition';
import { parseDurationMs } from '../duration';
import type { KeptnTask } from '../resources';
import type { TaskSettings } from '../settings';
import type { RunUpdate } from './TaskPlan';

/** What a task asks for, with its definition's and the platform's defaults filled in. */
export interface EffectiveTask {
  definition: EffectiveDefinition;
  parameters: NonNullable<RunUpdate['parameters']>;
  /** Name of the Secret. */
  secureParameters?: string;
  /** How often a failed attempt is repeated. */
  retries: number;
  /** For all attempts together. */
  timeoutSeconds: number;
}

/** The task's own wishes over those of its definition over the defaults. */
export function effectiveTask(
  { spec }: KeptnTask,
  definition: EffectiveDefinition,
  { defaults }: Pick<TaskSettings, 'defaults'>,
): EffectiveTask {
  const timeout = spec.timeout ?? definition.timeout ?? defaults.timeout;
  return {
    definition,
    parameters: mergeParameters(spec, definition),
    secureParameters:
      spec.secureParameters?.secret || definition.secureParameters,
    retries: spec.retries ?? definition.retries ?? defaults.retries,
    timeoutSeconds: Math.floor((parseDurationMs(timeout) ?? 0) / 1000),
  };
}

/** One sentence for each wish of a task that cannot be fulfilled. */
export function validateTask({ spec }: KeptnTask): string[] {
  return [
    ...validateNumber('spec.retries', spec.retries),
    ...validateTimeout(spec.timeout),
  ];
}

function mergeParameters(
  spec: KeptnTask['spec'],
  definition: EffectiveDefinition,
): EffectiveTask['parameters'] {
  const own = spec.parameters?.map ?? {};
  return sortedByName([
    ...definition.parameters.filter(({ name }) => !Object.hasOwn(own, name)),
    ...Object.entries(own).map(([name, value]) => ({
      name,
      value,
      source: 'run' as const,
    })),
  ]);
}
