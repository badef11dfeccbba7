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

import type { ClusterObject, ObjectKey } from './resourceKinds';

/** Groups of a cache: for each name, under which values an object is found. */
export type Indexers<T> = Record<string, (object: T) => string[]>;

/** What happened to an object of a cache. */
export type Change<T> =
  | { type: 'added'; object: T }
  | { type: 'modified'; object: T; previous: T }
  | { type: 'deleted'; object: T };

/** How long a deleted object cannot come back through an older answer. */
const MAX_TOMBSTONES = 2_000;

/**
 * Objects of one kind as last seen, with indexes. It takes what watches deliver and, before that, what answers to our
 * own writes say, and never goes back in time.
 */
export class ResourceCache<T extends ClusterObject> {
  private readonly objects = new Map<string, T>();
  private readonly indexes = new Map<string, Map<string, Set<string>>>();
  private readonly tombstones = new Set<string>();

  constructor(private readonly indexers: Indexers<T> = {}) {
    for (const name of Object.keys(indexers)) {
      this.indexes.set(name, new Map());
    }
  }

  get size(): number {
    return this.objects.size;
  }

  get(key: ObjectKey): T | undefined {
    return this.objects.get(keyText(key));
  }

  values(): IterableIterator<T> {
    return this.objects.values();
  }

  /** Objects that an indexer put under a value. */
  find(index: string, value: string): T[] {
    const keys = this.indexes.get(index)?.get(value);
    return keys ? [...keys].map(key => this.objects.get(key)!) : [];
  }

  /** Stores an object unless something newer is known; tells what changed. */
  put(object: T): Change<T> | undefined {
    const key = keyOf(object);
    const previous = this.objects.get(key);
    if (this.tombstones.has(object.metadata!.uid!)) {
      return undefined;
    }
    if (previous && !isNewer(object, previous)) {
      return undefined;
    }
    this.unindex(key, previous);
    this.objects.set(key, object);
    this.index(key, object);
    if (previous && previous.metadata!.uid === object.metadata!.uid) {
      return { type: 'modified', object, previous };
    }
    return { type: 'added', object };
  }

  /** Forgets an object; tells of it if it was there. */
  remove(object: T): Change<T> | undefined {
    const key = keyOf(object);
    this.bury(object.metadata!.uid!);
    const previous = this.objects.get(key);
    if (!previous || previous.metadata!.uid !== object.metadata!.uid) {
      return undefined;
    }
    this.unindex(key, previous);
    this.objects.delete(key);
    return { type: 'deleted', object };
  }

  /** Forgets an object that nobody needs as it is now. Unlike one that was deleted it may be needed again. */
  forget(object: T): Change<T> | undefined {
    const key = keyOf(object);
    const previous = this.objects.get(key);
    if (
      !previous ||
      previous.metadata!.uid !== object.metadata!.uid ||
      !isNewer(object, previous)
    ) {
      return undefined;
    }
    this.unindex(key, previous);
    this.objects.delete(key);
    return { type: 'deleted', object: previous };
  }

  /**
   * Makes the cache hold what a list of this version holds; tells what changed. Objects that are newer than the list,
   * known from answers to our own writes, stay.
   */
  replaceAll(objects: T[], version: string): Change<T>[] {
    const changes: Change<T>[] = [];
    const kept = new Set(objects.map(object => object.metadata!.uid!));
    for (const known of [...this.objects.values()]) {
      const { uid, resourceVersion } = known.metadata!;
      if (!kept.has(uid!) && !isLater(resourceVersion, version)) {
        changes.push(...some(this.remove(known)));
      }
    }
    for (const object of objects) {
      changes.push(...some(this.put(object)));
    }
    return changes;
  }

  private bury(uid: string) {
    this.tombstones.add(uid);
    if (this.tombstones.size > MAX_TOMBSTONES) {
      this.tombstones.delete(this.tombstones.values().next().value!);
    }
  }

  private index(key: string, object: T) {
    for (const [name, values] of Object.entries(this.indexers)) {
      const index = this.indexes.get(name)!;
      for (const value of values(object)) {
        const keys = index.get(value);
        if (keys) {
          keys.add(key);
        } else {
          index.set(value, new Set([key]));
        }
      }
    }
  }

  private unindex(key: string, object: T | undefined) {
    if (!object) {
      return;
    }
    for (const [name, values] of Object.entries(this.indexers)) {
      const index = this.indexes.get(name)!;
      for (const value of values(object)) {
        const keys = index.get(value);
        keys?.delete(key);
        if (keys?.size === 0) {
          index.delete(value);
        }
      }
    }
  }
}

/** Namespace and name as one text. */
export function keyText({ namespace, name }: ObjectKey): string {
  return `${namespace}/${name}`;
}

/** The reverse of `keyText`. */
export function parseKey(text: string): ObjectKey {
  const [namespace, name] = text.split('/');
  return { namespace, name };
}

function keyOf({ metadata }: ClusterObject): string {
  return `${metadata!.namespace ?? ''}/${metadata!.name}`;
}

/** Whether an object is a later state than another. Should versions be no numbers, what came last counts. */
function isNewer(object: ClusterObject, than: ClusterObject): boolean {
  const a = object.metadata!.resourceVersion ?? '';
  const b = than.metadata!.resourceVersion ?? '';
  return isNumber(a) && isNumber(b) ? isLater(a, b) : a !== b;
}

/** Versions of one resource grow, also across objects, and are numbers too large to calculate with. */
function isLater(version: string | undefined, than: string): boolean {
  if (!version || !isNumber(version) || !isNumber(than)) {
    return false;
  }
  return version.length === than.length
    ? version > than
    : version.length > than.length;
}

function isNumber(version: string): boolean {
  return /^\d+$/.test(version);
}

function some<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
