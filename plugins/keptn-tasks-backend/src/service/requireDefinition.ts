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

import { InputError, ServiceUnavailableError } from '@backstage/errors';
import {
  type DefinitionResolution,
  resolveDefinition,
} from '../domain/definition/resolveDefinition';
import type { KeptnTaskDefinition } from '../domain/resources';
import type { TaskSettings } from '../domain/settings';
import type { RunPlace } from './checkRequest';
import type { TaskCluster } from './TaskCluster';

/** A definition that can run. */
export type ResolvedDefinition = Extract<
  DefinitionResolution,
  { state: 'resolved' }
>;

/** The definition as it would run now. Throws when it could not. */
export async function requireDefinition(
  cluster: TaskCluster,
  place: RunPlace,
  settings: TaskSettings,
): Promise<ResolvedDefinition> {
  const resolution = await resolveLive(cluster, place, settings);
  if (resolution.state === 'resolved') return resolution;
  throw new InputError(`definition: ${resolution.message}`);
}

/**
 * Resolves a definition from memory, and asks the cluster for what is not there: memory may be a moment old, and
 * "there is none" should be true when it is said.
 */
async function resolveLive(
  cluster: TaskCluster,
  { definition, namespace }: RunPlace,
  settings: TaskSettings,
): Promise<DefinitionResolution> {
  const live = new Map<string, KeptnTaskDefinition | undefined>();
  for (;;) {
    const unknown: { namespace: string; name: string }[] = [];
    const lookup = (where: string, name: string) => {
      const key = `${where}/${name}`;
      const known = live.get(key) ?? cluster.getDefinition(where, name);
      if (!known && !live.has(key)) unknown.push({ namespace: where, name });
      return known;
    };
    const resolution = resolveDefinition(definition, namespace, lookup, {
      ...settings,
      keptnNamespace: cluster.keptnNamespace,
    });
    if (resolution.state !== 'waiting' || unknown.length === 0) {
      return resolution;
    }
    for (const key of unknown) {
      live.set(`${key.namespace}/${key.name}`, await getLive(cluster, key));
    }
  }
}

async function getLive(
  cluster: TaskCluster,
  key: { namespace: string; name: string },
): Promise<KeptnTaskDefinition | undefined> {
  try {
    return await cluster.client.get('KeptnTaskDefinition', key);
  } catch (error) {
    throw new ServiceUnavailableError(
      `Cluster ${cluster.name} does not say whether there is a definition ${
        key.namespace
      }/${key.name}. (${(error as Error).message})`,
    );
  }
}
