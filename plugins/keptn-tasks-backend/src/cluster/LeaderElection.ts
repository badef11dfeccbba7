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
import type { V1Lease } from '@kubernetes/client-node';
import type { ClusterClient } from './ClusterClient';
import { isClusterError } from './ClusterError';
import { toMicroTime } from './microTime';
import { sleep } from './RateLimiter';

/** Name of the Lease by which replicas, and portals, choose who reconciles a cluster. */
export const RECONCILER_LEASE = 'keptn-tasks-reconciler';

/** Times of a leader election, in milliseconds. */
export interface LeaseTimings {
  /** How long others wait for a holder that is silent. Whole seconds. */
  leaseMs: number;
  /** How long a holder goes on without having renewed. Shorter than `leaseMs`. */
  renewDeadlineMs: number;
  /** Between tries to renew or to take over. */
  retryMs: number;
}

export const DEFAULT_LEASE_TIMINGS: LeaseTimings = {
  leaseMs: 15_000,
  renewDeadlineMs: 10_000,
  retryMs: 2_000,
};

export interface LeaderElectionOptions {
  client: ClusterClient;
  namespace: string;
  name: string;
  /** Unique per process. */
  identity: string;
  timings: LeaseTimings;
  logger: LoggerService;
  /** Milliseconds that never go back. */
  clock?: () => number;
}

/**
 * Picks one of several replicas through a Lease. Whether somebody else's Lease has run out is judged by how long
 * ago *we* saw it change, so that clocks need not agree.
 */
export class LeaderElection {
  private readonly clock: () => number;
  private readonly aborter = new AbortController();
  private readonly listeners = new Set<(leads: boolean) => void>();
  private loop?: Promise<void>;
  private lease?: V1Lease;
  private observedAt = 0;
  private renewedAt = -Infinity;
  private leads = false;
  private error?: Error;

  constructor(private readonly options: LeaderElectionOptions) {
    this.clock = options.clock ?? (() => performance.now());
  }

  /** Whether this replica may write now. Turns false by itself before others may take over. */
  isLeader(): boolean {
    return (
      this.leads &&
      this.clock() - this.renewedAt < this.options.timings.renewDeadlineMs
    );
  }

  /** Who holds the Lease, as far as is known. */
  holder(): string | undefined {
    return this.lease?.spec?.holderIdentity || undefined;
  }

  /** Why the last try failed; `undefined` when it did not. */
  lastError(): Error | undefined {
    return this.error;
  }

  /** Calls back when leadership is gained or lost. */
  onChange(listener: (leads: boolean) => void): void {
    this.listeners.add(listener);
  }

  start(): void {
    this.loop ??= this.run();
  }

  /** Ends the election and gives the Lease up, so that another replica takes over at once. */
  async stop(): Promise<void> {
    this.aborter.abort(new Error('The election was stopped'));
    await this.loop;
    const wasLeader = this.isLeader();
    this.setLeads(false);
    if (wasLeader) {
      await this.release();
    }
  }

  private async run(): Promise<void> {
    const { retryMs } = this.options.timings;
    const { signal } = this.aborter;
    while (!signal.aborted) {
      try {
        this.setLeads(await this.tryOnce());
        this.error = undefined;
      } catch (error) {
        this.error = toError(error);
        this.lease = isClusterError(error, 'conflict') ? undefined : this.lease;
        // One failed renewal is no loss; the deadline decides.
        this.setLeads(this.isLeader());
      }
      const wait = retryMs * (this.leads ? 1 : 1 + Math.random() / 5);
      await sleep(wait, signal).catch(() => undefined);
    }
  }

  /** One look at the Lease and one write if it is ours or may be ours. Tells whether this replica leads. */
  private async tryOnce(): Promise<boolean> {
    const { client, identity } = this.options;
    // Taken before the request: a late answer must not prolong our time.
    const now = this.clock();
    if (this.leads && this.lease) {
      this.observe(await client.replace('Lease', this.renewed(this.lease)));
      this.renewedAt = now;
      return true;
    }
    const lease = await client.get('Lease', this.key());
    if (!lease) {
      this.observe(await client.create('Lease', this.fresh()));
      this.renewedAt = now;
      return true;
    }
    this.observe(lease);
    const holder = lease.spec?.holderIdentity;
    if (holder && holder !== identity && !this.hasRunOut(lease)) {
      return false;
    }
    this.observe(await client.replace('Lease', this.takenOver(lease)));
    this.renewedAt = now;
    return true;
  }

  private observe(lease: V1Lease): void {
    const { spec, metadata } = lease;
    const known = this.lease;
    if (
      known?.metadata?.uid !== metadata?.uid ||
      known?.spec?.holderIdentity !== spec?.holderIdentity ||
      String(known?.spec?.renewTime) !== String(spec?.renewTime)
    ) {
      this.observedAt = this.clock();
    }
    this.lease = lease;
  }

  private hasRunOut(lease: V1Lease): boolean {
    const lastsMs = (lease.spec?.leaseDurationSeconds ?? 0) * 1000;
    return this.clock() - this.observedAt > lastsMs;
  }

  private key() {
    const { namespace, name } = this.options;
    return { namespace, name };
  }

  private fresh() {
    return {
      metadata: {
        ...this.key(),
        labels: { 'app.kubernetes.io/managed-by': 'keptn-tasks' },
      },
      spec: { ...this.held(), acquireTime: nowStamp(), leaseTransitions: 0 },
    };
  }

  private takenOver(lease: V1Lease): V1Lease {
    const same = lease.spec?.holderIdentity === this.options.identity;
    const transitions = lease.spec?.leaseTransitions ?? 0;
    return {
      ...lease,
      spec: {
        ...lease.spec,
        ...this.held(),
        acquireTime: same ? lease.spec?.acquireTime : nowStamp(),
        leaseTransitions: same ? transitions : transitions + 1,
      },
    };
  }

  private renewed(lease: V1Lease): V1Lease {
    return { ...lease, spec: { ...lease.spec, ...this.held() } };
  }

  private held() {
    const { identity, timings } = this.options;
    return {
      holderIdentity: identity,
      leaseDurationSeconds: Math.ceil(timings.leaseMs / 1000),
      renewTime: nowStamp(),
    };
  }

  private async release(): Promise<void> {
    try {
      const lease = await this.options.client.get('Lease', this.key());
      if (lease?.spec?.holderIdentity === this.options.identity) {
        await this.options.client.replace('Lease', {
          ...lease,
          spec: {
            ...lease.spec,
            holderIdentity: undefined,
            leaseDurationSeconds: 1,
            renewTime: nowStamp(),
          },
        });
      }
    } catch (error) {
      this.options.logger.debug(
        `The Lease ${
          this.options.name
        } could not be given up; it runs out by itself: ${
          toError(error).message
        }`,
      );
    }
  }

  private setLeads(leads: boolean): void {
    if (leads !== this.leads) {
      this.leads = leads;
      for (const listener of this.listeners) {
        listener(leads);
      }
    }
  }
}

/** In the precision that Leases demand; the type says Date, which has less. */
function nowStamp(): any {
  return toMicroTime(new Date());
}
