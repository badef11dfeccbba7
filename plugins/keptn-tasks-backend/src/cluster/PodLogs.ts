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

import type { ClusterConnection } from './ClusterConnection';
import { toClusterError, toConnectionError } from './ClusterError';
import { isAfterStamp, splitStamp } from './logStamp';
import { readLines } from './readLines';
import { resourcePath } from './resourceKinds';

/** A line as the kubelet stamped it. */
export interface PodLogLine {
  /** RFC 3339 with nanoseconds. */
  at?: string;
  text: string;
}

export interface PodLogRequest {
  namespace: string;
  pod: string;
  container: string;
  /** Stamp of the last line that is known; only later ones are delivered. */
  after?: string;
  /** Ends the reading. */
  signal: AbortSignal;
}

/** Logs of Pods while these exist. */
export class PodLogs {
  constructor(private readonly connection: ClusterConnection) {}

  /**
   * The lines of a container as they come, until it ends. Rejects with a ClusterError: `not-found` when the Pod is
   * gone, `invalid` while the container has not started, `unavailable` when the connection breaks.
   */
  async *follow(request: PodLogRequest): AsyncGenerator<PodLogLine[]> {
    const { namespace, pod, container, after, signal } = request;
    const what = {
      verb: 'get',
      resource: 'pods/log',
      namespace,
      name: pod,
    };
    try {
      const response = await this.connection.stream({
        method: 'GET',
        path: resourcePath('Pod', {
          namespace,
          name: pod,
          subresource: 'log',
        }),
        query: { container, follow: true, timestamps: true, sinceTime: after },
        signal,
      });
      if (response.status === 204) {
        await response.body.dump();
        return;
      }
      if (response.status !== 200) {
        const body = await response.body.text();
        throw toClusterError({ ...response, body }, what);
      }
      for await (const lines of readLines(response.body, { tail: true })) {
        const fresh = lines
          .map(splitStamp)
          // The API server counts whole seconds, so that some lines come again.
          .filter(line => isAfterStamp(line.at, after));
        if (fresh.length > 0) {
          yield fresh;
        }
      }
    } catch (error) {
      throw toConnectionError(error, what);
    }
  }
}
