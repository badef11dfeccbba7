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

import { KubeObject, ObjectEvent } from '../ClusterApi';
import { Revisions } from './Revisions';

/** A change of one object, with the revision that it got. */
export interface StoredEvent extends ObjectEvent {
  revision: number;
}

/** Changes that are kept at least; up to twice as many. Each holds two states of an object. */
const DEFAULT_CAPACITY = 10_000;
const KEPT_SNAPSHOTS = 8;

/**
 * The recent changes of one resource, oldest first. A watch resumes from any revision inside this
 * window; an older one is expired.
 */
export class EventLog {
  private events: StoredEvent[] = [];
  private compacted: number;
  private readonly snapshots = new Map<string, readonly KubeObject[]>();

  constructor(
    private readonly revisions: Revisions,
    private readonly capacity = DEFAULT_CAPACITY,
  ) {
    this.compacted = revisions.first;
  }

  /** The oldest revision that a watch may still start from. */
  get oldest(): number {
    return this.compacted;
  }

  append(event: StoredEvent) {
    this.events.push(event);
    if (this.events.length >= this.capacity * 2) {
      const dropped = this.events.length - this.capacity;
      this.compacted = this.events[dropped - 1].revision;
      this.events = this.events.slice(dropped);
    }
  }

  /** What happened after a revision; undefined when part of that is forgotten. */
  since(revision: number): readonly StoredEvent[] | undefined {
    if (revision < this.compacted) return undefined;
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.events[middle].revision <= revision) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? this.events : this.events.slice(low);
  }

  /** Forgets everything so far: older watches and continue tokens become expired. */
  compact() {
    this.events = [];
    this.snapshots.clear();
    this.compacted = this.revisions.current;
  }

  /** Keeps the few snapshots that paged lists are reading. */
  snapshot(
    revision: number,
    scope: string,
    build: () => readonly KubeObject[],
  ): readonly KubeObject[] {
    const key = `${revision}|${scope}`;
    const known = this.snapshots.get(key);
    if (known) return known;
    const built = build();
    this.snapshots.set(key, built);
    if (this.snapshots.size > KEPT_SNAPSHOTS) {
      this.snapshots.delete(this.snapshots.keys().next().value as string);
    }
    return built;
  }
}
