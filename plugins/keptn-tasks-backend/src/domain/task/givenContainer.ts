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

import type { V1Container, V1Volume } from '@kubernetes/client-node';
import type { KeptnTask } from '../resources';
import type { EffectiveTask } from './effectiveTask';
import {
  contextEnv,
  dataEnv,
  secureDataEnv,
  type RunnerContainer,
} from './functionContainer';

/** Room in a volume that nobody declared, on disk. Enough for reports; too little to fill a node. */
const SCRATCH_SIZE = '1Gi';

/**
 * The container of a definition, as it stands there. It is told the same things as a function; its own variables
 * stay, except KEPTN_CONTEXT, which only Keptn knows. Every mount gets a volume.
 */
export function givenContainer(
  task: KeptnTask,
  effective: EffectiveTask,
  declaredVolumes: V1Volume[],
): RunnerContainer {
  const given = effective.definition.container!;
  const context = contextEnv(task);
  const own = given.env ?? [];
  const env = own.map(entry => (entry.name === context.name ? context : entry));
  const told = [...dataEnv(effective), context, ...secureDataEnv(effective)];
  const container: V1Container = {
    // Without a file of its own, the last words of an attempt that failed are the end of its log.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    ...given,
    env: [
      ...env,
      ...told.filter(({ name }) => !own.some(entry => entry.name === name)),
    ],
  };
  return { container, volumes: scratchVolumes(given, declaredVolumes) };
}

function scratchVolumes(given: V1Container, declared: V1Volume[]): V1Volume[] {
  const mounted = [
    ...(given.volumeMounts ?? []).map(({ name }) => name),
    ...(given.volumeDevices ?? []).map(({ name }) => name),
  ];
  return [...new Set(mounted)]
    .filter(name => !declared.some(volume => volume.name === name))
    .map(name => ({ name, emptyDir: { sizeLimit: SCRATCH_SIZE } }));
}
