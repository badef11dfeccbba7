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

jest.setTimeout(60_000);

describe('a task from kubectl apply to Succeeded', () => {
  let harness: ClusterHarness;

  beforeAll(async () => {
    harness = await ClusterHarness.start();
    await harness.startReconciling();
  });
  afterAll(() => harness?.stop());

  it('runs inline Deno code and keeps outcome and log', async () => {
    harness.createDefinition('hello', {
      deno: {
        parameters: { map: { who: 'world' } },
        inline: {
          code: `const data = JSON.parse(Deno.env.get('DATA'));
console.log('Hello ' + data.who);
console.log('Bye ' + data.who);`,
        },
      },
    });
    harness.createTask('greet', {
      taskDefinition: 'hello',
      parameters: { map: { who: 'shop' } },
    });

    const { status, run } = await harness.finished('greet');

    expect(status).toMatchObject({ status: 'Succeeded' });
    expect(run).toMatchObject({ state: 'Succeeded', runner: 'deno' });
    expect(await harness.logOf(run)).toEqual(['Hello shop', 'Bye shop']);
    expect(harness.jobsOf('greet')).toHaveLength(1);
    await until(
      () => harness.jobsOf('greet')[0]?.spec.ttlSecondsAfterFinished === 300,
    );
    expect(harness.eventsOf('greet')).toEqual(['TaskStarted', 'TaskSucceeded']);
  });
});
