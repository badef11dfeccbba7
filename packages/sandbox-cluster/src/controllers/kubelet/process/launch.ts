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

import { mkdir } from 'node:fs/promises';
import { KubeObject } from '../../../ClusterApi';
import { parseQuantity } from '../../common/quantity';
import { Setup } from '../ContainerSetup';
import { expand } from '../env/expand';
import { LogFile } from '../logs/LogFile';
import { PathMap } from '../volumes/PathMap';
import { ContainerProcess, ProcessSpec } from './ContainerProcess';
import { Executables, SYSTEM_PATH } from './Executables';
import { RunningContainer } from './RunningContainer';
import { SimulatedContainer } from './SimulatedContainer';
import { StartError, resolveCommand } from './resolveCommand';

const MEBIBYTE = 2 ** 20;

/** What a container needs to be started. */
export interface Launch {
  pod: KubeObject;
  spec: any;
  setup: Setup;
  paths: PathMap;
  log: LogFile;
  executables: Executables;
  /** Others wait for its end, as for that of an init container. */
  once: boolean;
}

/** Starts a container. Throws `StartError`. */
export async function launch(options: Launch): Promise<RunningContainer> {
  const { setup, log, once, spec } = options;
  if (setup.image.rule.simulate) {
    return new SimulatedContainer(spec.image, log, once);
  }
  return ContainerProcess.start(
    await processSpec(options, commandLine(options)),
  );
}

/** How a command is run inside a container. Throws `StartError`. */
export async function processSpec(
  options: Launch,
  words: string[],
): Promise<ProcessSpec> {
  const { spec, setup, paths, log, executables } = options;
  const { rule } = setup.image;
  const argv = words.map(word => paths.rewrite(expand(word, setup.env)));
  if (argv.length === 0) throw new StartError('no command specified');
  const memoryLimit =
    parseQuantity(spec.resources?.limits?.memory) || undefined;
  const env = await environment(options, memoryLimit);
  const cwd = paths.locate(spec.workingDir ?? rule.workingDir ?? '/');
  await mkdir(cwd, { recursive: true });
  const [command, ...args] = argv;
  const file = await resolveCommand(command, {
    executables,
    path: env.PATH,
    cwd,
  });
  const { root } = paths;
  return { command, file, args, env, cwd, root, log, memoryLimit };
}

/** `command` replaces the image's entrypoint and, with it, its default arguments. */
function commandLine({ spec, setup }: Launch): string[] {
  const { entrypoint = [], cmd = [] } = setup.image.rule;
  if (spec.command?.length) return [...spec.command, ...(spec.args ?? [])];
  return [...entrypoint, ...(spec.args?.length ? spec.args : cmd)];
}

/** Nothing of the environment of this process is passed on. */
async function environment(
  { pod, setup, paths, executables }: Launch,
  memoryLimit: number | undefined,
): Promise<Record<string, string>> {
  const env: Record<string, string> = {
    PATH: SYSTEM_PATH.join(':'),
    HOME: paths.locate('/root'),
    HOSTNAME: pod.spec.hostname ?? pod.metadata.name,
  };
  await mkdir(env.HOME, { recursive: true });
  for (const [name, value] of Object.entries(setup.image.rule.env ?? {})) {
    env[name] = value.startsWith('/') ? paths.locate(value) : value;
  }
  if (memoryLimit && env.DENO_DIR) {
    const heap = Math.max(1, Math.floor(memoryLimit / MEBIBYTE));
    env.DENO_V8_FLAGS = `--max-old-space-size=${heap}`;
  }
  for (const [name, value] of Object.entries(setup.env)) {
    env[name] = paths.rewrite(value);
  }
  env.PATH = `${executables.directory}:${env.PATH}`;
  return env;
}
