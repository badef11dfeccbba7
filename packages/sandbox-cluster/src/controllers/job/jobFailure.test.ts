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

import { KubeObject } from '../../ClusterApi';
import { TestCluster } from '../__testUtils__/testCluster';

const isFailed = ({ status }: KubeObject) =>
  status.conditions?.some(
    ({ type, status: value }: any) => type === 'Failed' && value === 'True',
  );

const types = ({ status }: KubeObject) =>
  (status.conditions ?? []).map(({ type }: any) => type);

describe('A Job that fails', () => {
  let cluster: TestCluster;
  beforeAll(() => {
    cluster = new TestCluster();
  });
  afterAll(() => cluster.stop());

  it('tries again in new Pods with growing waits, restartPolicy Never', async () => {
    const jobBackoffMs = 1_000;
    const slower = new TestCluster({}, { jobBackoffMs });
    try {
      slower.runJob('fails', 'exit 3', { backoffLimit: 2 });
      const job = await slower.until('Job', 'fails', isFailed);
      expect(job.status).toMatchObject({ failed: 3, terminating: 0, ready: 0 });
      expect(job.status.active).toBeUndefined();
      expect(types(job)).toEqual(['FailureTarget', 'Failed']);
      expect(job.status.conditions[1]).toMatchObject({
        reason: 'BackoffLimitExceeded',
        message: 'Job has reached the specified backoff limit',
      });
      const pods = slower.podsOf('fails');
      expect(pods).toHaveLength(3);
      // Counted from the whole second in which the Pod before ended.
      const ended = pods
        .map(({ status }) => status.containerStatuses[0].state.terminated)
        .map(({ finishedAt }) => Date.parse(finishedAt))
        .sort();
      expect(ended[1] - ended[0]).toBeGreaterThanOrEqual(jobBackoffMs);
      expect(ended[2] - ended[1]).toBeGreaterThanOrEqual(2 * jobBackoffMs);
      expect(slower.events('fails').at(-1)).toBe(
        'BackoffLimitExceeded: Job has reached the specified backoff limit',
      );
    } finally {
      await slower.stop();
    }
  });

  it('ends after one try with backoffLimit 0: FailureTarget before Failed', async () => {
    const states = cluster.record('Job', 'once');
    cluster.runJob('once', 'exit 1', { backoffLimit: 0 });
    const job = await cluster.until('Job', 'once', isFailed);
    expect(job.status.failed).toBe(1);
    const [pod] = cluster.podsOf('once');
    const target = states.find(state => types(state).length === 1)!;
    expect(target.status).toMatchObject({
      conditions: [{ type: 'FailureTarget' }],
      uncountedTerminatedPods: { failed: [pod.metadata.uid] },
    });
    expect(target.status.failed).toBeUndefined();
  });

  it('restarts in place with OnFailure and deletes the Pod at the limit', async () => {
    cluster.runJob(
      'again',
      'exit 1',
      { backoffLimit: 2 },
      { restartPolicy: 'OnFailure' },
    );
    const pod = await cluster
      .until('Job', 'again', ({ status }) => status.active)
      .then(() => cluster.podsOf('again')[0].metadata.name);
    const job = await cluster.until('Job', 'again', isFailed);
    expect(job.status.failed).toBe(1);
    await cluster.untilGone('Pod', pod);
    expect(cluster.podsOf('again')).toEqual([]);
    expect(cluster.events('again')).toEqual([
      `SuccessfulCreate: Created pod: ${pod}`,
      `SuccessfulDelete: Deleted pod: ${pod}`,
      'BackoffLimitExceeded: Job has reached the specified backoff limit',
    ]);
    expect(cluster.events(pod)).toEqual(
      expect.arrayContaining([
        'Created x3: Container created',
        expect.stringMatching(
          /^BackOff( x\d)?: Back-off restarting failed container main in pod again-/,
        ),
      ]),
    );
  });

  it('fails at once when its failure policy says so', async () => {
    cluster.runJob('policy', 'exit 42', {
      podFailurePolicy: {
        rules: [
          {
            action: 'FailJob',
            onExitCodes: { operator: 'In', values: [42] },
          },
        ],
      },
    });
    const { status } = await cluster.until('Job', 'policy', isFailed);
    const [pod] = cluster.podsOf('policy');
    expect(status.conditions[1]).toMatchObject({
      reason: 'PodFailurePolicy',
      message: `Container main for pod default/${pod.metadata.name} failed with exit code 42 matching FailJob rule at index 0`,
    });
  });

  it('does not count what its failure policy ignores', async () => {
    cluster.runJob('ignores', 'exit 42', {
      backoffLimit: 0,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onExitCodes: { operator: 'In', values: [42] } },
        ],
      },
    });
    await cluster.until('Job', 'ignores', () => {
      return cluster.podsOf('ignores').length > 1;
    });
    const job = cluster.get('Job', 'ignores')!;
    expect(job.status.failed).toBeUndefined();
    expect(types(job)).toEqual([]);
    cluster.api.resource('batch/v1', 'Job').delete('default', 'ignores', {
      propagationPolicy: 'Background',
    });
  });

  it('replaces a Pod that is deleted and fails on the way', async () => {
    cluster.runJob(
      'victim',
      'trap "exit 1" TERM; while :; do sleep 0.05; done',
    );
    const running = await cluster.until(
      'Job',
      'victim',
      ({ status }) => status.ready,
    );
    expect(running.status.active).toBe(1);
    const [pod] = cluster.podsOf('victim');
    cluster.api.resource('v1', 'Pod').delete('default', pod.metadata.name);
    const job = await cluster.until(
      'Job',
      'victim',
      ({ status }) =>
        status.failed === 1 && status.ready === 1 && !status.terminating,
    );
    expect(job.status).toMatchObject({ active: 1 });
    const left = cluster
      .podsOf('victim')
      .filter(({ metadata }) => !metadata.deletionTimestamp);
    expect(left).toHaveLength(1);
  });

  it('completes when a deleted Pod ends well', async () => {
    // The Pod has ended before the Job is looked at.
    const slower = new TestCluster({}, { jobSyncBatchMs: 700 });
    try {
      slower.runJob(
        'saved',
        'trap "exit 0" TERM; while :; do sleep 0.02; done',
      );
      await slower.until('Job', 'saved', ({ status }) => status.ready);
      const [pod] = slower.podsOf('saved');
      slower.api.resource('v1', 'Pod').delete('default', pod.metadata.name);
      const job = await slower.until(
        'Job',
        'saved',
        ({ status }) => status.completionTime,
      );
      expect(job.status.succeeded).toBe(1);
      expect(job.status.failed).toBeUndefined();
      await slower.untilGone('Pod', pod.metadata.name);
    } finally {
      await slower.stop();
    }
  });
});
