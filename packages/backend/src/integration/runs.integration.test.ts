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

import {
  type LogLine,
  type TriggerRequest,
} from 'backstage-plugin-keptn-tasks-common';
import type { BackendProcess } from '../__testUtils__/BackendProcess';
import { engines } from '../__testUtils__/databases';
import { aProgram, aTask } from '../__testUtils__/manifests';
import { CHECKOUT } from '../__testUtils__/portalConfig';
import { until } from '../__testUtils__/until';
import { finished, Workbench } from '../__testUtils__/Workbench';

jest.setTimeout(180_000);

const GUEST = 'user:default/guest';
const NOBODY = '00000000-0000-4000-8000-000000000000';

const textOf = (lines: LogLine[]) => lines.map(({ text }) => text);

describe.each(engines)('runs, with the history in %s', engine => {
  let bench: Workbench;
  let backend: BackendProcess;
  let place: TriggerRequest;

  beforeAll(async () => {
    bench = await Workbench.start({ database: engine });
    await bench.user.create(
      aProgram(
        'greet',
        'shop',
        [
          'import json, os, time',
          'data = json.loads(os.environ["DATA"])',
          'print("hello " + data["who"], flush=True)',
          'time.sleep(float(data["seconds"]))',
          'print("bye", flush=True)',
        ],
        { who: 'world', seconds: '0' },
      ),
    );
    backend = await bench.startPortal();
    place = {
      entityRef: CHECKOUT,
      cluster: 'sandbox',
      namespace: 'shop',
      definition: 'greet',
    };
  });
  afterAll(() => bench?.stop());

  const jobCount = () => bench.user.jobCount;

  it('go from a request to a task, a Job, a log and an outcome', async () => {
    const { client } = backend;
    const { run } = await client.triggerRun({
      ...place,
      parameters: { who: 'checkout', seconds: '1' },
    });
    expect(run).toMatchObject({
      state: 'Pending',
      entityRef: CHECKOUT,
      trigger: { source: 'portal', by: GUEST },
    });

    // Replayed from its start and followed to its end.
    const streamed: LogLine[] = [];
    await client.followRunLog(
      run.id,
      { signal: AbortSignal.timeout(60_000) },
      { onLines: lines => streamed.push(...lines) },
    );
    expect(textOf(streamed)).toEqual(['hello checkout', 'bye']);

    const detail = await finished(backend, run.id);
    expect(detail).toMatchObject({
      run: { state: 'Succeeded', attempts: 1 },
      attempts: [{ number: 1, state: 'Succeeded', exitCode: 0 }],
    });
    expect(detail.transitions.map(({ state }) => state)).toEqual([
      'Pending',
      'Progressing',
      'Succeeded',
    ]);
    const jobs = bench.user.jobsOf(run.taskName);
    expect(jobs.map(({ metadata }) => metadata?.name)).toEqual([
      detail.jobName,
    ]);
    const { status } = await bench.user.task('shop', run.taskName);
    expect(status).toMatchObject({
      status: 'Succeeded',
      jobName: detail.jobName,
    });

    const log = await client.getRunLog(run.id);
    expect(log).toMatchObject({ attempt: 1, complete: true });
    expect(textOf(log.lines)).toEqual(['hello checkout', 'bye']);
    const download = await backend.request(
      'GET',
      `/runs/${run.id}/log`,
      undefined,
      { accept: 'text/plain' },
    );
    expect(download.body).toBe('hello checkout\nbye\n');
    expect(download.headers.get('content-disposition')).toBe(
      `attachment; filename="${run.taskName}-attempt-1.log"`,
    );
  });

  it('are repeated with other parameters, and know what they repeat', async () => {
    const { client } = backend;
    const first = await client.triggerRun({
      ...place,
      parameters: { who: 'a' },
    });
    await finished(backend, first.run.id);
    const second = await client.rerun(first.run.id, {
      parameters: { who: 'b' },
    });
    const detail = await finished(backend, second.run.id);
    expect(detail.run).toMatchObject({
      state: 'Succeeded',
      rerunOf: first.run.id,
      trigger: { source: 'rerun', by: GUEST },
    });
    expect(detail.previous?.id).toBe(first.run.id);
    expect(detail.lastGood?.id).toBe(first.run.id);
    expect(detail.parameters).toContainEqual({
      name: 'who',
      value: 'b',
      source: 'run',
    });
    expect(textOf(detail.logTail)).toEqual(['hello b', 'bye']);
  });

  it('are cancelled, with the reason, and keep the log so far', async () => {
    const { client } = backend;
    const { run } = await client.triggerRun({
      ...place,
      parameters: { seconds: '100' },
    });
    await until(async () => (await client.getRunLog(run.id)).lines.length > 0);
    const asked = await client.cancelRun(run.id, { reason: 'not today' });
    expect(asked.run.cancelRequested).toBe(true);
    const detail = await finished(backend, run.id);
    expect(detail.run).toMatchObject({
      state: 'Cancelled',
      reason: 'Cancelled',
      message: expect.stringContaining(`not today (${GUEST})`),
    });
    expect(textOf(detail.logTail)).toEqual(['hello world']);
    const { status } = await bench.user.task('shop', run.taskName);
    expect(status).toMatchObject({ status: 'Failed', reason: 'Cancelled' });

    const again = await backend.request('POST', `/runs/${run.id}/cancel`, {});
    expect([again.status, again.body.error.message]).toEqual([
      409,
      `Run ${run.id} has ended already: it is Cancelled`,
    ]);
  });

  it('are started once for one idempotency key, also when it comes many times at once', async () => {
    const before = jobCount();
    const start = () =>
      backend.request('POST', '/runs', place, { 'idempotency-key': 'once' });
    const answers = await Promise.all(Array.from({ length: 8 }, start));
    const repeated = await start();
    const ids = [...answers, repeated].map(({ body }) => body.run?.id);
    expect(new Set(ids).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(repeated.status).toBe(200);

    await finished(backend, ids[0]);
    expect(jobCount()).toBe(before + 1);
  });

  it.each<[string, string, unknown, number, string]>([
    [
      'a parameter that the definition does not have',
      '/runs',
      { parameters: { whom: 'x' } },
      400,
      "parameters: definition greet has no parameter 'whom'; it has seconds, who",
    ],
    [
      'a definition that is not there',
      '/runs',
      { definition: 'nothing' },
      400,
      'definition: ',
    ],
    [
      'a cluster that is not configured',
      '/runs',
      { cluster: 'moon' },
      400,
      "cluster: there is no cluster 'moon'; there is sandbox",
    ],
    [
      'a namespace that the entity does not name',
      '/runs',
      { namespace: 'keptn-system' },
      403,
      'namespace: component:default/checkout does not run tasks in sandbox/keptn-system; its annotations name sandbox/shop',
    ],
    [
      'a namespace of other owners',
      '/runs',
      { entityRef: 'component:default/ledger' },
      403,
      'The configuration opens namespace shop of cluster sandbox to entities of other owners, and not to component:default/ledger',
    ],
    [
      'an entity that is not in the catalog',
      '/runs',
      { entityRef: 'component:default/nobody' },
      404,
      'There is no entity component:default/nobody, or you may not see its runs',
    ],
    [
      'a run that is not in the history',
      `/runs/${NOBODY}/rerun`,
      undefined,
      404,
      `There is no run ${NOBODY}, or you may not see it`,
    ],
  ])(
    'are refused for %s, in a sentence',
    async (_what, route, changes, status, sentence) => {
      const before = jobCount();
      const body = changes ? { ...place, ...changes } : {};
      const answer = await backend.request('POST', route, body);
      expect([answer.status, answer.body.error.message]).toEqual([
        status,
        expect.stringContaining(sentence),
      ]);
      expect(jobCount()).toBe(before);
    },
  );

  it('are shown to nobody without credentials', async () => {
    const response = await fetch(
      `${backend.baseUrl}/api/keptn-tasks/runs?entityRef=${CHECKOUT}`,
    );
    expect(response.status).toBe(401);
  });

  it('are told within a second when somebody applies a task', async () => {
    const { client } = backend;
    const stop = new AbortController();
    const hints: { id: string; at: number }[] = [];
    let open = false;
    const stream = client.followTransitions(
      CHECKOUT,
      {
        signal: stop.signal,
        onOpen: () => {
          open = true;
        },
      },
      ({ id }) => hints.push({ id, at: Date.now() }),
    );
    await until(() => open);
    await bench.user.create(
      aTask('by-hand', 'shop', {
        taskDefinition: 'greet',
        parameters: { map: { who: 'kubectl' } },
      }),
    );
    const applied = Date.now();
    // Runs of other tests may have something to tell as well.
    const run = await until(async () => {
      const { items } = await client.listRuns({ entityRef: CHECKOUT });
      return items.find(({ taskName }) => taskName === 'by-hand');
    });
    expect(run.trigger.source).toBe('cluster');
    const ofRun = () => hints.filter(({ id }) => id === run.id);
    const hint = await until(() => ofRun()[0]);
    expect(hint.at - applied).toBeLessThan(1_000);

    const detail = await finished(backend, hint.id);
    expect(detail.run.state).toBe('Succeeded');
    expect(textOf(detail.logTail)).toEqual(['hello kubectl', 'bye']);
    expect(bench.user.jobsOf('by-hand')).toHaveLength(1);
    await until(() => ofRun().length >= 3);
    stop.abort();
    await stream;
  });
});
