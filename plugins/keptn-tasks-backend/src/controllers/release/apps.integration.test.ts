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
import { appVersionName } from '../../domain/release/names';
import type { KeptnAppVersion } from '../../domain/release/resources';

jest.setTimeout(180_000);
const PATIENCE_MS = 30_000;

describe('apps', () => {
  let harness: IdentityHarness;

  beforeAll(async () => {
    harness = await IdentityHarness.start();
    await harness.reconcile();
  });
  afterAll(() => harness.stop());

  const ask = (appName: string, annotations?: Record<string, string>) =>
    harness.cluster.create({
      apiVersion: LIFECYCLE,
      kind: 'KeptnAppCreationRequest',
      metadata: { name: appName, namespace: 'shop', annotations },
      spec: { appName },
    });
  const answered = (appName: string) =>
    until(
      () => !harness.names('KeptnAppCreationRequest').includes(appName),
      PATIENCE_MS,
    );
  const writeApp = (name: string, spec: object) =>
    harness.apply({
      apiVersion: LIFECYCLE,
      kind: 'KeptnApp',
      metadata: { name, namespace: 'shop' },
      spec,
    });
  const appVersionsOf = (app: string) =>
    harness.names('KeptnAppVersion').filter(name => name.startsWith(`${app}-`));

  it('D-48 are never made of nothing', async () => {
    ask('nothing', { 'keptn.sh/app-type': 'single-service' });
    await answered('nothing');
    expect(harness.app('nothing')).toBeUndefined();
  });

  it('that people write are left alone', async () => {
    writeApp('written', { version: '9', workloads: [] });
    await harness.see(() => harness.appVersion('written-9-6b86b273'));
    harness.deploy('part', {
      annotations: says('part', '1', { 'keptn.sh/app': 'written' }),
    });
    await harness.version('written-part-1');
    ask('written');
    await answered('written');
    expect(harness.app('written')?.spec).toEqual({
      version: '9',
      revision: 1,
      workloads: [],
    });
  });

  it('that discovery made are made again when somebody deletes them', async () => {
    harness.deploy('phoenix', { annotations: says('phoenix', '1') });
    const { uid } = (await harness.see(() => harness.app('phoenix'))).metadata;
    await answered('phoenix');
    harness.remove('KeptnApp', 'phoenix');
    await until(() => {
      const app = harness.app('phoenix');
      return app && app.metadata.uid !== uid;
    }, PATIENCE_MS);
    const version = await until(async () => {
      const one = await harness.currentVersion('phoenix');
      const [owner] = one.metadata.ownerReferences ?? [];
      return owner?.uid === harness.app('phoenix')?.metadata.uid
        ? one
        : undefined;
    }, PATIENCE_MS);
    expect(version.spec.workloads).toEqual([{ name: 'phoenix', version: '1' }]);
  });

  it('lose a workload that is gone at the next request', async () => {
    const of = (name: string, version: string) =>
      harness.deploy(name, {
        annotations: says(name, version, { 'keptn.sh/app': 'shrinking' }),
      });
    of('stays', '1');
    of('goes', '1');
    await until(
      () => harness.app('shrinking')?.spec.workloads?.length === 2,
      PATIENCE_MS,
    );
    await answered('shrinking');
    harness.remove('Deployment', 'goes');
    await until(() => !harness.workload('shrinking-goes'), PATIENCE_MS);
    expect(harness.app('shrinking')?.spec.workloads).toHaveLength(2);
    of('stays', '2');
    await until(
      () => harness.app('shrinking')?.spec.version === '2',
      PATIENCE_MS,
    );
    expect(harness.app('shrinking')?.spec.workloads).toEqual([
      { name: 'stays', version: '2' },
    ]);
  });

  it('lose a workload that is called something else by now', async () => {
    const called = (name: string, version: string) =>
      harness.deploy('renamed', {
        annotations: says(name, version, { 'keptn.sh/app': 'naming' }),
      });
    called('before', '1');
    await until(() => harness.app('naming')?.spec.version === '1', PATIENCE_MS);
    await answered('naming');
    called('after', '2');
    await until(() => harness.app('naming')?.spec.version === '2', PATIENCE_MS);
    expect(harness.app('naming')?.spec.workloads).toEqual([
      { name: 'after', version: '2' },
    ]);
  });

  it('D-53 wait for a context that cannot be read, rather than going on without its checks', async () => {
    harness.cluster.create({
      apiVersion: LIFECYCLE,
      kind: 'KeptnAppContext',
      metadata: { name: 'checked', namespace: 'shop' },
      spec: { preDeploymentTasks: ['app-gate'], metadata: { team: 'blue' } },
    });
    harness.cluster.sandbox.faults.failNext({
      verb: 'get',
      resource: 'keptnappcontexts',
      status: 500,
      times: 2,
    } as any);
    writeApp('checked', { version: '1', workloads: [] });
    expect(await harness.currentVersion('checked')).toMatchObject({
      spec: { preDeploymentTasks: ['app-gate'], metadata: { team: 'blue' } },
    });
    expect(
      harness.cluster.sandbox.faults.requests.list({
        verb: 'get',
        resource: 'keptnappcontexts',
      } as any).length,
    ).toBeGreaterThan(1);
  });

  it('D-53 freeze their context: a change of it counts from the next attempt on', async () => {
    harness.apply({
      apiVersion: LIFECYCLE,
      kind: 'KeptnAppContext',
      metadata: { name: 'checked', namespace: 'shop' },
      spec: { preDeploymentTasks: ['another'] },
    });
    writeApp('checked', { version: '2', workloads: [] });
    const current = await harness.see(() =>
      harness.appVersion(appVersionName('checked', '2', 2)),
    );
    expect(current.spec).toMatchObject({
      preDeploymentTasks: ['another'],
      previousVersion: '1',
    });
    expect(
      harness.appVersion('checked-1-6b86b273')?.spec.preDeploymentTasks,
    ).toEqual(['app-gate']);
  });

  it('D-37 end their earlier attempts of whatever version, stop their tasks, and keep what was recorded', async () => {
    writeApp('moving', { version: '1', workloads: [] });
    const first = await harness.currentVersion('moving');
    harness.setStatus(first, {
      preDeploymentStatus: 'Succeeded',
      preDeploymentEvaluationStatus: 'Progressing',
      status: 'Progressing',
      startTime: wholeSeconds(),
    });
    harness.cluster.create({
      apiVersion: LIFECYCLE,
      kind: 'KeptnTask',
      metadata: {
        name: 'pre-check-12345',
        namespace: 'shop',
        ownerReferences: [controllerReference(first as any)],
      },
      spec: { taskDefinition: 'check' },
    });
    writeApp('moving', { version: '2', workloads: [] });
    const second = appVersionName('moving', '2', 2);
    await until(
      () =>
        harness.appVersion(first.metadata.name)?.status?.status ===
        'Deprecated',
      PATIENCE_MS,
    );
    const status = harness.appVersion(first.metadata.name)!.status!;
    expect(status).toMatchObject({
      preDeploymentStatus: 'Succeeded',
      preDeploymentEvaluationStatus: 'Deprecated',
      promotionStatus: 'Deprecated',
    });
    expect(status.endTime).toBeDefined();
    await until(
      () =>
        harness.cluster.task('pre-check-12345')?.metadata.annotations?.[
          'keptn-tasks/cancel'
        ] === `Superseded by ${second}`,
      PATIENCE_MS,
    );
  });

  it('D-37 stop a task that was being created while its attempt was superseded', async () => {
    const first = harness.appVersion('moving-1-6b86b273')!;
    harness.cluster.create({
      apiVersion: LIFECYCLE,
      kind: 'KeptnTask',
      metadata: {
        name: 'pre-late-12345',
        namespace: 'shop',
        ownerReferences: [controllerReference(first as any)],
      },
      spec: { taskDefinition: 'check' },
    });
    await until(
      () =>
        harness.cluster.task('pre-late-12345')?.metadata.annotations?.[
          'keptn-tasks/cancel'
        ],
      PATIENCE_MS,
    );
  });

  it('D-36 repeat failed checks of their workloads when their revision is raised, and by no other edit', async () => {
    const workloads = [{ name: 'server', version: '1' }];
    harness.deploy('server', {
      annotations: says('server', '1', { 'keptn.sh/app': 'mended' }),
    });
    writeApp('mended', { version: '1', revision: 1, workloads });
    const version = await harness.version('mended-server-1');
    const annotations = () =>
      harness.workloadVersion('mended-server-1')?.metadata.annotations;
    harness.setStatus(version, {
      status: 'Failed',
      preDeploymentStatus: 'Failed',
      deploymentStatus: 'Deprecated',
      startTime: wholeSeconds(),
      endTime: wholeSeconds(),
    });
    await harness.currentVersion('mended');
    writeApp('mended', {
      version: '1',
      revision: 1,
      workloads: [...workloads, { name: 'ui', version: '1' }],
    });
    await harness.see(() =>
      harness.appVersion(appVersionName('mended', '1', 2)),
    );
    writeApp('mended', { version: '1', revision: 2, workloads });
    const third = await harness.see(() =>
      harness.appVersion(appVersionName('mended', '1', 3)),
    );
    await until(
      () => annotations()?.['keptn-tasks/repeat-requested-at'],
      PATIENCE_MS,
    );
    expect(annotations()).toMatchObject({ 'keptn-tasks/attempt': '2' });
    expect(Date.parse(annotations()!['keptn-tasks/repeat-requested-at'])).toBe(
      new Date(third.metadata.creationTimestamp!).getTime(),
    );
  });

  it('D-51 keep so many attempts besides the current one, and none that the history does not know the end of', async () => {
    await harness.halt();
    await harness.reconcile({ keepVersions: 1 });
    const end = async (generation: number) => {
      const version = await harness.see(() =>
        harness.appVersion(
          appVersionName('pruned', `${generation}`, generation),
        ),
      );
      harness.setStatus(version, {
        status: 'Succeeded',
        startTime: wholeSeconds(),
        endTime: wholeSeconds(),
      });
      return harness.appVersion(version.metadata.name)!;
    };
    const ended: KeptnAppVersion[] = [];
    for (const generation of [1, 2, 3]) {
      writeApp('pruned', { version: `${generation}`, workloads: [] });
      const version = await end(generation);
      await harness.record(
        version,
        generation === 1 ? 'Progressing' : 'Succeeded',
      );
      ended.push(version);
    }
    writeApp('pruned', { version: '4', workloads: [] });
    const fourth = await end(4);
    await until(
      () => !appVersionsOf('pruned').includes(ended[1].metadata.name),
      PATIENCE_MS,
    );
    expect(appVersionsOf('pruned')).toEqual(
      [ended[0], ended[2], fourth].map(({ metadata }) => metadata.name).sort(),
    );
    await harness.halt();
    await harness.reconcile();
  });

  it('tell the history which attempt is asked for', async () => {
    writeApp('active', { version: '1', workloads: [] });
    const version = await harness.currentVersion('active');
    await harness.record(version, 'Progressing');
    await until(async () => {
      const [release] = await harness.cluster.releasesOf(version.metadata.name);
      return release?.activatedAt;
    }, PATIENCE_MS);
  });
});
