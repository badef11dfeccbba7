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

import type { LogLine } from 'backstage-plugin-keptn-tasks-common';
import { COUNT_SCRIPT, LINES, textOf } from '../__testUtils__/heldRuns';
import { aScript } from '../__testUtils__/manifests';
import { CHECKOUT } from '../__testUtils__/portalConfig';
import { until } from '../__testUtils__/until';
import { finished, Workbench } from '../__testUtils__/Workbench';

jest.setTimeout(240_000);

describe('a backend that is told to end', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await Workbench.start();
    await bench.user.create(aScript('count', 'shop', COUNT_SCRIPT));
  });
  afterAll(() => bench?.stop());

  it('ends soon while a run and streams are open, gives the Lease up, and loses nothing', async () => {
    const first = await bench.startPortal();
    const { run } = await first.client.triggerRun({
      entityRef: CHECKOUT,
      cluster: 'sandbox',
      namespace: 'shop',
      definition: 'count',
    });
    const { signal } = new AbortController();
    const streamed: LogLine[] = [];
    const log = first.client
      .followRunLog(
        run.id,
        { signal },
        { onLines: lines => streamed.push(...lines) },
      )
      .catch(error => error);
    let isOpen = false;
    const onOpen = () => {
      isOpen = true;
    };
    const hints = first.client
      .followTransitions(CHECKOUT, { signal, onOpen }, () => undefined)
      .catch(error => error);
    await until(() => isOpen && streamed.length > 5);

    const ending = await first.stop();
    expect(ending.signal).toBeNull();
    expect(ending.afterMs).toBeLessThan(10_000);
    expect((await log).message).toMatch(/connection was lost/);
    expect((await hints).message).toMatch(/connection was lost/);
    const { spec } = await bench.user.lease();
    expect(spec?.holderIdentity).toBeFalsy();

    // Nobody has to wait for a Lease that was given up.
    const second = await bench.startBackend({ after: first });
    await second.ready();
    const ready = Date.now();
    await second.reconciling();
    expect(Date.now() - ready).toBeLessThan(5_000);

    const detail = await finished(second, run.id);
    expect(detail.run).toMatchObject({ state: 'Succeeded', attempts: 1 });
    expect(bench.user.jobsOf(run.taskName)).toHaveLength(1);
    // A reader goes on where it was cut off.
    await second.client.followRunLog(
      run.id,
      {
        from: streamed[streamed.length - 1].n + 1,
        signal: AbortSignal.timeout(30_000),
      },
      { onLines: lines => streamed.push(...lines) },
    );
    expect(textOf(streamed)).toEqual(LINES);
  });
});
