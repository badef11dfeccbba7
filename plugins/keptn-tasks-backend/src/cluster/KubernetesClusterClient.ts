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
  ClusterClient,
  DeleteOptions,
  ListOptions,
  NewObject,
} from './ClusterClient';
import type { ClusterConnection, ClusterRequest } from './ClusterConnection';
import { USER_AGENT } from './ClusterConnection';
import type { Asked } from './ClusterError';
import {
  ClusterError,
  isClusterError,
  toClusterError,
  toConnectionError,
} from './ClusterError';
import type { RateLimiter } from './RateLimiter';
import { sleep } from './RateLimiter';
import type {
  ClusterObject,
  Kind,
  ObjectKey,
  ResourceTypes,
} from './resourceKinds';
import { apiVersionOf, KINDS, resourcePath } from './resourceKinds';
import { reviveTimes } from './wireTimes';

const PAGE_SIZE = 500;
const MERGE_PATCH = 'application/merge-patch+json';
/** Tries of a request that the API server put off; it did nothing yet, so that any verb may be repeated. */
const MAX_TRIES = 4;
const MAX_RETRY_AFTER_MS = 10_000;

interface ListBody {
  metadata?: { resourceVersion?: string; continue?: string };
  items: ClusterObject[];
}

/** A page of a list, for those who read lists page by page. */
export interface ListPage<K extends Kind> {
  items: ResourceTypes[K][];
  resourceVersion: string;
  continue?: string;
}

/** The API server, asked over HTTP within a rate limit. */
export class KubernetesClusterClient implements ClusterClient {
  constructor(
    private readonly connection: ClusterConnection,
    private readonly limiter?: RateLimiter,
    private readonly options: { timeoutMs?: number } = {},
  ) {}

  async get<K extends Kind>(kind: K, key: ObjectKey) {
    try {
      return await this.one(
        kind,
        { method: 'GET', path: resourcePath(kind, key) },
        asked('get', kind, key),
      );
    } catch (error) {
      if (isClusterError(error, 'not-found')) {
        return undefined;
      }
      throw error;
    }
  }

  async list<K extends Kind>(kind: K, options: ListOptions = {}) {
    const items: ResourceTypes[K][] = [];
    let next: string | undefined;
    do {
      const page = await this.listPage(kind, { ...options, continue: next });
      items.push(...page.items);
      next = page.continue;
    } while (next);
    return items;
  }

  /** One page of a list. Rejects with `expired` when the `continue` token is too old. */
  async listPage<K extends Kind>(
    kind: K,
    options: ListOptions & { continue?: string; signal?: AbortSignal },
  ): Promise<ListPage<K>> {
    const { namespace, labelSelector, fieldSelector, signal } = options;
    const body = await this.send<ListBody>(
      {
        method: 'GET',
        path: resourcePath(kind, { namespace }),
        query: {
          labelSelector,
          fieldSelector,
          limit: PAGE_SIZE,
          continue: options.continue,
        },
        signal,
      },
      asked('list', kind, { namespace }),
    );
    return {
      items: (body.items ?? []).map(item => complete(kind, item)),
      resourceVersion: body.metadata?.resourceVersion ?? '',
      continue: body.metadata?.continue || undefined,
    };
  }

  create<K extends Kind>(kind: K, object: NewObject<K>) {
    const { namespace, name } = object.metadata;
    return this.one(
      kind,
      {
        method: 'POST',
        path: resourcePath(kind, { namespace }),
        query: { fieldManager: USER_AGENT },
        body: { apiVersion: apiVersionOf(kind), kind, ...object },
      },
      asked('create', kind, { namespace, name }),
    );
  }

  replace<K extends Kind>(kind: K, object: ResourceTypes[K]) {
    const { namespace, name } = (object as ClusterObject).metadata!;
    return this.one(
      kind,
      {
        method: 'PUT',
        path: resourcePath(kind, { namespace, name }),
        query: { fieldManager: USER_AGENT },
        body: { apiVersion: apiVersionOf(kind), kind, ...object },
      },
      asked('update', kind, { namespace, name }),
    );
  }

