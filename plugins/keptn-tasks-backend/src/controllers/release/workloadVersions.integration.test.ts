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
import {
  IdentityHarness,
  LIFECYCLE,
} from '../../__testUtils__/identityHarness';
import {
  controllerReference,
  says,
  wholeSeconds,
} from '../../__testUtils__/workloadObjects';
import type { KeptnWorkloadVersion } from '../../domain/release/resources';

jest.setTimeout(180_000);
const PATIENCE_MS = 30_000;

describe('versions of workloads', () => {
  let harness: IdentityHarness;

  beforeAll(async () => {
    harness = await IdentityHarness.start();
    await harness.reconcile();
  });
  afterAll(() => harness.stop());

  const deployVersion = (
    name: string,
    version: string,
    more?: Record<string, string>,
  ) =>
    harness.deploy(name, {
      annotations: says(name, version, more),
      image: `ghcr.io/example/${name}:${version}`,
    });

  it('D-37 that have not passed their checks end when another one is asked for, and begin anew when they are', async () => {
    deployVersion('turning', '1');
    const first = await harness.version('turning-turning-1');
    harness.setStatus(first, {
      preDeploymentStatus: 'Progressing',
      status: 'Progressing',
      startTime: wholeSeconds(),
    });
    deployVersion('turning', '2');
    await until(
      () =>
        harness.workloadVersion('turning-turning-1')?.status?.status ===
        'Deprecated',
      PATIENCE_MS,
    );
    expect(
      harness.workloadVersion('turning-turning-2')?.spec.previousVersion,
    ).toBe('1');
    deployVersion('turning', '1');
    await until(
      () =>
        harness.workloadVersion('turning-turning-1')?.metadata.annotations?.[
          'keptn-tasks/attempt'
        ] === '2',
      PATIENCE_MS,
    );
  });

  it('that are being deployed are left alone by the next one', async () => {
    deployVersion('going', '1');
    const first = await harness.version('going-going-1');
    harness.setStatus(first, {
      preDeploymentStatus: 'Succeeded',
      preDeploymentEvaluationStatus: 'Succeeded',
      deploymentStatus: 'Progressing',
      status: 'Progressing',
      startTime: wholeSeconds(),
    });
    deployVersion('going', '2');
    await until(
      () => harness.workload('going-going')?.status?.currentVersion === '2',
      PATIENCE_MS,
    );
    deployVersion('going', '3');
    await until(
      () =>
        harness.workloadVersion('going-going-2')?.status?.status ===
        'Deprecated',
      PATIENCE_MS,
    );
    expect(harness.workloadVersion('going-going-1')?.status?.status).toBe(
      'Progressing',
    );
  });

  it('D-54 whose checks run for an attempt of the app that is over end with it, unless the next one lists them too', async () => {
    for (const name of ['left', 'kept']) {
      harness.deploy(name, {
        annotations: says(name, '1', { 'keptn.sh/app': 'pair' }),
      });
    }
    harness.apply({
      apiVersion: LIFECYCLE,
      kind: 'KeptnApp',
      metadata: { name: 'pair', namespace: 'shop' },
      spec: {
        version: '1',
        workloads: [
          { name: 'left', version: '1' },
          { name: 'kept', version: '1' },
        ],
      },
    });
    for (const name of ['pair-left-1', 'pair-kept-1']) {
      const version = await harness.version(name);
      harness.setStatus(version, {
        preDeploymentStatus: 'Progressing',
        status: 'Progressing',
        startTime: wholeSeconds(),
      });
    }
    const task = harness.cluster.create({
      apiVersion: LIFECYCLE,
      kind: 'KeptnTask',
      metadata: {
        name: 'pre-left-12345',
        namespace: 'shop',
        ownerReferences: [
          controllerReference(harness.workloadVersion('pair-left-1') as any),
        ],
      },
      spec: { taskDefinition: 'check' },
    });
    await harness.currentVersion('pair');
    harness.apply({
      apiVersion: LIFECYCLE,
      kind: 'KeptnApp',
      metadata: { name: 'pair', namespace: 'shop' },
      spec: {
        version: '2',
        workloads: [
          { name: 'left', version: '2' },
          { name: 'kept', version: '1' },
        ],
      },
    });
    await until(
      () =>
        harness.cluster.task(task.metadata.name)?.metadata.annotations?.[
          'keptn-tasks/cancel'
        ],
      PATIENCE_MS,
    );
    expect(harness.workloadVersion('pair-kept-1')?.status?.status).toBe(
      'Progressing',
    );
  });

  it('D-51 are pruned, but never one that is listed by the app, under way, or run by a Pod', async () => {
    await harness.halt();
    await harness.reconcile({ keepVersions: 0 });
    const release = async (version: string) => {
      const replicaSet = deployVersion('many', version);
      const made = await harness.version(`many-many-${version}`);
      await until(
        () => harness.app('many')?.spec.version === version,
        PATIENCE_MS,
      );
      return { replicaSet, made };
    };
    const end = async (made: KeptnWorkloadVersion) => {
      await harness.record(made, 'Succeeded');
      harness.setStatus(made, {
        status: 'Succeeded',
        deploymentStatus: 'Succeeded',
        endTime: wholeSeconds(),
      });
      const appVersion = await harness.currentVersion('many');
      harness.setStatus(appVersion, {
        status: 'Succeeded',
        endTime: wholeSeconds(),
      });
    };
    const first = await release('1');
    harness.cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'many-pod',
        namespace: 'shop',
        ownerReferences: [controllerReference(first.replicaSet)],
      },
      spec: { containers: [{ name: 'server', image: 'x:1' }] },
    });
    await end(first.made);
    await end((await release('2')).made);
    const third = await release('3');
    harness.setStatus(third.made, {
      status: 'Progressing',
      deploymentStatus: 'Progressing',
    });
    await end((await release('4')).made);
    await until(() => !harness.workloadVersion('many-many-2'), PATIENCE_MS);
    expect(
      harness
        .names('KeptnWorkloadVersion')
        .filter(name => name.startsWith('many-')),
    ).toEqual(['many-many-1', 'many-many-3', 'many-many-4']);
    await harness.halt();
    await harness.reconcile();
  });
});
