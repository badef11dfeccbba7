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

import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ListOptions } from './ClusterClient';
import type { ClusterConnection } from './ClusterConnection';
import type { Asked } from './ClusterError';
import {
  ClusterError,
  isClusterError,
  statusEventError,
  toClusterError,
  toConnectionError,
} from './ClusterError';
import type { KubernetesClusterClient } from './KubernetesClusterClient';
import { sleep } from './RateLimiter';
import { readLines } from './readLines';
import type { Change, Indexers } from './ResourceCache';
import { ResourceCache } from './ResourceCache';
import type { Kind, ResourceTypes } from './resourceKinds';
import { KINDS, resourcePath } from './resourceKinds';
import { watchBackoffMs } from './watchBackoff';
import { reviveTimes } from './wireTimes';

/** How a watch is doing. */
export interface WatchHealth {
  kind: Kind;
  /** Everything was listed at least once. */
  synced: boolean;
  /** When the API server last said anything here. */
  lastContactAt?: Date;
  /** Set while the watch is broken. */
  error?: Error;
}

export interface ResourceWatchOptions<K extends Kind> extends ListOptions {
  connection: ClusterConnection;
  client: KubernetesClusterClient;
  kind: K;
  logger: LoggerService;
  indexers?: Indexers<ResourceTypes[K]>;
  /** Leaves out of an object what nobody needs; `undefined` when the whole object is not needed. */
  transform?: (object: ResourceTypes[K]) => ResourceTypes[K] | undefined;
  /** How long a watch is asked to last, at most twice that. Then it goes on in a new request. */
  watchSeconds?: number;
  /** Silence after which a connection counts as dead. Bookmarks come about once a minute. */
  maxSilenceMs?: number;
}

/** A watch that ends sooner counts as failed, so that no loop of requests comes of it. */
const SHORTEST_WATCH_MS = 500;

interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: any;
}

/**
 * Keeps a cache of all objects of a kind up to date: lists page by page, watches from there, resumes where a watch
 * ended, and lists again when the API server has forgotten that place. It never gives up; `health` tells how it is.
 */
export class ResourceWatch<K extends Kind> {
  readonly cache: ResourceCache<ResourceTypes[K]>;
  private readonly listeners = new Set<
    (change: Change<ResourceTypes[K]>) => void
  >();
  private readonly aborter = new AbortController();
  private readonly what: Asked;
  private readonly firstSync = deferred();
  private loop?: Promise<void>;
  private resourceVersion?: string;
  private failures = 0;
  private error?: Error;
  private isSynced = false;
  private lastContactMs?: number;

  constructor(private readonly options: ResourceWatchOptions<K>) {
    const { kind, namespace } = options;
    const { group, resource } = KINDS[kind];
    this.cache = new ResourceCache(options.indexers);
    this.what = {
      verb: 'watch',
      resource: group ? `${resource}.${group}` : resource,
      namespace,
    };
    this.firstSync.promise.catch(() => undefined);
  }

  /** Calls back for each change after it is in the cache, in order, until the returned function is called. */
  onChange(listener: (change: Change<ResourceTypes[K]>) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    this.loop ??= this.run();
  }

  /** Ends the watch; nothing is called back after that. */
  async stop(): Promise<void> {
    this.listeners.clear();
    this.aborter.abort(new Error('The watch was stopped'));
    this.firstSync.reject(this.aborter.signal.reason);
    await this.loop;
  }

  /** Resolves once everything was listed; rejects when the watch is stopped before. */
  synced(): Promise<void> {
    return this.firstSync.promise;
  }

  health(): WatchHealth {
    return {
      kind: this.options.kind,
      synced: this.isSynced,
      lastContactAt:
        this.lastContactMs === undefined
          ? undefined
          : new Date(this.lastContactMs),
      error: this.error,
    };
  }

  /**
   * Takes an object that a write has answered with, so that the next look need not wait for the watch to bring it.
   * `quietly` tells nobody.
   */
  learn(object: ResourceTypes[K], how?: 'quietly'): void {
    const kept = this.trim(object);
    const change = kept ? this.cache.put(kept) : this.cache.forget(object);
    if (how !== 'quietly') {
      this.tell(change);
    }
  }

  private async run(): Promise<void> {
    const { signal } = this.aborter;
    while (!signal.aborted) {
      try {
        if (this.resourceVersion === undefined) {
          await this.listAll();
        }
        const startedAt = Date.now();
        await this.watchOnce();
        if (Date.now() - startedAt < SHORTEST_WATCH_MS) {
          throw new ClusterError(
            'unavailable',
            `The API server ends watches of ${this.what.resource} at once`,
          );
        }
        this.recovered();
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        await this.failed(toError(error)).catch(() => undefined);
      }
    }
  }

