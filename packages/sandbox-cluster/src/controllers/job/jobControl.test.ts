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
import { TestCluster, main } from '../__testUtils__/testCluster';

const LOOP = 'trap "exit 0" TERM; while :; do sleep 0.05; done';

const condition = ({ status }: KubeObject, type: string) =>
  status.conditions?.find((entry: any) => entry.type === type);

describe('A Job that is held, limited or cleared away', () => {
  let cluster: TestCluster;
  beforeAll(() => {
    cluster = new TestCluster();
  });
  afterAll(() => cluster.stop());

  const patchSpec = (name: string, spec: Record<string, unknown>) => {
    const job = cluster.get('Job', name)!;
    cluster.api
      .resource('batch/v1', 'Job')
      .update({ ...job, spec: { ...job.spec, ...spec } });
  };

  it('ends at its deadline; Failed only when the Pod has ended', async () => {
    const states = cluster.record('Job', 'slow');
    cluster.runJob(
      'slow',
      'trap "sleep 0.3; exit 0" TERM; while :; do sleep 0.05; done',
      {
        activeDeadlineSeconds: 2,
      },
    );
    const job = await cluster.until('Job', 'slow', entry =>
      condition(entry, 'Failed'),
    );
    expect(condition(job, 'Failed')).toMatchObject({
      status: 'True',
      reason: 'DeadlineExceeded',
      message: 'Job was active longer than specified deadline',
    });
    expect(job.status).toMatchObject({ failed: 1, terminating: 0 });
    const told = states.find(entry => condition(entry, 'FailureTarget'))!;
    expect(told.status).toMatchObject({
      terminating: 1,
      ready: 0,
      uncountedTerminatedPods: { failed: [expect.any(String)] },
    });
    expect(told.status.active).toBeUndefined();
    await pauseUntilNoPods('slow');
    expect(cluster.events('slow')).toEqual([
      expect.stringMatching(/^SuccessfulCreate: Created pod: slow-/),
      expect.stringMatching(/^SuccessfulDelete: Deleted pod: slow-/),
      'DeadlineExceeded: Job was active longer than specified deadline',
    ]);
  });

  it('fails without a Pod when the deadline is 0', async () => {
    cluster.runJob('never', 'true', { activeDeadlineSeconds: 0 });
    const job = await cluster.until('Job', 'never', entry =>
      condition(entry, 'Failed'),
    );
    expect(condition(job, 'Failed').reason).toBe('DeadlineExceeded');
    expect(cluster.events('never')).toHaveLength(1);
  });

  it('is suspended and resumed', async () => {
    cluster.runJob('sus', LOOP, { suspend: true });
    const held = await cluster.until('Job', 'sus', entry =>
      condition(entry, 'Suspended'),
    );
    expect(held.status.startTime).toBeUndefined();
    expect(condition(held, 'Suspended')).toMatchObject({
      status: 'True',
      reason: 'JobSuspended',
      message: 'Job suspended',
    });
    expect(cluster.podsOf('sus')).toEqual([]);

    patchSpec('sus', { suspend: false });
    const resumed = await cluster.until(
      'Job',
      'sus',
      ({ status }) => status.ready,
    );
    expect(condition(resumed, 'Suspended')).toMatchObject({
      status: 'False',
      reason: 'JobResumed',
      message: 'Job resumed',
    });
    expect(resumed.status.startTime).toBeDefined();

    patchSpec('sus', { suspend: true });
    const again = await cluster.until(
      'Job',
      'sus',
      ({ status }) => status.terminating === 1,
    );
    expect(again.status.startTime).toBeUndefined();
    expect(again.status.active).toBeUndefined();
    await pauseUntilNoPods('sus');
    const quiet = await cluster.until(
      'Job',
      'sus',
      ({ status }) => status.terminating === 0,
    );
    expect(quiet.status.failed).toBeUndefined();
    expect(cluster.events('sus')).toEqual(
      expect.arrayContaining([
        'Suspended x2: Job suspended',
        'Resumed: Job resumed',
      ]),
    );
  });

  it('is deleted when its time to live is over', async () => {
    const states = cluster.record('Job', 'ttl');
    cluster.runJob('ttl', 'true', { ttlSecondsAfterFinished: 1 });
    const job = await cluster.until(
      'Job',
      'ttl',
      ({ status }) => status.completionTime,
    );
    await cluster.untilGone('Job', 'ttl');
    const [marked] = states.filter(
      ({ metadata }) => metadata.deletionTimestamp,
    );
    expect(marked.metadata.finalizers).toEqual(['foregroundDeletion']);
    const lived =
      Date.parse(marked.metadata.deletionTimestamp!) -
      Date.parse(job.status.completionTime);
    expect(lived).toBeGreaterThanOrEqual(1_000);
    expect(cluster.podsOf('ttl')).toEqual([]);
  });

  it('is deleted when a time to live is set long after its end', async () => {
    cluster.runJob('later', 'true');
    await cluster.until('Job', 'later', ({ status }) => status.completionTime);
    patchSpec('later', { ttlSecondsAfterFinished: 0 });
    await cluster.untilGone('Job', 'later');
    expect(cluster.podsOf('later')).toEqual([]);
  });

  it.each(['Background', 'Foreground'] as const)(
    'ends its Pods when it is deleted: %s',
    async propagationPolicy => {
      const name = propagationPolicy.toLowerCase();
      cluster.runJob(name, LOOP);
      await cluster.until('Job', name, ({ status }) => status.ready);
      const [pod] = cluster.podsOf(name);
      const states = cluster.record('Pod', pod.metadata.name);
      cluster.api
        .resource('batch/v1', 'Job')
        .delete('default', name, { propagationPolicy });
      await cluster.untilGone('Pod', pod.metadata.name);
      await cluster.untilGone('Job', name);
      expect(states.at(-1)!.status).toMatchObject({
        phase: 'Succeeded',
        containerStatuses: [{ state: { terminated: { exitCode: 0 } } }],
      });
    },
  );

  it('leaves its Pods alone when it is deleted as an orphan', async () => {
    cluster.runJob('orphan', LOOP);
    await cluster.until('Job', 'orphan', ({ status }) => status.ready);
    const [pod] = cluster.podsOf('orphan');
    cluster.api
      .resource('batch/v1', 'Job')
      .delete('default', 'orphan', { propagationPolicy: 'Orphan' });
    await cluster.untilGone('Job', 'orphan');
    const left = await cluster.until(
      'Pod',
      pod.metadata.name,
      ({ metadata }) => !metadata.finalizers?.length,
    );
    expect(left.status.phase).toBe('Running');
    expect(left.metadata.ownerReferences ?? []).toEqual([]);
  });

  it('tells why its Pods are refused, again and again', async () => {
    const namespace = 'full';
    const create = (apiVersion: string, kind: string, body: any) =>
      cluster.api.resource(apiVersion, kind).create({
        apiVersion,
        kind,
        ...body,
      });
    create('v1', 'Namespace', { metadata: { name: namespace } });
    create('v1', 'ResourceQuota', {
      metadata: { name: 'none', namespace },
      spec: { hard: { pods: '0' } },
    });
    create('batch/v1', 'Job', {
      metadata: { name: 'denied', namespace },
      spec: {
        template: {
          spec: { restartPolicy: 'Never', containers: [main('true')] },
        },
      },
    });
    const refusals = () =>
      cluster.api
        .resource('v1', 'Event')
        .list(namespace)
        .filter(({ reason }) => reason === 'FailedCreate');
    const before = Date.now();
    await cluster.until('Namespace', namespace, () => refusals().length >= 3);
    // The tries come after waits of 60 and 120 ms.
    expect(Date.now() - before).toBeGreaterThan(150);
    for (const { type, message } of refusals()) {
      expect(type).toBe('Warning');
      expect(message).toMatch(
        /^Error creating: pods "denied-.*" is forbidden: exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0$/,
      );
    }
    const job = cluster.api
      .resource('batch/v1', 'Job')
      .get(namespace, 'denied');
    expect(job!.status).toMatchObject({ ready: 0, terminating: 0 });
    expect(job!.status.active).toBeUndefined();
  });

  async function pauseUntilNoPods(job: string): Promise<void> {
    await cluster.until('Job', job, () => cluster.podsOf(job).length === 0);
  }
});
