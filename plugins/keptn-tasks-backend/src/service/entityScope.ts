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

import {
  type Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  APP_ANNOTATION,
  DEFINITIONS_ANNOTATION,
  KUBERNETES_CLUSTER_ANNOTATION,
  KUBERNETES_NAMESPACE_ANNOTATION,
  TARGETS_ANNOTATION,
  WORKLOAD_ANNOTATION,
} from 'backstage-plugin-keptn-tasks-common';
import { appObjectName } from '../domain/release/names';
import type { ReleaseFilter, ReleaseTransition } from '../history/ReleaseStore';
import type { RunFilter } from '../history/RunStore';
import { intersectPatterns, matchesAny } from '../history/wildcard';
import { allowanceIn, type ClusterReach } from './reach';
import { workloadNamesOf } from './workloadNames';

/** A place that an entity asks for, and whether it may go there. */
export interface ScopeTarget {
  cluster: string;
  clusterTitle?: string;
  namespace: string;
  /** Names of definitions with `*`; all when absent. */
  definitions?: string[];
  /** Why the entity may not go there, in one sentence. */
  refusal?: string;
}

/** What an entity may run and see: what its annotations ask for, as far as the configuration allows. */
export interface EntityScope {
  entityRef: string;
  targets: ScopeTarget[];
  /** As the annotation has it. */
  workloadName?: string;
  /** Everything that the workload may be called in the cluster. */
  workloadNames?: string[];
  appName?: string;
  /** Why it reaches no place at all, in one sentence. */
  problem?: string;
}

export function entityScope(
  entity: Entity,
  reaches: ClusterReach[],
): EntityScope {
  const entityRef = stringifyEntityRef(entity);
  const annotations = entity.metadata.annotations ?? {};
  const owners = ownersOf(entity);
  const wanted = wantedPlaces(annotations, reaches, owners);
  const definitions = listOf(annotations[DEFINITIONS_ANNOTATION]);
  const targets = wanted.map(place =>
    toTarget(entityRef, place, reaches, owners, definitions),
  );
  const workloadName = annotations[WORKLOAD_ANNOTATION]?.trim() || undefined;
  const appName = annotations[APP_ANNOTATION]?.trim() || undefined;
  return {
    entityRef,
    targets,
    workloadName,
    workloadNames: workloadName
      ? workloadNamesOf(workloadName, appName)
      : undefined,
    appName,
    problem: describeProblem(entityRef, targets, reaches),
  };
}

/** The places whose runs the entity sees. */
export function placesOf(scope: EntityScope): RunFilter['places'] {
  return scope.targets
    .filter(target => !target.refusal)
    .flatMap(({ cluster, namespace, definitions }) =>
      (scope.workloadNames ?? [undefined]).map(workloadName => ({
        cluster,
        namespace,
        definitions,
        workloadName,
        appName: scope.appName,
      })),
    );
}

/** The places whose releases the entity sees. Which definitions it may run is of no concern for them. */
export function releasePlacesOf(scope: EntityScope): ReleaseFilter['places'] {
  return placesOf(scope).map(({ cluster, namespace, ...names }) => ({
    cluster,
    namespace,
    workloadName: names.workloadName,
    appName: names.appName && appObjectName(names.appName),
  }));
}

/** Whether a release is within the scope: of a workload that it means, or of the app that such a workload belongs to. */
export function scopeCoversRelease(
  scope: EntityScope,
  release: Pick<
    ReleaseTransition,
    'cluster' | 'namespace' | 'kind' | 'appName' | 'workloadName'
  >,
): boolean {
  return releasePlacesOf(scope).some(
    ({ cluster, namespace, workloadName, appName }) =>
      cluster === release.cluster &&
      namespace === release.namespace &&
      (!appName || appName === release.appName) &&
      (!workloadName ||
        (release.kind === 'app'
          ? workloadName.startsWith(`${release.appName}-`)
          : workloadName === release.workloadName)),
  );
}

