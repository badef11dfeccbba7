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
import { StatusError } from '../errors/StatusError';
import { ResourceType } from '../resources/ResourceType';
import { StoredEvent } from '../store/EventLog';
import { ApiContext } from './ApiContext';
import { isSelected, ListQuery } from './list';
import { viewOf } from './views';

/** What a watch asks for. */
export interface WatchQuery
  extends Pick<ListQuery, 'namespace' | 'labels' | 'fields'> {
  /** Only later changes; undefined or 0 starts with what exists. */
  resourceVersion?: number;
}

export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubeObject;
}

/**
 * Follows a collection. What exists or happened since comes before this returns; the rest as it
 * happens. Throws a 410 when the start is too old.
 */
export function watchObjects(
  context: ApiContext,
  type: ResourceType,
  query: WatchQuery,
  onEvent: (event: WatchEvent) => void,
): () => void {
  const collection = context.store.collection(type.storage);
  const forward = (stored: StoredEvent) => {
    const event = translate(stored, type, query);
    if (event) onEvent(event);
  };
  const { resourceVersion } = query;
  let seen = resourceVersion ?? 0;
  if (!resourceVersion) {
    seen = context.store.revisions.current;
    for (const object of collection.list(query.namespace)) {
      const view = viewOf(type, object);
      if (isSelected(query, view)) onEvent({ type: 'ADDED', object: view });
    }
  } else {
    const missed = collection.log.since(resourceVersion);
    if (!missed) {
      throw new StatusError(
        410,
        'Expired',
        `too old resource version: ${resourceVersion} (${collection.log.oldest})`,
      );
    }
    for (const stored of missed) {
      seen = Math.max(seen, stored.revision);
      forward(stored);
    }
  }
  // Changes that are still in the queue were part of what was sent above.
  return context.store.listen(type.storage, stored => {
    if (stored.revision > seen) forward(stored);
  });
}

/** What a change means to someone who sees only what the selectors select. */
function translate(
  stored: StoredEvent,
  type: ResourceType,
  query: WatchQuery,
): WatchEvent | undefined {
  if (query.namespace && stored.object.metadata.namespace !== query.namespace) {
    return undefined;
  }
  const object = viewOf(type, stored.object);
  const previous = stored.previous && viewOf(type, stored.previous);
  const was = !!previous && isSelected(query, previous);
  if (stored.type === 'DELETED') {
    return was ? { type: 'DELETED', object } : undefined;
  }
  const is = isSelected(query, object);
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object };
  if (!was || !previous) return undefined;
  const { resourceVersion } = object.metadata;
  return {
    type: 'DELETED',
    object: {
      ...previous,
      metadata: { ...previous.metadata, resourceVersion },
    },
  };
}
