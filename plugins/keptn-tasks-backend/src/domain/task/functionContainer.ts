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

import type { V1Container, V1EnvVar, V1Volume } from '@kubernetes/client-node';
import { mapToKeptnJson } from '../keptnJson';
import type { KeptnTask } from '../resources';
import type { TaskSettings } from '../settings';
import { escapeExpansion, splitCommandLine } from './commandLine';
import type { EffectiveTask } from './effectiveTask';
import { keptnContext } from './keptnContext';

/** Keptn's name of the container of a function. */
export const FUNCTION_CONTAINER = 'keptn-function-runner';
const FUNCTION_VOLUME = 'function-mount';
const MOUNT_PATHS = {
  deno: '/var/data/function.ts',
  python: '/var/data/function.py',
};
/** The rights that Keptn's own image gives to a function. */
const DENO_FLAGS = [
  '--allow-net',
  '--allow-write',
  '--allow-read',
  '--allow-env=DATA,SECURE_DATA,KEPTN_CONTEXT',
];
/** A download that fails ends the task; what came half-way or not at all is never run. */
const DOWNLOAD_AND_RUN =
  'set -e; file=`mktemp`; curl -fsSL --output "$file" "$SCRIPT"; exec python3 "$file" "$@"';

/** A container and the volumes that it needs. */
export interface RunnerContainer {
  container: V1Container;
  volumes: V1Volume[];
}

/** The container of a deno or python function, as Keptn makes it. */
export function functionContainer(
  task: KeptnTask,
  effective: EffectiveTask,
  configMapName: string | undefined,
  settings: Pick<TaskSettings, 'resources'>,
): RunnerContainer {
  const { definition } = effective;
  const runner = definition.runner === 'python' ? 'python' : 'deno';
  const url = definition.code?.type === 'url' ? definition.code.url : undefined;
  const script = url ?? MOUNT_PATHS[runner];
  const args = splitCommandLine(definition.cmdParameters ?? '');

  const container: V1Container = {
    name: FUNCTION_CONTAINER,
    image: definition.image,
    imagePullPolicy: 'IfNotPresent',
    ...commandOf(runner, script, url !== undefined, args),
    env: [
      ...dataEnv(effective),
      contextEnv(task),
      {
        name: 'CMD_ARGS',
        value: escapeExpansion(definition.cmdParameters ?? ''),
      },
      ...secureDataEnv(effective),
      { name: 'SCRIPT', value: escapeExpansion(script) },
    ],
    resources: settings.resources,
    // The last words of an attempt that failed stay on its Pod, should its log be lost.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    },
  };
  if (configMapName === undefined) {
    return { container, volumes: [] };
  }
  container.volumeMounts = [
    {
      name: FUNCTION_VOLUME,
      mountPath: script,
      subPath: 'code',
      readOnly: true,
    },
  ];
  return {
    container,
    volumes: [{ name: FUNCTION_VOLUME, configMap: { name: configMapName } }],
  };
}

/** `DATA`, when there are parameters. */
export function dataEnv({ parameters }: EffectiveTask): V1EnvVar[] {
  if (!parameters.length) {
    return [];
  }
  const map: Record<string, string> = Object.create(null);
  for (const { name, value } of parameters) {
    map[name] = value;
  }
  return [{ name: 'DATA', value: escapeExpansion(mapToKeptnJson(map)) }];
}

/** `KEPTN_CONTEXT`. */
export function contextEnv(task: KeptnTask): V1EnvVar {
  return { name: 'KEPTN_CONTEXT', value: escapeExpansion(keptnContext(task)) };
}

/** `SECURE_DATA`, when a Secret is named. Kubernetes puts its content there; this plugin never reads it. */
export function secureDataEnv({ secureParameters }: EffectiveTask): V1EnvVar[] {
  return secureParameters
    ? [
        {
          name: 'SECURE_DATA',
          valueFrom: {
            secretKeyRef: { name: secureParameters, key: 'SECURE_DATA' },
          },
        },
      ]
    : [];
}

/** Set only where Keptn's own entry point cannot do it: arguments for the script, downloads that may fail. */
function commandOf(
  runner: 'deno' | 'python',
  script: string,
  isDownload: boolean,
  args: string[],
): Pick<V1Container, 'command'> {
  const literal = args.map(escapeExpansion);
  if (runner === 'python' && isDownload) {
    return {
      command: ['/bin/sh', '-c', DOWNLOAD_AND_RUN, 'sh', ...literal],
    };
  }
  if (!args.length) {
    return {};
  }
  const interpreter =
    runner === 'python' ? ['python3'] : ['deno', 'run', ...DENO_FLAGS];
  return { command: [...interpreter, escapeExpansion(script), ...literal] };
}
