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

import { apiVersionOf, ResourceType } from './ResourceType';

/** One API group with its versions, the preferred one first. */
export interface ApiGroup {
  name: string;
  versions: string[];
}

/** The resources that the server serves right now. */
export class Registry {
  private readonly types = new Map<string, ResourceType>();
  private readonly byKind = new Map<string, ResourceType>();
  private readonly listeners = new Set<() => void>();

  register(...types: ResourceType[]) {
    for (const type of types) {
      this.types.set(pathKey(type.group, type.version, type.plural), type);
      this.byKind.set(`${apiVersionOf(type)}|${type.kind}`, type);
    }
    this.changed();
  }

  unregister(types: readonly ResourceType[]) {
    for (const type of types) {
      this.types.delete(pathKey(type.group, type.version, type.plural));
      this.byKind.delete(`${apiVersionOf(type)}|${type.kind}`);
    }
    this.changed();
  }

  find(
    group: string,
    version: string,
    plural: string,
  ): ResourceType | undefined {
    return this.types.get(pathKey(group, version, plural));
  }

  findKind(apiVersion: string, kind: string): ResourceType | undefined {
    return this.byKind.get(`${apiVersion}|${kind}`);
  }

  /** The types of a group and version, in the order of their plurals. */
  inVersion(group: string, version: string): ResourceType[] {
    return this.all()
      .filter(type => type.group === group && type.version === version)
      .sort((a, b) => (a.plural < b.plural ? -1 : 1));
  }

  /** Any version of the type that owns a storage key. */
  byStorage(storage: string): ResourceType | undefined {
    return this.all().find(type => type.storage === storage);
  }

  /** All groups but the core one, in order of registration. */
  groups(): ApiGroup[] {
    const groups = new Map<string, Set<string>>();
    for (const type of this.types.values()) {
      if (!type.group) continue;
      const versions = groups.get(type.group) ?? new Set();
      groups.set(type.group, versions.add(type.version));
    }
    return [...groups].map(([name, versions]) => ({
      name,
      versions: [...versions].sort(compareVersions),
    }));
  }

  all(): ResourceType[] {
    return [...this.types.values()];
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private changed() {
    for (const listener of this.listeners) listener();
  }
}

function pathKey(group: string, version: string, plural: string) {
  return `${group}/${version}/${plural}`;
}

/** v2 before v1 before v1beta2 before v1beta1 before v1alpha1, anything else last by name. */
export function compareVersions(a: string, b: string): number {
  const left = parseVersion(a);
  const right = parseVersion(b);
  if (!left || !right) {
    if (left) return -1;
    if (right) return 1;
    return a < b ? -1 : 1;
  }
  for (let i = 0; i < left.length; i++) {
    if (left[i] !== right[i]) return right[i] - left[i];
  }
  return 0;
}

function parseVersion(version: string): number[] | undefined {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (!match) return undefined;
  const stability = { alpha: 0, beta: 1 }[match[2] as 'alpha' | 'beta'] ?? 2;
  return [stability, Number(match[1]), Number(match[3] ?? 0)];
}
