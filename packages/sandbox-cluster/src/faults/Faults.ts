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

import { OpenWatch } from '../http/watchStream';
import { Store } from '../store/Store';
import { RequestLog } from './RequestLog';

/** Which requests a fault strikes; what is left out strikes every request. */
export interface RequestFilter {
  /** HTTP method, such as `POST`. */
  method?: string;
  /** Verb, such as `create` or `watch`. */
  verb?: string;
  /** Plural, such as `jobs`. */
  resource?: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

export interface FailNext extends RequestFilter {
  /** How many requests fail; 1 unless it is said. */
  times?: number;
  status: 409 | 410 | 429 | 500 | 503;
  retryAfterSeconds?: number;
}

export interface LoseResponse extends RequestFilter {
  times?: number;
}

/** A right that is taken away, whatever the roles say. */
export interface Refusal {
  user?: string;
  verb?: string;
  resource?: string;
  subresource?: string;
  namespace?: string;
}

export interface Delay extends RequestFilter {
  /** Milliseconds that a request waits before it is handled; 0 ends the delay. */
  milliseconds: number;
}

/** A request as faults see it. */
export interface FaultRequest {
  method: string;
  verb: string;
  resource?: string;
  subresource?: string;
  namespace?: string;
  name?: string;
  user: string;
}

/** Makes the cluster fail on demand, for tests of how its clients cope. */
export class Faults {
  /** Every request that arrived, oldest first. */
  readonly requests = new RequestLog();
  private readonly watches = new Set<OpenWatch>();
  private failures: Array<FailNext & { times: number }> = [];
  private losses: Array<LoseResponse & { times: number }> = [];
  private refusals: Refusal[] = [];
  private delays: Delay[] = [];

  constructor(private readonly store: Store) {}

  /** Cuts open watches, as a network failure would. Answers how many there were. */
  dropWatches(
    filter: { resource?: string; namespace?: string; userAgent?: string } = {},
  ): number {
    const struck = [...this.watches].filter(
      watch =>
        (!filter.resource || watch.type.plural === filter.resource) &&
        (!filter.namespace || watch.namespace === filter.namespace) &&
        (!filter.userAgent || watch.userAgent.includes(filter.userAgent)),
    );
    struck.forEach(watch => watch.drop());
    return struck.length;
  }

  /** How many watches are open, for tests that wait for clients to be connected. */
  openWatches(resource?: string): number {
    return [...this.watches].filter(
      watch => !resource || watch.type.plural === resource,
    ).length;
  }

  /** Lets the next matching requests fail without being carried out. */
  failNext(fault: FailNext) {
    this.failures.push({ times: 1, ...fault });
  }

  /** Carries the next matching requests out and closes the connection instead of answering. */
  loseResponse(fault: LoseResponse) {
    this.losses.push({ times: 1, ...fault });
  }

  /** Takes a right away until `allow` gives it back. */
  refuse(refusal: Refusal) {
    this.refusals.push(refusal);
  }

  /** Ends the refusals that are equal to this one, or all of them. */
  allow(refusal?: Refusal) {
    const wanted = refusal && canonical(refusal);
    this.refusals = refusal
      ? this.refusals.filter(other => canonical(other) !== wanted)
      : [];
  }

  /** Forgets all history: watches and pages that resume from before get a 410. */
  expireHistory() {
    for (const [, collection] of this.store.all()) collection.log.compact();
  }

  /** Slows matching requests down; 0 milliseconds end the delay. */
  delay(delay: Delay) {
    const { milliseconds, ...filter } = delay;
    const wanted = canonical(filter);
    this.delays = this.delays.filter(
      ({ milliseconds: _, ...other }) => canonical(other) !== wanted,
    );
    if (milliseconds > 0) this.delays.push(delay);
  }

  /** Ends every fault. The request log stays. */
  reset() {
    this.failures = [];
    this.losses = [];
    this.refusals = [];
    this.delays = [];
  }

  /** @internal */
  opened(watch: OpenWatch): () => void {
    this.watches.add(watch);
    return () => this.watches.delete(watch);
  }

  /** @internal */
  takeFailure(request: FaultRequest): FailNext | undefined {
    return take(this.failures, request);
  }

  /** @internal */
  takeLoss(request: FaultRequest): boolean {
    return take(this.losses, request) !== undefined;
  }

  /** @internal */
  isRefused(request: FaultRequest): boolean {
    return this.refusals.some(
      ({ user, ...filter }) =>
        (!user || user === request.user) && strikes(filter, request),
    );
  }

  /** @internal */
  delayOf(request: FaultRequest): number {
    return Math.max(
      0,
      ...this.delays
        .filter(delay => strikes(delay, request))
        .map(delay => delay.milliseconds),
    );
  }
}

function take<T extends RequestFilter & { times: number }>(
  faults: T[],
  request: FaultRequest,
): T | undefined {
  const fault = faults.find(
    candidate => candidate.times > 0 && strikes(candidate, request),
  );
  if (fault) fault.times -= 1;
  return fault;
}

const FILTERS = [
  'method',
  'verb',
  'resource',
  'subresource',
  'namespace',
  'name',
] as const;

function strikes(filter: RequestFilter, request: FaultRequest): boolean {
  return FILTERS.every(
    key => filter[key] === undefined || filter[key] === (request[key] ?? ''),
  );
}

function canonical(filter: object): string {
  return JSON.stringify(
    Object.entries(filter)
      .filter(([, value]) => value !== undefined)
      .sort(),
  );
}
