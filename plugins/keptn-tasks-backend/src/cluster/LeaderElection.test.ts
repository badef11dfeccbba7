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

import { mockServices } from '@backstage/backend-test-utils';
import type { V1Lease } from '@kubernetes/client-node';
import { until } from '../__testUtils__/until';
import type { ClusterClient } from './ClusterClient';
import { ClusterError } from './ClusterError';
import { LeaderElection } from './LeaderElection';

const timings = { leaseMs: 1_000, renewDeadlineMs: 600, retryMs: 50 };

/** One Lease with the API server's optimistic concurrency, that can be cut off. */
class LeaseServer {
  lease?: V1Lease;
  isAway = false;
  private version = 0;

  client(): ClusterClient {
    const answer = (lease: V1Lease) => {
      this.version += 1;
      this.lease = {
        ...lease,
        metadata: { ...lease.metadata, resourceVersion: `${this.version}` },
      };
      return structuredClone(this.lease);
    };
    const reach = () => {
      if (this.isAway) {
        throw new ClusterError('unavailable', 'nobody answers');
      }
    };
    return {
      get: async () => {
        reach();
        return structuredClone(this.lease);
      },
      create: async (_: string, lease: V1Lease) => {
        reach();
        if (this.lease) {
          throw new ClusterError('already-exists', 'there is one');
        }
        return answer(lease);
      },
      replace: async (_: string, lease: V1Lease) => {
        reach();
        if (
          lease.metadata?.resourceVersion !==
          this.lease?.metadata?.resourceVersion
        ) {
          throw new ClusterError('conflict', 'somebody was faster');
        }
        return answer(lease);
      },
    } as unknown as ClusterClient;
  }
}

describe('LeaderElection', () => {
  const elections: LeaderElection[] = [];
  afterEach(async () => {
    await Promise.all(elections.splice(0).map(election => election.stop()));
  });

  function candidate(
    server: LeaseServer,
    identity: string,
    clock?: () => number,
  ) {
    const election = new LeaderElection({
      client: server.client(),
      namespace: 'keptn-system',
      name: 'reconciler',
      identity,
      timings,
      logger: mockServices.logger.mock(),
      clock,
    });
    elections.push(election);
    const changes: boolean[] = [];
    election.onChange(leads => changes.push(leads));
    election.start();
    return { election, changes };
  }

  it('lets exactly one of many lead', async () => {
    const server = new LeaseServer();
    const all = ['a', 'b', 'c', 'd'].map(name => candidate(server, name));
    await until(() => all.some(({ election }) => election.isLeader()));
    for (let look = 0; look < 20; look++) {
      expect(
        all.filter(({ election }) => election.isLeader()).length,
      ).toBeLessThanOrEqual(1);
      await new Promise(done => setTimeout(done, 20));
    }
    const leader = all.find(({ election }) => election.isLeader())!;
    for (const { election } of all) {
      expect(election.holder()).toBe(leader.election.holder());
    }
  });

  it('writes times with the fractions that Leases demand', async () => {
    const server = new LeaseServer();
    candidate(server, 'a');
    await until(() => server.lease);
    expect(server.lease!.spec).toEqual({
      holderIdentity: 'a',
      leaseDurationSeconds: 1,
      acquireTime: expect.stringMatching(/\.\d{6}Z$/),
      renewTime: expect.stringMatching(/\.\d{6}Z$/),
      leaseTransitions: 0,
    });
  });

  it('stops leading before others may take over when it cannot renew', async () => {
    const server = new LeaseServer();
    const first = candidate(server, 'first');
    await until(() => first.election.isLeader());
    server.isAway = true;
    const second = candidate(server, 'second');
    await until(() => !first.election.isLeader());
    await until(() => first.changes.at(-1) === false);
    expect(server.lease!.spec!.holderIdentity).toBe('first');

    server.isAway = false;
    await until(() => first.election.isLeader() || second.election.isLeader());
    expect(first.changes.slice(0, 2)).toEqual([true, false]);
  });

  it('takes over when a holder has been silent for the time of its Lease, not before', async () => {
    const server = new LeaseServer();
    const dead = candidate(server, 'dead');
    await until(() => dead.election.isLeader());
    // It dies without a word: its renewals do not arrive any more.
    elections.length = 0;
    const last = structuredClone(server.lease!);
    await dead.election.stop();
    server.lease = last;

    const second = candidate(server, 'second');
    const begun = Date.now();
    await until(() => second.election.isLeader());
    expect(Date.now() - begun).toBeGreaterThanOrEqual(timings.leaseMs);
    expect(server.lease!.spec!.leaseTransitions).toBe(1);
  });

  it('gives the Lease up when it stops', async () => {
    const server = new LeaseServer();
    const first = candidate(server, 'first');
    await until(() => first.election.isLeader());
    const second = candidate(server, 'second');
    await first.election.stop();
    expect(first.changes).toEqual([true, false]);
    await until(() => second.election.isLeader(), 500);
  });

  it('judges a foreign Lease by its own clock, whatever the stamp says', async () => {
    const server = new LeaseServer();
    server.lease = {
      metadata: { resourceVersion: '0', uid: 'x' },
      spec: {
        holderIdentity: 'other',
        leaseDurationSeconds: 1,
        // A clock that is an hour behind.
        renewTime: new Date(Date.now() - 3_600_000).toISOString() as any,
      },
    };
    const { election } = candidate(server, 'us');
    await new Promise(done => setTimeout(done, 300));
    expect(election.isLeader()).toBe(false);
    expect(election.holder()).toBe('other');
  });

  it('does not lead when time has passed unnoticed, as after a suspended process', async () => {
    let offset = 0;
    const server = new LeaseServer();
    const { election } = candidate(
      server,
      'a',
      () => performance.now() + offset,
    );
    await until(() => election.isLeader());
    offset = 10_000;
    expect(election.isLeader()).toBe(false);
  });
});
