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

import { now } from '../clock';
import type { ClusterAddress } from '../cluster/BenchCluster';
import { BenchProcess } from './BenchProcess';

/** What a plain client is started with. */
export interface PlainClientOptions extends ClusterAddress {
  /** Path of a JSON file with what it is to create. */
  manifests: string;
}

/** The content of that file: Jobs. */
export interface PlainClientWork {
  /** Created before the clock starts, so that connections are open and code is warm. */
  warmUp: unknown[];
  jobs: unknown[];
}

export type PlainClientMessage = { type: 'loaded' };

/** A client that creates given Jobs and knows nothing of tasks: the yardstick for a burst. */
export class PlainClient {
  private constructor(
    private readonly process: BenchProcess<PlainClientMessage>,
  ) {}

  /** Loads everything, but does not start. It ends with the work. */
  static async use<T>(
    options: PlainClientOptions,
    work: (client: PlainClient) => Promise<T>,
  ): Promise<T> {
    const child = new BenchProcess<PlainClientMessage>(
      'plainClientMain',
      options,
    );
    try {
      await child.next('loaded');
      return await work(new PlainClient(child));
    } finally {
      await child.end(2000);
    }
  }

  /** Starts without waiting; returns when that was, in milliseconds since 1970. */
  start(): number {
    const at = now();
    this.process.send('start');
    return at;
  }
}
