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

/**
 * Applies YAML files, and all those of directories, as `kubectl apply --server-side` does. Kubernetes tells the second
 * in which an object was made: with a pause, what stands in a later file is later.
 */
export async function applyManifests(kubeconfig, places, { pauseMs = 0 } = {}) {
  const api = objectApi(kubeconfig);
  for (const place of places) {
    for (const file of await filesOf(place)) {
      await applyFile(api, file);
      await new Promise(resolve => setTimeout(resolve, pauseMs));
    }
  }
}

async function filesOf(place) {
  if (place.endsWith('.yaml')) return [place];
  return (await readdir(place))
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(name => path.join(place, name));
}

/** A client for objects of any kind. */
export function objectApi(kubeconfig) {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  return KubernetesObjectApi.makeApiClient(config);
}

/** Applies one YAML file. */
export async function applyFile(api, file) {
  const documents = parseAllDocuments(await readFile(file, 'utf8'));
  for (const manifest of documents.map(document => document.toJS())) {
    if (manifest) await apply(api, manifest);
  }
}

/** Applies one object. */
export async function apply(api, manifest) {
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