/** Whether something that belongs to no entity is within the scope. */
export function scopeCovers(
  scope: EntityScope,
  run: {
    cluster: string;
    namespace: string;
    definition?: string;
    workloadName?: string;
    appName?: string;
  },
): boolean {
  return placesOf(scope).some(
    place =>
      place.cluster === run.cluster &&
      place.namespace === run.namespace &&
      (!place.definitions ||
        matchesAny(place.definitions, run.definition ?? '')) &&
      (!place.workloadName || place.workloadName === run.workloadName) &&
      (!place.appName || place.appName === run.appName),
  );
}

function ownersOf(entity: Entity): string[] {
  return (entity.relations ?? [])
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef.toLocaleLowerCase('en-US'));
}

interface Place {
  cluster: string;
  namespace: string;
}

function wantedPlaces(
  annotations: Record<string, string>,
  reaches: ClusterReach[],
  owners: string[],
): Place[] {
  const everywhere = (namespace: string): Place[] => {
    const allowed = reaches.filter(
      reach => allowanceIn(reach, namespace, owners).allowed,
    );
    // When no cluster allows it, each says why.
    return (allowed.length > 0 ? allowed : reaches).map(({ cluster }) => ({
      cluster,
      namespace,
    }));
  };
  const targets = listOf(annotations[TARGETS_ANNOTATION]);
  let places: Place[] = [];
  if (targets) {
    places = targets.flatMap(target => {
      const slash = target.indexOf('/');
      return slash < 0
        ? everywhere(target)
        : {
            cluster: target.slice(0, slash).trim(),
            namespace: target.slice(slash + 1).trim(),
          };
    });
  } else if (annotations[KUBERNETES_NAMESPACE_ANNOTATION]) {
    const namespace = annotations[KUBERNETES_NAMESPACE_ANNOTATION].trim();
    const cluster = annotations[KUBERNETES_CLUSTER_ANNOTATION]?.trim();
    places = cluster ? [{ cluster, namespace }] : everywhere(namespace);
  }
  const unique = new Map(
    places.map(place => [`${place.cluster}/${place.namespace}`, place]),
  );
  return [...unique.values()];
}

function toTarget(
  entityRef: string,
  { cluster, namespace }: Place,
  reaches: ClusterReach[],
  owners: string[],
  definitions: string[] | undefined,
): ScopeTarget {
  const reach = reaches.find(one => one.cluster === cluster);
  if (!reach) {
    return {
      cluster,
      namespace,
      definitions,
      refusal: `There is no cluster '${cluster}' in the configuration (keptnTasks.clusters); ${
        reaches.length > 0
          ? `there is ${reaches.map(one => one.cluster).join(', ')}`
          : 'there is none at all'
      }.`,
    };
  }
  const target = { cluster, clusterTitle: reach.title, namespace };
  const allowance = allowanceIn(reach, namespace, owners);
  if (allowance.allowed) {
    return {
      ...target,
      definitions: intersectPatterns(definitions, allowance.definitions),
    };
  }
  return {
    ...target,
    definitions,
    refusal:
      allowance.why === 'no-rule'
        ? `The configuration does not open namespace ${namespace} of cluster ${cluster} to entities; a platform engineer can add it to ${reach.at}.namespaces.`
        : `The configuration opens namespace ${namespace} of cluster ${cluster} to entities of other owners, and not to ${entityRef} (${reach.at}.namespaces).`,
  };
}

function describeProblem(
  entityRef: string,
  targets: ScopeTarget[],
  reaches: ClusterReach[],
): string | undefined {
  if (reaches.length === 0) {
    return 'No cluster is configured; a platform engineer can add one to keptnTasks.clusters.';
  }
  if (targets.length === 0) {
    return `${entityRef} does not say where its tasks run; add the annotation ${TARGETS_ANNOTATION} with cluster/namespace.`;
  }
  return targets.every(({ refusal }) => refusal)
    ? targets[0].refusal
    : undefined;
}

function listOf(annotation: string | undefined): string[] | undefined {
  const items = annotation
    ?.split(',')
    .map(item => item.trim())
    .filter(Boolean);
  return items?.length ? items : undefined;
}
