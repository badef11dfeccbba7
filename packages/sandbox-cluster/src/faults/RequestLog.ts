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

/** One request that arrived. */
export interface LoggedRequest {
  /** Milliseconds since the epoch. */
  time: number;
  method: string;
  verb: string;
  /** Path and query. */
  url: string;
  group?: string;
  resource?: string;
  subresource?: string;
  namespace?: string;
  name?: string;
  user: string;
  userAgent: string;
  /** The answer; 0 while there is none, or when it was lost on purpose. */
  status: number;
}

export type LogFilter = Partial<
  Pick<
    LoggedRequest,
    'method' | 'verb' | 'resource' | 'subresource' | 'namespace' | 'user'
  >
> & {
  /** Part of the user agent. */
  userAgent?: string;
  /** Only creates, updates, patches and deletes. */
  writes?: boolean;
};

const CAPACITY = 200_000;
const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** The requests that the server has seen, so that tests can count them. */
export class RequestLog {
  private entries: LoggedRequest[] = [];

  /** @internal */
  add(request: LoggedRequest) {
    this.entries.push(request);
    if (this.entries.length > CAPACITY) {
      this.entries = this.entries.slice(CAPACITY / 2);
    }
  }

  list(filter: LogFilter = {}): LoggedRequest[] {
    const { userAgent, writes, ...exact } = filter;
    return this.entries.filter(
      entry =>
        (!userAgent || entry.userAgent.includes(userAgent)) &&
        (writes === undefined || WRITES.includes(entry.method) === writes) &&
        Object.entries(exact).every(
          ([key, value]) =>
            value === undefined || entry[key as keyof LoggedRequest] === value,
        ),
    );
  }

  count(filter: LogFilter = {}): number {
    return this.list(filter).length;
  }

  clear() {
    this.entries = [];
  }
}
