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

import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KEPTN_OPERATOR_LEASE } from '../cluster/keptnOperator';
import { toMicroTime } from '../cluster/microTime';
import {
  ClusterHarness,
  quietLogger,
  TEST_SETTINGS,
  TEST_TIMINGS,
  until,
} from '../__testUtils__/clusterHarness';
import { RECONCILER_LEASE } from '../cluster/LeaderElection';
import { ClusterRuntimes } from './ClusterRuntimes';

jest.setTimeout(120_000);

const QUICK = { deno: { inline: { code: `console.log('done')` } } };
const LIFECYCLE = 'lifecycle.keptn.sh/v1';

describe('ClusterRuntime', () => {
  let harness: ClusterHarness;
  afterEach(() => harness?.stop());

  const lease = (name: string) =>
    harness
      .resource('coordination.k8s.io/v1', 'Lease')
      .get('keptn-system', name);
  const writes = () =>
    harness.sandbox.faults.requests
      .list({ writes: true, userAgent: 'keptn-tasks' })
      .filter(({ resource }) => resource !== 'selfsubjectaccessreviews')
      .map(({ verb, resource }) => `${verb} ${resource}`);

  /** Puts a task into the cluster that some operator has finished. */
  function createFinished(name: string, status: object = {}) {
    const task = structuredClone(
      harness.createTask(name, { taskDefinition: 'quick' }),
    );
    task.status = {
      status: 'Succeeded',
      jobName: `${name}-12345`,
      startTime: '2026-01-01T00:00:00Z',
      endTime: '2026-01-01T00:00:09Z',
      ...status,
    };
    harness.resource(LIFECYCLE, 'KeptnTask').updateStatus(task);
  }

  function holdOperatorLease(renewedAt: Date) {
    const resource = harness.resource('coordination.k8s.io/v1', 'Lease');
    const known = resource.get('keptn-system', KEPTN_OPERATOR_LEASE);
    const spec = {
      holderIdentity: 'lifecycle-operator-7d4b_1',
      leaseDurationSeconds: 15,
      renewTime: toMicroTime(renewedAt),
    };
    return known
      ? resource.update({ ...structuredClone(known), spec })
      : harness.create({
          apiVersion: 'coordination.k8s.io/v1',
          kind: 'Lease',
          metadata: { name: KEPTN_OPERATOR_LEASE, namespace: 'keptn-system' },
          spec,
        });
  }

  it('D-01: imports what is finished, runs none of it and writes nothing', async () => {
    harness = await ClusterHarness.start();
    harness.createDefinition('quick', QUICK);
    createFinished('old-1');
    createFinished('old-2', {
      status: 'Failed',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    });
    const runtime = await harness.startReconciling();
    await until(async () => (await harness.run('old-2'))?.state === 'Failed');
    expect(await harness.run('old-1')).toMatchObject({
      state: 'Succeeded',
      finishedAt: '2026-01-01T00:00:09.000Z',
    });

    await harness.stopRuntime(runtime);
    harness.sandbox.faults.requests.clear();
    await harness.startReconciling();
    await new Promise(done => setTimeout(done, 300));

    expect(writes().filter(write => !write.endsWith(' leases'))).toEqual([]);
    expect(harness.list('Job')).toEqual([]);
  });

  it('lets one of two replicas work, and the other one take over', async () => {
    harness = await ClusterHarness.start();
    harness.createDefinition('quick', QUICK);
    const first = await harness.startReconciling({}, { identity: 'first' });
    const second = harness.startRuntime({}, { identity: 'second' });
    await until(() => second.health().leader === 'first');
    expect(second.health()).toMatchObject({
      reconciling: false,
      reachable: true,
    });
    expect(second.listDefinitions('shop').length).toBe(1);
    harness.createTask('by-first', { taskDefinition: 'quick' });
    await harness.finished('by-first');

    await harness.stopRuntime(first);
    const gaveUp = Date.now();
    await until(() => second.health().reconciling);
    // Given up, not run out.
    expect(Date.now() - gaveUp).toBeLessThan(2_000);
    harness.createTask('by-second', { taskDefinition: 'quick' });
    await harness.finished('by-second');

    expect(harness.jobsOf('by-first')).toHaveLength(1);
    expect(harness.jobsOf('by-second')).toHaveLength(1);
    expect(lease(RECONCILER_LEASE)?.spec.holderIdentity).toBe('second');
  });

  it('goes on with the tasks of a replica that lost the cluster, once each', async () => {
    harness = await ClusterHarness.start({
      tokens: {
        one: { name: 'one', groups: ['system:masters'] },
        two: { name: 'two', groups: ['system:masters'] },
      },
    });
    harness.createDefinition('slow', {
      deno: {
        inline: {
          code: `console.log('begun'); await new Promise(d => setTimeout(d, 3000)); console.log('ended')`,
        },
      },
    });
    const first = await harness.startReconciling({ token: 'one' });
    harness.createTask('handed-over', { taskDefinition: 'slow' });
    await until(
      async () => (await harness.detail('handed-over'))?.attempts[0]?.startedAt,
    );
    const second = harness.startRuntime({ token: 'two' });

    // From now on the first one gets nothing done, not even its Lease.
    harness.sandbox.faults.refuse({ user: 'one' });
    harness.sandbox.faults.dropWatches({ userAgent: 'keptn-tasks' });
    await until(() => !first.health().reconciling);
    await until(() => second.health().reconciling, 15_000);

    const { status, run } = await harness.finished('handed-over');
    expect(status.status).toBe('Succeeded');
    expect(await harness.logOf(run)).toEqual(['begun', 'ended']);
    expect(harness.jobsOf('handed-over')).toHaveLength(1);
  });

  it('does not reconcile beside a live operator of Keptn', async () => {
    harness = await ClusterHarness.start();
    harness.createDefinition('quick', QUICK);
    harness.createTask('contested', { taskDefinition: 'quick' });
    holdOperatorLease(new Date());
    const runtime = harness.startRuntime();

    await until(() => runtime.health().keptnOperator);
    expect(runtime.health()).toMatchObject({
      keptnOperator: 'lifecycle-operator-7d4b_1',
      reconciling: false,
      message: expect.stringContaining('remove it first'),
    });
    expect(harness.jobsOf('contested')).toHaveLength(0);

    holdOperatorLease(new Date(Date.now() - 60_000));
    await harness.finished('contested');
    expect(runtime.health().keptnOperator).toBeUndefined();

    // It is installed again while we are at work.
    holdOperatorLease(new Date());
    await until(() => !runtime.health().reconciling);
    await until(() => !lease(RECONCILER_LEASE)?.spec.holderIdentity);
  });

  it('observes without a single write', async () => {
    harness = await ClusterHarness.start();
    harness.createDefinition('quick', QUICK);
    createFinished('finished-before');
    const runtime = harness.startRuntime({ mode: 'observe' });
    await until(async () => await harness.run('finished-before'));

    // What an operator does: a Job, then the outcome.
    const task = harness.createTask('watched', { taskDefinition: 'quick' });
    harness.create({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'watched-41827',
        namespace: 'shop',
        ownerReferences: [
          {
            apiVersion: LIFECYCLE,
            kind: 'KeptnTask',
            name: 'watched',
            uid: task.metadata.uid,
            controller: true,
          },
        ],
      },
      spec: {
        backoffLimit: 0,
        template: {
          spec: {
            restartPolicy: 'OnFailure',
            containers: [
              {
                name: 'keptn-function-runner',
                image: 'busybox',
                command: ['sh', '-c', 'echo seen'],
              },
            ],
          },
        },
      },
    });
    const report = (status: object) => {
      const tasks = harness.resource(LIFECYCLE, 'KeptnTask');
      const current = structuredClone(tasks.get('shop', 'watched')!);
      tasks.updateStatus({
        ...current,
        status: { ...current.status, ...status },
      });
    };
    report({ status: 'Progressing', jobName: 'watched-41827' });
    await until(
      async () => (await harness.run('watched'))?.state === 'Progressing',
    );
    await until(
      () => harness.jobsOf('watched')[0].status?.succeeded === 1,
      20_000,
    );
    report({ status: 'Succeeded', endTime: '2026-01-01T00:00:00Z' });
    const run = await until(async () => {
      const stored = await harness.run('watched');
      return stored?.state === 'Succeeded' ? stored : undefined;
    });

    expect(await harness.logOf(run)).toEqual(['seen']);
    expect(writes()).toEqual([]);
    expect(lease(RECONCILER_LEASE)).toBeUndefined();
    expect(runtime.health()).toMatchObject({
      mode: 'observe',
      reachable: true,
      reconciling: false,
    });
  });

  it('says which resources the cluster lacks, and starts when it has them', async () => {
    harness = await ClusterHarness.start({ withoutCrds: true });
    const runtime = harness.startRuntime();
    await until(() => runtime.health().missingResources.length);
    expect(runtime.health()).toMatchObject({
      reachable: true,
      reconciling: false,
      missingResources: [
        'keptntasks.lifecycle.keptn.sh',
        'keptntaskdefinitions.lifecycle.keptn.sh',
      ],
      message: expect.stringContaining('kubectl apply -f deploy/crds'),
    });

    await harness.applyCrds();
    await until(() => runtime.health().reconciling);
    expect(runtime.health().missingResources).toEqual([]);
  });

  it('says which rights it lacks, and needs none but those of deploy/rbac', async () => {
    harness = await ClusterHarness.start({
      tokens: {
        account: { name: 'system:serviceaccount:keptn-system:keptn-tasks' },
      },
    });
    harness.createDefinition('quick', QUICK);
    const runtime = harness.startRuntime({ token: 'account' });
    await until(() => runtime.health().missingRights.length);
    expect(runtime.health().reconciling).toBe(false);
    expect(runtime.health().missingRights).toContainEqual({
      verb: 'watch',
      resource: 'pods',
      message:
        'The right to watch pods in all namespaces is missing; grant it with kubectl apply -f deploy/rbac/reconcile.yaml',
    });

    harness.applyFile('deploy/rbac/reconcile.yaml');
    await until(() => runtime.health().reconciling);
    expect(runtime.health().missingRights).toEqual([]);
    harness.createTask('allowed', { taskDefinition: 'quick' });
    const { status, run } = await harness.finished('allowed');
    expect(status.status).toBe('Succeeded');
    expect(await harness.logOf(run)).toEqual(['done']);
    await until(
      () => harness.jobsOf('allowed')[0].spec.ttlSecondsAfterFinished,
    );

    const refused = harness.sandbox.faults.requests
      .list()
      .filter(
        request => request.status === 403 && request.user !== 'sandbox-admin',
      );
    expect(refused.map(({ verb, resource }) => `${verb} ${resource}`)).toEqual(
      [],
    );
  });

  it('ends the runs whose task went away while nobody watched', async () => {
    harness = await ClusterHarness.start();
    harness.createTask('orphan', { taskDefinition: 'absent' });
    const runtime = await harness.startReconciling();
    await until(() => harness.run('orphan'));
    await harness.stopRuntime(runtime);
    harness.resource(LIFECYCLE, 'KeptnTask').delete('shop', 'orphan');

    await harness.startReconciling();

    await until(
      async () => (await harness.run('orphan'))?.reason === 'TaskDeleted',
    );
  });

  it('does not let one cluster keep another from its work', async () => {
    harness = await ClusterHarness.start();
    harness.createDefinition('quick', QUICK);
    const kubeconfig = join(tmpdir(), `kubeconfig-${randomUUID()}`);
    await writeFile(kubeconfig, harness.sandbox.kubeconfig);
    const runtimes = new ClusterRuntimes({
      clusters: [
        harness.config({ name: 'away', url: 'https://127.0.0.1:9' }),
        harness.config({ name: 'misconfigured', url: 'nonsense' }),
        harness.config({ name: 'refused', token: 'wrong' }),
        {
          name: 'good',
          mode: 'reconcile',
          kubeconfig,
          keptnNamespace: 'keptn-system',
        },
      ],
      settings: TEST_SETTINGS,
      runs: harness.runs,
      logs: harness.logs,
      logger: quietLogger,
      timings: TEST_TIMINGS,
    });
    runtimes.start();
    try {
      await until(() => runtimes.get('good')!.health().reconciling);
      harness.createTask('good', { taskDefinition: 'quick' });
      await harness.finished('good');
      expect(runtimes.health()).toMatchObject([
        {
          name: 'away',
          reachable: false,
          message: expect.stringContaining('ECONNREFUSED'),
        },
        {
          name: 'misconfigured',
          reachable: false,
          message: expect.stringContaining("invalid url 'nonsense'"),
        },
        {
          name: 'refused',
          reachable: true,
          reconciling: false,
          message: expect.stringContaining('Unauthorized'),
        },
        { name: 'good', reachable: true, reconciling: true },
      ]);
    } finally {
      await runtimes.stop();
      await rm(kubeconfig);
    }
  });

  it('is up again after the cluster was away', async () => {
    harness = await ClusterHarness.start();
    harness.createDefinition('quick', QUICK);
    const runtime = await harness.startReconciling();
    for (const verb of ['list', 'watch', 'get', 'update', 'patch']) {
      harness.sandbox.faults.failNext({ verb, status: 503, times: 100_000 });
    }
    harness.sandbox.faults.dropWatches({ userAgent: 'keptn-tasks' });
    await until(() => !runtime.health().reconciling, 10_000);
    harness.createTask('meanwhile', { taskDefinition: 'quick' });

    harness.sandbox.faults.reset();

    const { status } = await harness.finished('meanwhile');
    expect(status.status).toBe('Succeeded');
    expect(harness.jobsOf('meanwhile')).toHaveLength(1);
  });
});
