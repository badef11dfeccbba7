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

import { ClusterHarness, until } from '../__testUtils__/clusterHarness';

jest.setTimeout(120_000);

describe('when the cluster misbehaves', () => {
  let harness: ClusterHarness;

  beforeAll(async () => {
    harness = await ClusterHarness.start();
    await harness.startReconciling();
    harness.createDefinition('quick', {
      deno: { inline: { code: `console.log('done')` } },
    });
  });
  afterEach(() => {
    harness.sandbox.faults.reset();
  });
  afterAll(() => harness?.stop());

  const isPodOf = (name: string) => (pod: { metadata: any }) =>
    pod.metadata.labels?.['keptn.sh/task-name'] === name;

  async function succeedsOnce(name: string) {
    const { status, run: stored } = await harness.finished(name);
    expect([status.status, status.message]).toEqual(['Succeeded', undefined]);
    expect(await harness.logOf(stored)).toEqual(['done']);
    expect(harness.jobsOf(name)).toHaveLength(1);
    expect(harness.list('Pod').filter(isPodOf(name))).toHaveLength(1);
  }
  const run = (name: string) =>
    harness.createTask(name, { taskDefinition: 'quick', retries: 0 });

  it('goes on when every watch is cut', async () => {
    run('cut-1');
    await until(() => harness.jobsOf('cut-1').length);
    expect(
      harness.sandbox.faults.dropWatches({ userAgent: 'keptn-tasks' }),
    ).toBeGreaterThan(5);
    await succeedsOnce('cut-1');

    harness.sandbox.faults.dropWatches({ userAgent: 'keptn-tasks' });
    run('cut-2');
    await succeedsOnce('cut-2');
  });

  it('reads everything again when the API server has forgotten the past', async () => {
    harness.sandbox.faults.failNext({
      verb: 'watch',
      status: 410,
      times: 7,
    });
    harness.sandbox.faults.dropWatches({ userAgent: 'keptn-tasks' });
    run('forgotten-1');
    harness.sandbox.faults.expireHistory();
    harness.sandbox.faults.dropWatches({ userAgent: 'keptn-tasks' });
    await succeedsOnce('forgotten-1');
  });

  it('adopts the Job when the answer to its creation is lost', async () => {
    harness.sandbox.faults.loseResponse({ verb: 'create', resource: 'jobs' });
    run('lost-answer');
    await succeedsOnce('lost-answer');
  });

  it('reports the outcome when the answers to status writes are lost', async () => {
    harness.sandbox.faults.loseResponse({
      verb: 'patch',
      resource: 'keptntasks',
      subresource: 'status',
      times: 2,
    });
    run('lost-status');
    await succeedsOnce('lost-status');
    await until(() => harness.eventsOf('lost-status').length === 2);
    expect(harness.eventsOf('lost-status')).toEqual([
      'TaskStarted',
      'TaskSucceeded',
    ]);
  });

  it.each([409, 429, 500, 503] as const)(
    'gets past some answers with status %p to its writes',
    async status => {
      const name = `refused-${status}`;
      for (const [verb, resource] of [
        ['create', 'jobs'],
        ['patch', 'keptntasks'],
        ['patch', 'jobs'],
      ]) {
        harness.sandbox.faults.failNext({ verb, resource, status, times: 2 });
      }
      run(name);
      await succeedsOnce(name);
      await until(
        () => harness.jobsOf(name)[0].spec.ttlSecondsAfterFinished === 300,
      );
    },
  );

  it('looks again when somebody wrote to the task in between', async () => {
    harness.sandbox.faults.delay({
      verb: 'patch',
      resource: 'keptntasks',
      milliseconds: 100,
    });
    run('contended');
    const writer = setInterval(
      () => harness.annotate('contended', { at: String(Date.now()) }),
      250,
    );
    await until(() => harness.status('contended').jobName, 20_000).finally(() =>
      clearInterval(writer),
    );
    await succeedsOnce('contended');
  });

  it('says which right is missing and goes on when it is granted', async () => {
    const refusal = { verb: 'create', resource: 'jobs' };
    harness.sandbox.faults.refuse(refusal);
    run('not-allowed');
    await until(() => harness.status('not-allowed').reason === 'Forbidden');
    expect(harness.status('not-allowed')).toMatchObject({
      status: 'Pending',
      message: expect.stringContaining('may not create the Job'),
    });

    harness.sandbox.faults.allow(refusal);

    await succeedsOnce('not-allowed');
  });

  it('stores the whole log once the history takes it again', async () => {
    harness.createDefinition('chatty', {
      deno: {
        inline: {
          code: `for (const line of ['one', 'two', 'three']) {
            console.log(line);
            await new Promise(resolve => setTimeout(resolve, 400));
          }`,
        },
      },
    });
    await harness.knex.raw(
      `CREATE TRIGGER no_logs BEFORE INSERT ON run_log_chunks
       BEGIN SELECT RAISE(ABORT, 'The database is away'); END`,
    );
    harness.createTask('unstored', { taskDefinition: 'chatty', retries: 0 });
    const { run: stored } = await harness.finished('unstored');
    await new Promise(resolve => setTimeout(resolve, 1_000));
    const [job] = harness.jobsOf('unstored');
    expect(job.spec).not.toHaveProperty('ttlSecondsAfterFinished');

    await harness.knex.raw('DROP TRIGGER no_logs');

    expect(await harness.logOf(stored)).toEqual(['one', 'two', 'three']);
    await until(
      () => harness.jobsOf('unstored')[0].spec.ttlSecondsAfterFinished === 300,
    );
  });

  it('goes on with a burst of tasks while watches break', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `burst-${index}`);
    const breaker = setInterval(
      () => harness.sandbox.faults.dropWatches({ userAgent: 'keptn-tasks' }),
      150,
    );
    names.forEach(run);
    try {
      for (const name of names) {
        const { status } = await harness.finished(name, 60_000);
        expect(status.status).toBe('Succeeded');
      }
    } finally {
      clearInterval(breaker);
    }
    for (const name of names) {
      expect(harness.jobsOf(name)).toHaveLength(1);
    }
  });
});