  private async listAll(): Promise<void> {
    const { client, kind } = this.options;
    const { namespace, labelSelector, fieldSelector } = this.options;
    const { signal } = this.aborter;
    const objects: ResourceTypes[K][] = [];
    let next: string | undefined;
    let version = '';
    do {
      const page = await client.listPage(kind, {
        namespace,
        labelSelector,
        fieldSelector,
        continue: next,
        signal,
      });
      this.contact();
      version = page.resourceVersion;
      next = page.continue;
      for (const item of page.items) {
        const kept = this.trim(item);
        if (kept) {
          objects.push(kept);
        } else {
          this.tell(this.cache.forget(item));
        }
      }
    } while (next);
    for (const change of this.cache.replaceAll(objects, version)) {
      this.tell(change);
    }
    this.resourceVersion = version;
    this.isSynced = true;
    // The failures still count: a list that no watch follows must not become a loop.
    this.clearError();
    this.firstSync.resolve();
  }

  /** Follows one watch request until it ends; throws when it ends badly. */
  private async watchOnce(): Promise<void> {
    const { connection, kind, maxSilenceMs = 150_000 } = this.options;
    const { namespace, labelSelector, fieldSelector } = this.options;
    const seconds = this.options.watchSeconds ?? 300;
    const silence = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    let lasting: NodeJS.Timeout | undefined;
    const heard = () => {
      this.contact();
      clearTimeout(timer);
      timer = setTimeout(
        () => silence.abort(new Error('The watch fell silent')),
        maxSilenceMs,
      );
    };
    try {
      const response = await connection.stream({
        method: 'GET',
        path: resourcePath(kind, { namespace }),
        query: {
          labelSelector,
          fieldSelector,
          watch: true,
          allowWatchBookmarks: true,
          resourceVersion: this.resourceVersion,
          timeoutSeconds: Math.round(seconds * (1 + Math.random())),
        },
        signal: AbortSignal.any([this.aborter.signal, silence.signal]),
      });
      heard();
      if (response.status !== 200) {
        const body = await response.body.text();
        throw toClusterError({ ...response, body }, this.what);
      }
      // Where nothing happens the first word may be a bookmark, a minute from now.
      lasting = setTimeout(() => this.recovered(), SHORTEST_WATCH_MS);
      for await (const lines of readLines(response.body)) {
        heard();
        for (const line of lines) {
          this.take(parseEvent(line, this.what));
        }
      }
    } catch (error) {
      throw toConnectionError(error, this.what);
    } finally {
      clearTimeout(timer);
      clearTimeout(lasting);
    }
  }

  private take({ type, object }: WatchEvent): void {
    if (type === 'ERROR') {
      throw statusEventError(object, this.what);
    }
    this.recovered();
    this.resourceVersion = object.metadata.resourceVersion;
    if (type === 'BOOKMARK') {
      return;
    }
    const kept = this.trim(reviveTimes(this.options.kind, object));
    if (!kept) {
      this.tell(this.cache.forget(object));
    } else if (type === 'DELETED') {
      this.tell(this.cache.remove(kept));
    } else {
      this.tell(this.cache.put(kept));
    }
  }

  private tell(change: Change<ResourceTypes[K]> | undefined): void {
    if (!change) {
      return;
    }
    for (const listener of this.listeners) {
      listener(change);
    }
  }

  private trim(object: ResourceTypes[K]): ResourceTypes[K] | undefined {
    const { transform } = this.options;
    return transform ? transform(object) : object;
  }

  private contact(): void {
    this.lastContactMs = Date.now();
    this.options.connection.noteContact();
  }

  /** News came, or a watch lasted: whatever was wrong is over. */
  private recovered(): void {
    this.failures = 0;
    this.clearError();
  }

  private clearError(): void {
    if (this.error) {
      this.error = undefined;
      this.options.logger.info(`Watching ${this.what.resource} again`);
    }
  }

  private async failed(error: Error): Promise<void> {
    const { signal } = this.aborter;
    if (isClusterError(error, 'expired')) {
      // The API server has forgotten our place; that is ordinary once.
      this.resourceVersion = undefined;
    }
    this.failures += 1;
    // A connection that breaks and comes back is no news.
    if (!this.isSynced || this.failures > 2) {
      if (!this.error) {
        this.options.logger.warn(
          `Watching ${this.what.resource} fails, trying again: ${error.message}`,
        );
      }
      this.error = error;
    }
    const retryAfterMs = isClusterError(error) ? error.retryAfterMs : undefined;
    await sleep(retryAfterMs ?? watchBackoffMs(this.failures, error), signal);
  }
}

function deferred() {
  let resolve: () => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<void>((onDone, onFailed) => {
    resolve = onDone;
    reject = onFailed;
  });
  return { promise, resolve, reject };
}

function parseEvent(line: string, what: Asked): WatchEvent {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new ClusterError(
      'unavailable',
      `A watch event of ${what.resource} is not JSON`,
      { cause: error },
    );
  }
}
