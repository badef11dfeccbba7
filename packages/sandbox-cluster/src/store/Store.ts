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

import { Collection } from './Collection';
import { StoredEvent } from './EventLog';
import { Revisions } from './Revisions';

type Listener = (event: StoredEvent, resource: string) => void;

/**
 * Every collection of the cluster and the queue that carries their changes to listeners. A listener
 * that writes while it is told of a change does not disturb the order in which others see changes.
 */
export class Store {
  readonly revisions = new Revisions();
  private readonly collections = new Map<string, Collection>();
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly queue: Array<[StoredEvent, string]> = [];
  private dispatching = false;

  /** The collection under a storage key, such as `batch/jobs`; made when it is first asked for. */
  collection(resource: string): Collection {
    let collection = this.collections.get(resource);
    if (!collection) {
      collection = new Collection(this.revisions, event =>
        this.dispatch(event, resource),
      );
      this.collections.set(resource, collection);
    }
    return collection;
  }

  all(): Iterable<[string, Collection]> {
    return this.collections.entries();
  }

  /** Calls back for each change of a resource, or of every resource (`*`), in order. */
  listen(resource: string, listener: Listener): () => void {
    let set = this.listeners.get(resource);
    if (!set) {
      set = new Set();
      this.listeners.set(resource, set);
    }
    set.add(listener);
    return () => set.delete(listener);
  }

  private dispatch(event: StoredEvent, resource: string) {
    this.queue.push([event, resource]);
    if (this.dispatching) return;
    this.dispatching = true;
    for (let i = 0; i < this.queue.length; i++) {
      const [next, of] = this.queue[i];
      this.tell(this.listeners.get(of), next, of);
      this.tell(this.listeners.get('*'), next, of);
    }
    this.queue.length = 0;
    this.dispatching = false;
  }

  /** A listener that fails is no reason for the write, or for the other listeners, to fail. */
  private tell(
    listeners: Set<Listener> | undefined,
    event: StoredEvent,
    resource: string,
  ) {
    for (const listener of listeners ?? []) {
      try {
        listener(event, resource);
      } catch (error) {
        process.emitWarning(error as Error);
      }
    }
  }
}
