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

import type { KubeObject } from 'sandbox-cluster';
import { ReleaseHarness } from '../../../__testUtils__/releaseHarness';
import { until } from '../../../__testUtils__/clusterHarness';

jest.setTimeout(240_000);

/** What has to be seen before the backend is stopped. */
const MOMENTS: [string, (harness: ReleaseHarness, name: string) => boolean][] =
  [
    [
      'the app is being made',
      (harness, name) => harness.appVersions(name).length > 0,
    ],
    [
      "the app's pre-deployment task runs",
      (harness, name) => harness.tasksOf(`${name}-app-pre`).some(isProgressing),
    ],
    [
      'the pre-deployment task runs',
      (harness, name) => harness.tasksOf(`${name}-pre`).some(isProgressing),
    ],
    [
      'the Pods are let go',
      (harness, name) => harness.pods(name).some(pod => !harness.isGated(pod)),
    ],
    [
      'the post-deployment task runs',
      (harness, name) => harness.tasksOf(`${name}-post`).some(isProgressing),
    ],
    [
      'everything is over',
      (harness, name) =>
        Boolean(harness.appVersions(name).at(-1)?.status?.endTime),
    ],
  ];

describe('a backend that is stopped in the middle of a release', () => {
  let harness: ReleaseHarness;

  beforeAll(async () => {
    harness = await ReleaseHarness.start();
  });
  afterAll(() => harness.stop());

  it.each(MOMENTS.map(([name, seen], index) => ({ name, seen, index })))(
    'goes on where it was: $name',
    async ({ seen, index }) => {
      const name = `moment-${index}`;
      for (const phase of ['app-pre', 'pre', 'post']) {
        harness.definition(`${name}-${phase}`, 'sleep 1');
      }
      harness.context(name, { preDeploymentTasks: [`${name}-app-pre`] });
      const first = await harness.reconcile();
      harness.deploy(name, { pre: `${name}-pre`, post: `${name}-post` });
      await until(() => seen(harness, name), 60_000);
      await harness.cluster.stopRuntime(first);

      const second = await harness.reconcile();
      const app = await harness.appEnded(name, '1.0.0');
      expect(app.status?.status).toBe('Succeeded');
      await harness.running(name, 1);
      for (const phase of ['app-pre', 'pre', 'post']) {
        expect(harness.tasksOf(`${name}-${phase}`)).toHaveLength(1);
      }
      expect(harness.appVersions(name)).toHaveLength(1);
      await harness.cluster.releaseEnded(app.metadata.name);
      const releases = await harness.cluster.releasesOf(app.metadata.name);
      expect(releases.map(({ state }) => state)).toEqual(['Succeeded']);
      await harness.cluster.stopRuntime(second);
    },
  );

  it('writes nothing for what was over already', async () => {
    const first = await harness.reconcile();
    await until(() => first.health().queueLength === 0, 30_000);
    // What the backends before it had left undone is done by this one, some of it later.
    await until(async () => {
      const written = harness.writes();
      await new Promise(resolve => setTimeout(resolve, 2_000));
      return harness.writes() === written;
    }, 60_000);
    await harness.cluster.stopRuntime(first);
    const before = harness.writes();
    const second = await harness.reconcile();
    await until(() => second.health().queueLength === 0, 30_000);
    await new Promise(resolve => setTimeout(resolve, 1_000));
    expect(harness.writes() - before).toBe(0);
    await harness.cluster.stopRuntime(second);
  });
});

function isProgressing({ status }: KubeObject): boolean {
  return status?.status === 'Progressing';
}
