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

import { Registry } from '../resources/Registry';
import { apiVersionOf, ResourceType } from '../resources/ResourceType';
import { Json } from '../schema/json';
import { virtualTypes, VirtualType } from '../http/virtualTypes';

const STATUS_VERBS = ['get', 'patch', 'update'];

/** A resource with its subresources, from either kind of source. */
interface Listed {
  plural: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  verbs: readonly string[];
  shortNames?: readonly string[];
  categories?: readonly string[];
  subresources: Array<{
    name: string;
    kind: string;
    group?: string;
    version?: string;
    verbs: readonly string[];
  }>;
}

/** All groups but the core one, each with its versions. */
export function groupsOf(registry: Registry) {
  const groups = registry.groups();
  for (const { group, version } of virtualTypes) {
    const known = groups.find(({ name }) => name === group);
    if (!known) groups.push({ name: group, versions: [version] });
  }
  return groups;
}

/** Whether a group and version is served. */
export function isServed(registry: Registry, group: string, version: string) {
  return listed(registry, group, version).length > 0;
}

/** `/apis/<group>`. */
export function apiGroup(registry: Registry, name: string): Json | undefined {
  const group = groupsOf(registry).find(candidate => candidate.name === name);
  if (!group) return undefined;
  const versions = group.versions.map(version => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return { name, versions, preferredVersion: versions[0] };
}

/** `/apis`. */
export function apiGroupList(registry: Registry): Json {
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groupsOf(registry).map(({ name }) => apiGroup(registry, name)),
  };
}

/** `/api/v1` or `/apis/<group>/<version>`. */
export function apiResourceList(
  registry: Registry,
  group: string,
  version: string,
): Json {
  const resources = listed(registry, group, version).flatMap(type => [
    {
      name: type.plural,
      singularName: type.singular,
      namespaced: type.namespaced,
      kind: type.kind,
      verbs: type.verbs,
      ...(type.shortNames && { shortNames: type.shortNames }),
      ...(type.categories && { categories: type.categories }),
    },
    ...type.subresources.map(subresource => ({
      name: `${type.plural}/${subresource.name}`,
      singularName: '',
      namespaced: type.namespaced,
      ...(subresource.group && {
        group: subresource.group,
        version: subresource.version,
      }),
      kind: subresource.kind,
      verbs: subresource.verbs,
    })),
  ]);
  return {
    kind: 'APIResourceList',
    ...(group && { apiVersion: 'v1' }),
    groupVersion: apiVersionOf({ group, version }),
    resources,
  };
}

/** `/api` or `/apis` in one document, as newer clients ask for it. */
export function aggregatedDiscovery(registry: Registry, core: boolean): Json {
  const groups = core ? [{ name: '', versions: ['v1'] }] : groupsOf(registry);
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map(({ name, versions }) => ({
      metadata: name ? { name } : {},
      versions: versions.map(version => ({
        version,
        resources: listed(registry, name, version).map(type =>
          aggregatedResource(registry, type, name, version),
        ),
        freshness: 'Current',
      })),
    })),
  };
}

function aggregatedResource(
  registry: Registry,
  type: Listed,
  group: string,
  version: string,
): Json {
  const isCustom =
    registry.find(group, version, type.plural)?.builtIn === false;
  const responseKind = (
    kind: string,
    of?: { group?: string; version?: string },
  ) => ({
    group: of?.group ?? (isCustom ? group : ''),
    version: of?.version ?? (isCustom ? version : ''),
    kind,
  });
  return {
    resource: type.plural,
    responseKind: responseKind(type.kind),
    scope: type.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: type.singular,
    verbs: type.verbs,
    ...(type.shortNames && { shortNames: type.shortNames }),
    ...(type.categories && { categories: type.categories }),
    ...(type.subresources.length && {
      subresources: type.subresources.map(subresource => ({
        subresource: subresource.name,
        responseKind: responseKind(subresource.kind, subresource),
        verbs: subresource.verbs,
      })),
    }),
  };
}

function listed(registry: Registry, group: string, version: string): Listed[] {
  const types = registry.inVersion(group, version).map(fromType);
  const virtual = virtualTypes
    .filter(type => type.group === group && type.version === version)
    .map(fromVirtual);
  return [...types, ...virtual].sort((a, b) => (a.plural < b.plural ? -1 : 1));
}

function fromType(type: ResourceType): Listed {
  const extra = Object.entries(type.subresources ?? {}).map(
    ([name, subresource]) => ({
      name,
      ...subresource,
    }),
  );
  return {
    plural: type.plural,
    singular: type.singular,
    kind: type.kind,
    namespaced: type.namespaced,
    verbs: type.verbs,
    shortNames: type.shortNames,
    categories: type.categories,
    subresources: [
      ...extra,
      ...(type.hasStatus
        ? [{ name: 'status', kind: type.kind, verbs: STATUS_VERBS }]
        : []),
    ],
  };
}

function fromVirtual(type: VirtualType): Listed {
  return {
    plural: type.plural,
    singular: type.kind.toLowerCase(),
    kind: type.kind,
    namespaced: type.namespaced ?? false,
    verbs: ['create'],
    subresources: [],
  };
}
