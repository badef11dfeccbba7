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

import { until } from '../../__testUtils__/clusterHarness';
import { IdentityHarness } from '../../__testUtils__/identityHarness';
import { says } from '../../__testUtils__/workloadObjects';

jest.setTimeout(180_000);
const PATIENCE_MS = 30_000;

describe('what is wrong with a workload', () => {
  let harness: IdentityHarness;

  beforeAll(async () => {
    harness = await IdentityHarness.start();
    await harness.reconcile();
  });
  afterAll(() => harness.stop());

  it('is said as an event and in the portal, while the rest goes on, and taken back when it is right', async () => {
    const words = {
      'keptn.sh/pre-deployment-tasks': 'check',
      'keptn.sh/metadata': 'broken',
    };
    harness.deploy('faulty', { annotations: says('faulty', '1', words) });
    await harness.version('faulty-faulty-1');
    const message =
      "keptn.sh/metadata contains 'broken', which is left out; write pairs as name=value, separated by commas.";
    expect(await harness.problems()).toEqual([
      expect.objectContaining({
        kind: 'Deployment',
        name: 'faulty',
        appName: 'faulty',
        workloadName: 'faulty-faulty',
        messages: [message],
      }),
    ]);
    expect(harness.events('Deployment', 'faulty')).toEqual([
      { reason: 'InvalidAnnotation', message },
    ]);
    expect(
      harness.workloadVersion('faulty-faulty-1')?.spec.preDeploymentTasks,
    ).toEqual(['check']);
    harness.deploy('faulty', {
      annotations: says('faulty', '2', { 'keptn.sh/metadata': 'a=b' }),
    });
    await until(
      async () => (await harness.problems()).length === 0,
      PATIENCE_MS,
    );
  });

  it('is forgotten with the workload, also when nobody was there to see it go', async () => {
    const wrong = { annotations: says('gone', '1', { 'keptn.sh/x': 'y' }) };
    harness.deploy('gone', wrong);
    await until(
      async () => (await harness.problems()).length === 1,
      PATIENCE_MS,
    );
    await harness.halt();
    harness.remove('Deployment', 'gone');
    await harness.reconcile();
    await until(
      async () => (await harness.problems()).length === 0,
      PATIENCE_MS,
    );
  });

  it('D-49 is that two ask for one name: the first keeps it, both are told, and the other gets it when the first goes', async () => {
    const words = { annotations: says('twin', '1') };
    harness.deploy('first', words);
    await harness.version('twin-twin-1');
    harness.deploy('second', { annotations: says('twin', '2') });
    const told = async (name: string) =>
      (await harness.problems()).find(problem => problem.name === name)
        ?.messages[0];
    await until(
      async () => (await told('first')) && (await told('second')),
      PATIENCE_MS,
    );
    expect(await told('first')).toMatch(
      /^Deployment second also asks to be twin-twin, which stays with this workload/,
    );
    expect(await told('second')).toMatch(
      /^twin-twin is Deployment first already, so that no checks of this workload are made/,
    );
    for (const name of ['first', 'second']) {
      expect(harness.events('Deployment', name)).toEqual([
        expect.objectContaining({ reason: 'WorkloadNameTaken' }),
      ]);
    }
    expect(harness.workloadVersion('twin-twin-2')).toBeUndefined();
    expect(harness.workload('twin-twin')?.spec.version).toBe('1');
    harness.remove('Deployment', 'first');
    await harness.version('twin-twin-2');
    await until(
      async () => (await harness.problems()).length === 0,
      PATIENCE_MS,
    );
  });

  it('D-49 is decided for the older of two that nobody had looked at', async () => {
    await harness.halt();
    for (const name of ['elder', 'younger']) {
      const replicaSet = harness.deploy(name, {
        annotations: says('heir', name),
      });
      await until(
        () =>
          Date.now() - Date.parse(replicaSet.metadata.creationTimestamp) >
          1_100,
        PATIENCE_MS,
      );
    }
    await harness.reconcile();
    await harness.version('heir-heir-elder');
    await until(
      async () => (await harness.problems()).length === 2,
      PATIENCE_MS,
    );
    expect(harness.workloadVersion('heir-heir-younger')).toBeUndefined();
    harness.remove('Deployment', 'younger');
  });
});
