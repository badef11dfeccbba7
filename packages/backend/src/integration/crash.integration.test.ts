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

import type { RunDetail } from 'backstage-plugin-keptn-tasks-common';
import type { BackendProcess } from '../__testUtils__/BackendProcess';
import { engines } from '../__testUtils__/databases';
import {
  COUNT_SCRIPT,
  type HeldRun,
  LINES,
  steps,
  textOf,
} from '../__testUtils__/heldRuns';
import { aScript } from '../__testUtils__/manifests';
import { CHECKOUT } from '../__testUtils__/portalConfig';
import { until } from '../__testUtils__/until';
import { finished, Workbench } from '../__testUtils__/Workbench';

jest.setTimeout(240_000);

describe.each(engines)('a backend that was killed, on %s', engine => {
  let bench: Workbench;
  let backend: BackendProcess;
  const held = new Map<string, HeldRun>();

  beforeAll(async () => {
    const namespaces = steps.map(({ namespace }) => namespace);
    bench = await Workbench.start({ database: engine, namespaces });
    for (const namespace of namespaces) {
      await bench.user.create(aScript('count', namespace, COUNT_SCRIPT));
    }
    const dying = await bench.startPortal();
    for (const step of steps) {
      held.set(step.namespace, await step.hold(bench, dying));
    }
    await dying.kill();
    bench.sandbox.faults.reset();
    await bench.user.freeLease();
    backend = await bench.startPortal(dying);
  });
  afterAll(() => bench?.stop());

  describe.each(steps)('$what', ({ namespace }) => {
    let detail: RunDetail;
    beforeAll(async () => {
      detail = await finished(backend, held.get(namespace)!.id);
    });

    it('brings the run to its end with one Job and one Pod', async () => {
      const { taskName } = held.get(namespace)!;
      expect(detail.run).toMatchObject({
        state: 'Succeeded',
        attempts: 1,
        entityRef: CHECKOUT,
        trigger: { source: 'portal', by: 'user:default/guest' },
      });
      expect(bench.user.jobsOf(taskName)).toHaveLength(1);
      const pods = await bench.user.core.listNamespacedPod({ namespace });
      expect(pods.items).toHaveLength(1);
      await until(async () => {
        const { status } = await bench.user.task(namespace, taskName);
        return status?.status === 'Succeeded';
      });
    });

    it('has the whole log, each line once', async () => {
      const log = await backend.client.getRunLog(detail.run.id);
      expect(log.complete).toBe(true);
      expect(textOf(log.lines)).toEqual(LINES);
      expect(log.lines.map(({ n }) => n)).toEqual(LINES.map((_, i) => i));
    });

    it('tells each step in the history once', async () => {
      const { items } = await backend.client.listRuns({
        entityRef: CHECKOUT,
        namespace,
      });
      expect(items.map(({ id }) => id)).toEqual([detail.run.id]);
      // A Job that has ended before anybody looks again is not seen on its way.
      const states = detail.transitions.map(({ state }) => state);
      expect(['Pending,Progressing,Succeeded', 'Pending,Succeeded']).toContain(
        states.join(),
      );
    });

    it('gives the Job its time to live in the end', async () => {
      const [{ metadata }] = bench.user.jobsOf(held.get(namespace)!.taskName);
      const timeToLive = await until(async () => {
        const { spec } = await bench.user.batch.readNamespacedJob({
          namespace,
          name: metadata!.name!,
        });
        return spec?.ttlSecondsAfterFinished;
      });
      expect(timeToLive).toBe(300);
    });
  });
});
