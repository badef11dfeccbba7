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

import { KubeObject } from '../ClusterApi';
import { deepFreeze } from '../schema/json';
import { EventLog, StoredEvent } from './EventLog';
import { Revisions } from './Revisions';

/** The order of `<namespace>/<name>`. */
function compareNames(a: KubeObject, b: KubeObject): number {
  const left = a.metadata.namespace ?? '';
  const right = b.metadata.namespace ?? '';
  if (left !== right) return `${left}/` < `${right}/` ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}

/**
 * All stored objects of one resource, in its storage version, with the history that watches resume
 * from. Objects are frozen: a change stores a new one.
 */
export class Collection {
  readonly log: EventLog;
  private readonly byNamespace = new Map<string, Map<string, KubeObject>>();
  private readonly sorted = new Map<string, KubeObject[]>();
  private total = 0;

  constructor(
    private readonly revisions: Revisions,
    private readonly onEvent: (event: StoredEvent) => void,
  ) {
    this.log = new EventLog(revisions);
  }

  get size(): number {
    return this.total;
  }

  get(namespace: string | undefined, name: string): KubeObject | undefined {
    return this.byNamespace.get(namespace ?? '')?.get(name);
  }

  /** Sorted by namespace and name. Do not change the array. */
  list(namespace?: string): readonly KubeObject[] {
    const key = namespace ?? '*';
    let objects = this.sorted.get(key);
    if (!objects) {
      objects = namespace
        ? [...(this.byNamespace.get(namespace)?.values() ?? [])]
        : [...this.byNamespace.values()].flatMap(names => [...names.values()]);
      objects.sort(compareNames);
      this.sorted.set(key, objects);
    }
    return objects;
  }

  /** The list as it was at a revision; undefined when that is no longer known. */
  listAt(
    revision: number,
    namespace?: string,
  ): readonly KubeObject[] | undefined {
    const later = this.log.since(revision);
    if (!later) return undefined;
    if (later.length === 0) return this.list(namespace);
    return this.log.snapshot(revision, namespace ?? '*', () =>
      this.rewind(later, namespace),
    );
  }

  /** Stores an object, new or changed, under a new resourceVersion, and returns what was stored. */
  put(object: KubeObject): KubeObject {
    const { namespace = '', name } = object.metadata;
    let names = this.byNamespace.get(namespace);
    if (!names) {
      names = new Map();
      this.byNamespace.set(namespace, names);
    }
    const previous = names.get(name);
    const revision = this.revisions.next();
    const stored = withRevision(object, revision);
    names.set(name, stored);
    if (!previous) this.total++;
    this.changed(namespace);
    this.record({
      type: previous ? 'MODIFIED' : 'ADDED',
      revision,
      object: stored,
      previous,
    });
    return stored;
  }

  /** Removes an object. The DELETED event shows what was stored last, under a new resourceVersion. */
  remove(namespace: string | undefined, name: string): KubeObject | undefined {
    const names = this.byNamespace.get(namespace ?? '');
    const previous = names?.get(name);
    if (!names || !previous) return undefined;
    names.delete(name);
    if (names.size === 0) this.byNamespace.delete(namespace ?? '');
    this.total--;
    this.changed(namespace ?? '');
    const revision = this.revisions.next();
    const object = withRevision(previous, revision);
    this.record({ type: 'DELETED', revision, object, previous });
    return object;
  }

  private changed(namespace: string) {
    this.sorted.delete('*');
    this.sorted.delete(namespace);
  }

  private record(event: StoredEvent) {
    this.log.append(event);
    this.onEvent(event);
  }

  private rewind(later: readonly StoredEvent[], namespace?: string) {
    const state = new Map<string, KubeObject>();
    const keyOf = (o: KubeObject) =>
      `${o.metadata.namespace ?? ''}/${o.metadata.name}`;
    for (const object of this.list(namespace)) state.set(keyOf(object), object);
    for (let i = later.length - 1; i >= 0; i--) {
      const { type, object, previous } = later[i];
      if (namespace && object.metadata.namespace !== namespace) continue;
      if (type === 'ADDED') state.delete(keyOf(object));
      else if (previous) state.set(keyOf(object), previous);
    }
    return [...state.values()].sort(compareNames);
  }
}

function withRevision(object: KubeObject, revision: number): KubeObject {
  return deepFreeze({
    ...object,
    metadata: { ...object.metadata, resourceVersion: String(revision) },
  });
}
