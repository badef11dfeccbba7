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

import type { KeptnTaskSpec } from '../domain/resources';
import { ClusterHarness, until } from '../__testUtils__/clusterHarness';

jest.setTimeout(120_000);

const fails = { deno: { inline: { code: `console.log('no'); Deno.exit(3)` } } };
const waits = {
  deno: { inline: { code: `await new Promise(d => setTimeout(d, 60000))` } },
};
const container = (given: object) => ({
  container: { name: 'main', image: 'busybox', ...given },
});

describe('tasks that fail', () => {
  /** What a definition ends in, besides `Failed`. */
  const cases: {
    name: string;
    definition?: object;
    annotations?: Record<string, string>;
    task?: Partial<KeptnTaskSpec>;
    namespace?: string;
    reason: string;
    statusReason?: string;
    says: RegExp;
    jobs: number;
  }[] = [
    {
      name: 'exit-code',
      definition: fails,
      task: { retries: 1 },
      reason: 'ExitCode',
      statusReason: 'BackoffLimitExceeded',
      says: /^Attempt 2 of 2 ended with exit code 3/,
      jobs: 1,
    },
    {
      name: 'timeout',
      definition: waits,
      task: { timeout: '1s' },
      reason: 'DeadlineExceeded',
      says: /./,
      jobs: 1,
    },
    {
      name: 'image-missing',
      definition: container({ image: 'no.such.registry/none:1' }),
      reason: 'ImagePullFailed',
      says: /^Image no\.such\.registry\/none:1 cannot be pulled/,
      jobs: 1,
    },
    {
      name: 'image-invalid',
      definition: container({ image: 'Not An Image!' }),
      reason: 'ImageInvalid',
      says: /"Not An Image!"/,
      jobs: 1,
    },
    {
      name: 'no-command',
      definition: container({ command: ['/no/such/program'] }),
      reason: 'StartFailed',
      statusReason: 'BackoffLimitExceeded',
      says: /no\/such\/program/,
      jobs: 1,
    },
    {
      name: 'no-secret',
      definition: {
        deno: { ...fails.deno, secureParameters: { secret: 'absent' } },
      },
      reason: 'SecretMissing',
      says: /^Secret shop\/absent does not exist/,
      jobs: 1,
    },
    {
      name: 'no-secret-key',
      definition: {
        deno: { ...fails.deno, secureParameters: { secret: 'no-key' } },
      },
      reason: 'SecretKeyMissing',
      says: /SECURE_DATA/,
      jobs: 1,
    },
    {
      name: 'no-env-config-map',
      definition: container({
        command: ['true'],
        envFrom: [{ configMapRef: { name: 'absent' } }],
      }),
      reason: 'ConfigMapMissing',
      says: /^ConfigMap shop\/absent does not exist/,
      jobs: 1,
    },
    {
      name: 'no-code',
      definition: { deno: { configMapRef: { name: 'absent' } } },
      reason: 'ConfigMapMissing',
      says: /^ConfigMap shop\/absent does not exist/,
      jobs: 0,
    },
    {
      name: 'no-service-account',
      definition: { ...fails, serviceAccount: { name: 'absent' } },
      reason: 'ServiceAccountMissing',
      says: /^ServiceAccount shop\/absent does not exist/,
      jobs: 1,
    },
    {
      name: 'over-quota',
      definition: fails,
      namespace: 'quota',
      reason: 'QuotaExceeded',
      says: /quota of namespace quota/,
      jobs: 1,
    },
    {
      name: 'insecure',
      definition: container({
        command: ['true'],
        securityContext: { privileged: true },
      }),
      namespace: 'restricted',
      reason: 'PodSecurityDenied',
      says: /Pod Security Standard of namespace restricted/,
      jobs: 1,
    },
    {
      name: 'no-definition',
      reason: 'DefinitionMissing',
      says: /^Definition no-definition is neither in namespace shop nor in keptn-system/,
      jobs: 0,
    },
    {
      name: 'no-reference',
      definition: { deno: { functionRef: { name: 'absent' } } },
      reason: 'ReferenceMissing',
      says: /refers to definition absent/,
      jobs: 0,
    },
    {
      name: 'cycle',
      definition: { deno: { functionRef: { name: 'cycle' } } },
      reason: 'ReferenceCycle',
      says: /cycle → cycle/,
      jobs: 0,
    },
    {
      name: 'bad-template',
      definition: fails,
      annotations: { 'keptn-tasks/pod-template': 'nodeSelector: [' },
      reason: 'DefinitionInvalid',
      says: /bad-template cannot run: .*pod-template/,
      jobs: 0,
    },
    {
      name: 'refused',
      definition: container({ command: ['true'], env: [{ name: '=bad=' }] }),
      reason: 'JobRefused',
      says: /^The API server refuses the Job/,
      jobs: 0,
    },
  ];

  let harness: ClusterHarness;

  beforeAll(async () => {
    harness = await ClusterHarness.start();
    for (const name of ['quota', 'restricted']) {
      harness.create({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name,
          labels:
            name === 'restricted'
              ? { 'pod-security.kubernetes.io/enforce': 'restricted' }
              : {},
        },
      });
    }
    harness.create({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'none', namespace: 'quota' },
      spec: { hard: { pods: '0' } },
    });
    harness.create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'no-key', namespace: 'shop' },
      stringData: { other: 'value' },
    });
    await harness.startReconciling();
    // All at once: most of them wait for something that will not come.
    for (const { name, namespace = 'shop', ...given } of cases) {
      const { definition, annotations, task } = given;
      if (definition) {
        harness.createDefinition(name, definition, { namespace, annotations });
      }
      harness.createTask(
        name,
        { taskDefinition: name, retries: 0, ...task },
        { namespace },
      );
    }
  });
  afterAll(() => harness?.stop());

  it.each(cases)('says why: $reason ($name)', async expected => {
    const { name, namespace = 'shop', reason, says } = expected;

    const { status, run } = await harness.finished(name, 30_000, namespace);

    expect({ reason: run.reason, message: run.message }).toEqual({
      reason,
      message: expect.stringMatching(says),
    });
    expect(status).toMatchObject({
      status: 'Failed',
      reason: expected.statusReason ?? reason,
      message: run.message,
      endTime: expect.any(String),
    });
    const events = await until(() => {
      const told = harness.eventsOf(name);
      return told.includes('TaskFailed') ? told : undefined;
    });
    expect(events.filter(event => event === 'TaskFailed')).toHaveLength(1);
    // What cannot succeed any more is stopped, what is finished stays for its time.
    expect(harness.jobsOf(name).length).toBeLessThanOrEqual(expected.jobs);
  });

  it('keeps every attempt with its exit code and log', async () => {
    harness.createDefinition('twice', fails);
    harness.createTask('twice', { taskDefinition: 'twice', retries: 1 });

    const { run } = await harness.finished('twice');
    expect(await harness.logOf(run, 1)).toEqual(['no']);
    expect(await harness.logOf(run, 2)).toEqual(['no']);
    const detail = await harness.detail('twice');

    expect(detail!.attempts).toMatchObject([
      { number: 1, state: 'Failed', exitCode: 3, logLines: 1 },
      { number: 2, state: 'Failed', exitCode: 3, logLines: 1 },
    ]);
  });

  it('keeps what a task printed before its timeout', async () => {
    harness.createDefinition('slow', {
      deno: {
        inline: {
          code: `console.log('started'); await new Promise(d => setTimeout(d, 60000))`,
        },
      },
    });
    harness.createTask('slow', {
      taskDefinition: 'slow',
      timeout: '2s',
    });

    const { run } = await harness.finished('slow');

    expect(run.reason).toBe('DeadlineExceeded');
    expect(await harness.logOf(run)).toEqual(['started']);
  });

  it('waits for what is applied a moment later', async () => {
    harness.createTask('early', { taskDefinition: 'late' });
    await until(() => harness.status('early').reason === 'DefinitionMissing');
    expect(harness.status('early').status).toBe('Pending');

    harness.createDefinition('late', {
      deno: { inline: { code: `console.log('here')` } },
    });

    const { status } = await harness.finished('early');
    expect(status.status).toBe('Succeeded');
  });

  it('cancels: the code gets its signal, and its last words are kept', async () => {
    harness.createDefinition(
      'cancelled',
      container({
        command: [
          'sh',
          '-c',
          'trap "echo told to stop; exit 0" TERM; echo started; while true; do sleep 0.05; done',
        ],
      }),
    );
    harness.createTask('cancelled', { taskDefinition: 'cancelled' });
    await until(
      async () => (await harness.detail('cancelled'))?.attempts[0]?.logLines,
      15_000,
    );

    harness.annotate('cancelled', { 'keptn-tasks/cancel': 'not needed' });

    const { status, run } = await harness.finished('cancelled');
    expect(status).toMatchObject({ status: 'Failed', reason: 'Cancelled' });
    expect(run).toMatchObject({
      state: 'Cancelled',
      message: expect.stringContaining('not needed'),
    });
    const log = await harness.logOf(run);
    // A shell may add a word about the program that it waited for.
    expect([log[0], log.at(-1)]).toEqual(['started', 'told to stop']);
    expect(harness.jobsOf('cancelled')).toHaveLength(0);
  });

  it('cancels a task that has not started at once', async () => {
    harness.createTask(
      'never',
      { taskDefinition: 'waits-for-ever' },
      { annotations: { 'keptn-tasks/cancel': 'true' } },
    );

    const { run } = await harness.finished('never');

    expect(run.state).toBe('Cancelled');
    expect(harness.jobsOf('never')).toHaveLength(0);
  });

  it('fails a task whose Job was deleted, rather than starting another', async () => {
    harness.createDefinition('lost', waits);
    harness.createTask('lost', { taskDefinition: 'lost' });
    const jobName = await until(() => harness.status('lost').jobName);

    harness
      .resource('batch/v1', 'Job')
      .delete('shop', jobName, { propagationPolicy: 'Background' });

    const { run } = await harness.finished('lost');
    expect(run.reason).toBe('JobLost');
    expect(harness.jobsOf('lost')).toHaveLength(0);
  });

  it('ends the run of a task that is deleted', async () => {
    harness.createDefinition('deleted', waits);
    harness.createTask('deleted', { taskDefinition: 'deleted' });
    await until(() => harness.status('deleted').status === 'Progressing');

    harness
      .resource('lifecycle.keptn.sh/v1', 'KeptnTask')
      .delete('shop', 'deleted', { propagationPolicy: 'Background' });

    const run = await until(async () => {
      const stored = await harness.run('deleted');
      return stored?.reason === 'TaskDeleted' ? stored : undefined;
    });
    expect(run.state).toBe('Failed');
    await until(() => harness.jobsOf('deleted').length === 0);
  });
});