  patch<K extends Kind>(kind: K, key: ObjectKey, patch: object) {
    return this.mergePatch(kind, key, patch);
  }

  patchStatus<K extends Kind>(kind: K, key: ObjectKey, patch: object) {
    return this.mergePatch(kind, key, patch, 'status');
  }

  async delete(kind: Kind, key: ObjectKey, options: DeleteOptions = {}) {
    const { uid, propagation = 'Background' } = options;
    try {
      await this.send(
        {
          method: 'DELETE',
          path: resourcePath(kind, key),
          body: {
            apiVersion: 'v1',
            kind: 'DeleteOptions',
            propagationPolicy: propagation,
            ...(uid && { preconditions: { uid } }),
          },
        },
        asked('delete', kind, key),
      );
    } catch (error) {
      // A conflict says that the uid is not the one that was meant: the object is gone.
      if (!isClusterError(error, 'not-found', 'conflict')) {
        throw error;
      }
    }
  }

  /** Any other request, for example an access review. */
  async raw<T>(request: ClusterRequest, what: Asked): Promise<T> {
    return this.send<T>(request, what);
  }

  private mergePatch<K extends Kind>(
    kind: K,
    key: ObjectKey,
    body: object,
    subresource?: string,
  ) {
    return this.one(
      kind,
      {
        method: 'PATCH',
        path: resourcePath(kind, { ...key, subresource }),
        query: { fieldManager: USER_AGENT },
        contentType: MERGE_PATCH,
        body,
      },
      asked('patch', kind, key, subresource),
    );
  }

  private async one<K extends Kind>(
    kind: K,
    request: ClusterRequest,
    what: Asked,
  ): Promise<ResourceTypes[K]> {
    return complete(kind, await this.send<ClusterObject>(request, what));
  }

  private async send<T>(request: ClusterRequest, what: Asked): Promise<T> {
    for (let tries = 1; ; tries++) {
      await this.limiter?.acquire(request.signal);
      try {
        return await this.sendOnce<T>(request, what);
      } catch (error) {
        if (!isClusterError(error, 'too-many-requests') || tries >= MAX_TRIES) {
          throw error;
        }
        const waitMs = error.retryAfterMs ?? 250 * 2 ** tries;
        if (waitMs > MAX_RETRY_AFTER_MS) {
          throw error;
        }
        await sleep(waitMs * (1 + Math.random() / 4), request.signal);
      }
    }
  }

  private async sendOnce<T>(request: ClusterRequest, what: Asked): Promise<T> {
    const response = await this.connection
      .request({ ...this.options, ...request })
      .catch(error => {
        throw toConnectionError(error, what);
      });
    if (response.status < 200 || response.status > 299) {
      throw toClusterError(response, what);
    }
    try {
      return JSON.parse(response.body);
    } catch (error) {
      throw new ClusterError(
        'unavailable',
        `The API server's answer to ${what.verb} ${what.resource} is not JSON`,
        { cause: error },
      );
    }
  }
}

/** Items of lists lack version and kind. */
function complete<K extends Kind>(
  kind: K,
  object: ClusterObject,
): ResourceTypes[K] {
  object.apiVersion = apiVersionOf(kind);
  object.kind = kind;
  return reviveTimes(kind, object as ResourceTypes[K]);
}

function asked(
  verb: string,
  kind: Kind,
  where: { namespace?: string; name?: string },
  subresource?: string,
): Asked {
  const { group, resource } = KINDS[kind];
  const full = subresource ? `${resource}/${subresource}` : resource;
  return {
    verb,
    resource: group ? `${full}.${group}` : full,
    namespace: where.namespace,
    name: where.name,
  };
}
