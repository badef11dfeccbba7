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

import type { Kind, ResourceTypes } from '../../../src/cluster/ClusterClient';
import { ClusterConnection } from '../../../src/cluster/ClusterConnection';
import { readLines } from '../../../src/cluster/readLines';
import { resourcePath } from '../../../src/cluster/resourceKinds';
import { now } from '../clock';
import { clusterConfig, type ClusterAddress } from './BenchCluster';

/** An object as it was sent, and when it came: milliseconds since 1970. Times in it are text. */
export interface Arrival<T> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: T;
  at: number;
}

/** A watch of its own, on a connection of its own: it learns nothing from the process that is measured. */
export class CollectionWatch {
  private readonly aborter = new AbortController();
  private readonly connection: ClusterConnection;
  private failure?: Error;
  private waiting?: {
    isEnough: () => boolean;
    resolve: () => void;
    reject: (error: Error) => void;
  };

  private constructor(options: ClusterAddress) {
    this.connection = new ClusterConnection(clusterConfig(options));
  }

  /** Starts with one ADDED for each object that is there; resolves when the watch stands. */
  static async start<K extends Kind>(
    options: ClusterAddress,
    kind: K,
    namespace: string,
    onArrival: (arrival: Arrival<ResourceTypes[K]>) => void,
  ): Promise<CollectionWatch> {
    const watch = new CollectionWatch(options);
    const { status, body } = await watch.connection.stream({
      method: 'GET',
      path: resourcePath(kind, { namespace }),
      query: { watch: true, timeoutSeconds: 3600 },
      signal: watch.aborter.signal,
    });
    if (status !== 200) {
      throw new Error(`${kind} cannot be watched: ${await body.text()}`);
    }
    watch
      .read(body, onArrival as (arrival: Arrival<any>) => void)
      .catch(error => watch.fail(error));
    return watch;
  }

  /** Resolves at the first arrival after which this is true. */
  async until(isEnough: () => boolean, timeoutMs: number): Promise<void> {
    if (this.failure) throw this.failure;
    if (isEnough()) return;
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        this.waiting = { isEnough, resolve, reject };
        timer = setTimeout(
          () => reject(new Error('What a watch waits for did not come')),
          timeoutMs,
        );
      });
    } finally {
      clearTimeout(timer);
      this.waiting = undefined;
    }
  }

  async stop(): Promise<void> {
    this.aborter.abort();
    await this.connection.close();
  }

  private async read(
    body: AsyncIterable<Uint8Array>,
    onArrival: (arrival: Arrival<any>) => void,
  ): Promise<void> {
    for await (const lines of readLines(body)) {
      const at = now();
      for (const line of lines) {
        const { type, object } = JSON.parse(line);
        if (type === 'ERROR') throw new Error(object.message);
        onArrival({ type, object, at });
      }
      if (this.waiting?.isEnough()) this.waiting.resolve();
    }
    throw new Error('The API server ended a watch');
  }

  private fail(error: Error): void {
    if (this.aborter.signal.aborted) return;
    this.failure = error;
    this.waiting?.reject(error);
  }
}
