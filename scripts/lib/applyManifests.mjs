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

import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import {
  KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
} from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';

const FIELD_MANAGER = 'examples';
const ATTEMPTS = 20;

/** Applies all YAML files of some directories, as `kubectl apply --server-side` does. */
export async function applyManifests(kubeconfig, directories) {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = KubernetesObjectApi.makeApiClient(config);
  for (const directory of directories) {
    const names = (await readdir(directory))
      .filter(name => name.endsWith('.yaml'))
      .sort();
    for (const name of names) {
      for (const manifest of await readManifests(path.join(directory, name))) {
        await apply(api, manifest);
      }
      // Kubernetes tells the second in which an object was made: what stands in a later file is later.
      await new Promise(resolve => setTimeout(resolve, 1_000));
    }
  }
}

async function readManifests(file) {
  return parseAllDocuments(await readFile(file, 'utf8'))
    .map(document => document.toJS())
    .filter(Boolean);
}

async function apply(api, manifest) {
  for (let attempt = 1; ; attempt++) {
    try {
      await api.patch(
        manifest,
        undefined,
        undefined,
        FIELD_MANAGER,
        true,
        PatchStrategy.ServerSideApply,
      );
      return;
    } catch (error) {
      // A resource is served a moment after its definition was accepted.
      if (attempt === ATTEMPTS) {
        const { kind, metadata } = manifest;
        throw new Error(
          `${kind} ${metadata.name} could not be applied: ${error.message}`,
          { cause: error },
        );
      }
      await new Promise(resolve => setTimeout(resolve, 250));
    }
  }
}
