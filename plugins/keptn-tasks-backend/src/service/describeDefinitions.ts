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

import type {
  Definition,
  DefinitionList,
  Target,
} from 'backstage-plugin-keptn-tasks-common';
import { DESCRIPTION_ANNOTATION } from '../domain/annotations';
import { resolveDefinition } from '../domain/definition/resolveDefinition';
import type { KeptnTaskDefinition } from '../domain/resources';
import type { TaskSettings } from '../domain/settings';
import type { RunStore } from '../history/RunStore';
import { matchesAny } from '../history/wildcard';
import type { EntityScope, ScopeTarget } from './entityScope';
import type { TaskCluster, TaskClusters } from './TaskCluster';

/** What an entity can run, and where, with the last results. A cluster that is away does not hide the others. */
export async function describeDefinitions(
  scope: EntityScope,
  options: { clusters: TaskClusters; runs: RunStore; settings: TaskSettings },
): Promise<DefinitionList> {
  const { clusters, runs, settings } = options;
  const items = scope.targets.flatMap(target => {
    const cluster = clusters.get(target.cluster);
    if (!cluster || target.refusal) return [];
    return definitionsOf(cluster, target).map(definition =>
      describe(cluster, target, definition, settings),
    );
  });
  const recent = await runs.recentByDefinition(
    items.map(({ cluster, namespace, name }) => ({
      cluster,
      namespace,
      definition: name,
    })),
    scope,
  );
  return {
    items: items.map(item => {
      const last = recent.get(`${item.cluster}/${item.namespace}/${item.name}`);
      return {
        ...item,
        ...(last?.lastRun
          ? { lastRun: last.lastRun, phase: last.lastRun.phase }
          : {}),
        recentRuns: last?.recent ?? [],
      };
    }),
    targets: scope.targets.map(target =>
      describeTarget(target, clusters.get(target.cluster)),
    ),
    ...(scope.problem ? { problem: scope.problem } : {}),
  };
}

/** The definitions that a task in the target could name: its own first, then those that all namespaces share. */
function definitionsOf(
  cluster: TaskCluster,
  { namespace, definitions: patterns }: ScopeTarget,
): KeptnTaskDefinition[] {
  const byName = new Map<string, KeptnTaskDefinition>();
  const shared =
    cluster.keptnNamespace === namespace
      ? []
      : cluster.listDefinitions(cluster.keptnNamespace);
  for (const definition of [...shared, ...cluster.listDefinitions(namespace)]) {
    byName.set(definition.metadata.name, definition);
  }
  return [...byName.values()]
    .filter(({ metadata }) => !patterns || matchesAny(patterns, metadata.name))
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

function describe(
  cluster: TaskCluster,
  { namespace }: ScopeTarget,
  definition: KeptnTaskDefinition,
  settings: TaskSettings,
): Definition {
  const { metadata, spec } = definition;
  const description = metadata.annotations?.[DESCRIPTION_ANNOTATION];
  const base = {
    cluster: cluster.name,
    namespace,
    name: metadata.name,
    shared: metadata.namespace !== namespace,
    ...(description ? { description } : {}),
    recentRuns: [],
  };
  const resolution = resolveDefinition(
    metadata.name,
    namespace,
    (where, name) => cluster.getDefinition(where, name),
    { ...settings, keptnNamespace: cluster.keptnNamespace },
  );
  if (resolution.state !== 'resolved') {
    return { ...base, parameters: [], problem: resolution.message };
  }
  const { effective, hash } = resolution;
  return {
    ...base,
    runner: effective.runner,
    image: effective.image,
    parameters: effective.parameters,
    ...(effective.secureParameters
      ? { secureParameters: effective.secureParameters }
      : {}),
    ...(spec.retries === undefined ? {} : { retries: spec.retries }),
    ...(spec.timeout === undefined ? {} : { timeout: spec.timeout }),
    hash,
  };
}

function describeTarget(
  target: ScopeTarget,
  cluster: TaskCluster | undefined,
): Target {
  const place = {
    cluster: target.cluster,
    ...(target.clusterTitle ? { clusterTitle: target.clusterTitle } : {}),
    namespace: target.namespace,
  };
  if (target.refusal || !cluster) {
    return { ...place, available: false, message: target.refusal };
  }
  const { reachable, message } = cluster.health();
  const known = cluster.definitionsKnown();
  const why =
    message ??
    (known ? undefined : 'Its definitions are being read; try again shortly.');
  return {
    ...place,
    available: reachable && known,
    ...(why ? { message: why } : {}),
  };
}
