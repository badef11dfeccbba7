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

import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Release, RunHint } from 'backstage-plugin-keptn-tasks-common';
import type { BackendProcess } from '../__testUtils__/BackendProcess';
import { engines } from '../__testUtils__/databases';
import { aProgram, aScript, aWorkload } from '../__testUtils__/manifests';
import { CHECKOUT } from '../__testUtils__/portalConfig';
import { until } from '../__testUtils__/until';
import { Workbench } from '../__testUtils__/Workbench';

jest.setTimeout(240_000);

const LIFECYCLE = 'lifecycle.keptn.sh/v1';
const GUEST = 'user:default/guest';
const PATIENCE_MS = 90_000;

describe.each(engines)('releases, with the history in %s', engine => {
  const password = randomBytes(16).toString('hex');
  const onPostgres = engine === 'PostgreSQL' ? it : it.skip;
  let bench: Workbench;
  let backend: BackendProcess;
  /** Everything that portals which have ended have printed. */
  let printed = '';

  const resource = (kind: string, apiVersion = LIFECYCLE) =>
    bench.sandbox.api.resource(apiVersion, kind);
  const tasksOf = (definition: string) =>
    resource('KeptnTask')
      .list()
      .filter(({ spec }) => spec.taskDefinition === definition);
  const isRunning = (definition: string) =>
    tasksOf(definition).some(({ status }) => status?.status === 'Progressing');
  const pods = (name: string) =>
    resource('Pod', 'v1')
      .list()
      .filter(({ metadata }) => metadata.labels?.run === name);
  const isGated = (name: string) =>
    pods(name).some(({ spec }) => spec.schedulingGates?.length > 0);
  const isReady = (name: string) =>
    pods(name).some(({ status }) =>
      status?.conditions?.some(
        (one: { type: string; status: string }) =>
          one.type === 'Ready' && one.status === 'True',
      ),
    );

  /** Waits until a portal shows a release in a way; the newest attempt at it. */
  const shown = (
    name: string | RegExp,
    isSo: (release: Release) => unknown,
    { client } = backend,
  ) => {
    let seen: Release[] = [];
    return until(
      async () => {
        const page = await client.listReleases({
          entityRef: CHECKOUT,
          limit: 100,
        });
        seen = page.items.filter(one => one.name.match(name));
        return seen.find(isSo);
      },
      PATIENCE_MS,
      () => `${name} is not as it should be: ${JSON.stringify(seen)}`,
    );
  };
  const hasState = (state: Release['state']) => (release: Release) =>
    release.state === state;
  const detailOf = (id: string) =>
    backend.client.getRelease(id, { entityRef: CHECKOUT });
  const environmentOf = async (app: string) => {
    const { items } = await backend.client.listEnvironments(CHECKOUT);
    return items.find(({ appName }) => appName === app);
  };
  const kill = async (process: BackendProcess) => {
    await process.kill();
    printed += process.output;
    await bench.user.freeLease();
  };

  beforeAll(async () => {
    bench = await Workbench.start({
      database: engine,
      keptnTasks: { releases: { discoverySeconds: 1 } },
    });
    const namespaces = resource('Namespace', 'v1');
    const shop = namespaces.get(undefined, 'shop')!;
    namespaces.update({
      ...shop,
      metadata: {
        ...shop.metadata,
        annotations: { 'keptn.sh/lifecycle-toolkit': 'enabled' },
      },
    });
    await bench.user.core.createNamespacedSecret({
      namespace: 'shop',
      body: {
        metadata: { name: 'credentials' },
        stringData: { SECURE_DATA: JSON.stringify({ password }) },
      },
    });
    const login = aProgram(
      'login',
      'shop',
      [
        'import json, os',
        'secure = json.loads(os.environ["SECURE_DATA"])',
        'print("a password of", len(secure["password"]), "letters")',
      ],
      {},
    );
    Object.assign((login.spec as any).python, {
      secureParameters: { secret: 'credentials' },
    });
    await bench.user.create(login);
    await bench.user.create(aScript('short', 'shop', 'echo done'));
    await bench.user.create(
      aScript('red', 'shop', 'echo "GET /healthz: 503" >&2; exit 1'),
    );
    backend = await bench.startPortal();
  });
  afterAll(() => bench?.stop());

  it('go from a Pod template to an outcome, and tell those who look', async () => {
    const stop = new AbortController();
    const hints: RunHint[] = [];
    let open = false;
    const stream = backend.client.followTransitions(
      CHECKOUT,
      {
        signal: stop.signal,
        onOpen: () => {
          open = true;
        },
      },
      hint => hints.push(hint),
    );
    await until(() => open);
    await bench.user.create(
      aWorkload('cart', 'shop', { pre: 'login', post: 'short' }),
    );
    const workload = await shown('cart-cart-1.0.0', hasState('Succeeded'));
    const app = await shown(/^cart-1\.0\.0-/, hasState('Succeeded'));
    const of = (id: string) =>
      hints.filter(hint => hint.of === 'release' && hint.id === id);
    // At the least when it was found, when it began, and when it ended.
    await until(() => of(workload.id).length >= 3 && of(app.id).length >= 3);
    stop.abort();
    await stream;

    const { release, runs, app: itsApp } = await detailOf(workload.id);
    expect(release).toMatchObject({
      cluster: 'sandbox',
      namespace: 'shop',
      kind: 'workload',
      appName: 'cart',
      workloadName: 'cart-cart',
      version: '1.0.0',
      attempt: 1,
    });
    expect(itsApp?.id).toBe(app.id);
    expect(release.phases.map(({ name, state }) => [name, state])).toEqual(
      [
        'preTasks',
        'preEvaluations',
        'deployment',
        'postTasks',
        'postEvaluations',
      ].map(name => [name, 'Succeeded']),
    );
    const [login] = release.phases[0].items;
    expect(login).toMatchObject({ definition: 'login', state: 'Succeeded' });
    expect(runs).toHaveLength(2);
    const run = await backend.client.getRun(login.runId!, {
      entityRef: CHECKOUT,
    });
    expect(run.run).toMatchObject({ state: 'Succeeded', phase: 'pre' });
    await until(async () => {
      const { lines } = await backend.client.getRunLog(login.runId!, {
        entityRef: CHECKOUT,
      });
      return lines.some(({ text }) => text === 'a password of 32 letters');
    });
    expect(await environmentOf('cart')).toMatchObject({
      cluster: 'sandbox',
      namespace: 'shop',
      app: { id: app.id, state: 'Succeeded' },
      workloads: [{ id: workload.id, state: 'Succeeded' }],
      previous: [],
      problems: [],
    });
    expect(isReady('cart')).toBe(true);
  });

  it('that are held by a failed task say so first, and are let go by a person who says why', async () => {
    await bench.user.create(aWorkload('gone', 'shop', { pre: 'red' }));
    const held = await shown(
      'gone-gone-1.0.0',
      ({ state, hold, gatedPods }) =>
        state === 'Failed' && hold?.gateReleasable && gatedPods,
    );
    expect(held.hold).toMatchObject({
      phase: 'preTasks',
      definition: 'red',
      message: expect.stringContaining('503'),
    });
    const { items } = await backend.client.listEnvironments(CHECKOUT);
    expect(items[0].appName).toBe('gone');

    const route = `/releases/${held.id}/release-gate`;
    const body = { entityRef: CHECKOUT, reason: 'The probe is wrong, OPS-7' };
    const url = `${backend.baseUrl}/api/keptn-tasks${route}`;
    const stranger = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(stranger.status).toBe(401);
    for (const reason of [undefined, '', '      ']) {
      const refused = await backend.request('POST', route, { ...body, reason });
      expect([reason, refused.status]).toEqual([reason, 400]);
    }
    expect(isGated('gone')).toBe(true);

    const answer = await backend.request('POST', route, body);
    expect(answer.status).toBe(202);
    await until(() => isReady('gone'), PATIENCE_MS);
    const released = await shown(
      'gone-gone-1.0.0',
      ({ gateReleased }) => gateReleased,
    );
    expect(released).toMatchObject({
      state: 'Failed',
      gateReleased: { by: GUEST, reason: body.reason },
    });
    await shown('gone-gone-1.0.0', ({ gatedPods }) => !gatedPods);
    const audited = backend.output
      .split('\n')
      .filter(line => line.includes('gate-release') && line.includes(held.id));
    expect(audited.some(line => line.includes('succeeded'))).toBe(true);
    expect(audited.join('\n')).toContain(body.reason);
    const again = await backend.request('POST', route, body);
    expect([again.status, again.body.error.message]).toEqual([
      409,
      'The gate of gone-gone-1.0.0 was released already',
    ]);
  });

  it('that failed are repeated by a person, and succeed', async () => {
    await bench.user.create(aScript('mended', 'shop', 'exit 1'));
    await bench.user.create(
      aWorkload('late', 'shop', { pre: 'mended', post: 'short' }),
    );
    await shown('late-late-1.0.0', hasState('Failed'));
    const app = await shown(/^late-1\.0\.0-/, hasState('Failed'));
    const definitions = resource('KeptnTaskDefinition');
    const mended = definitions.get('shop', 'mended')!;
    definitions.update({
      ...mended,
      spec: { ...mended.spec, ...aScript('mended', 'shop', 'exit 0').spec },
    });
    const { status, body } = await backend.request(
      'POST',
      `/releases/${app.id}/repeat`,
      { entityRef: CHECKOUT },
    );
    expect([status, body.release?.id]).toEqual([202, app.id]);
    const second = await shown(
      'late-late-1.0.0',
      ({ state, attempt }) => state === 'Succeeded' && attempt === 2,
    );
    await shown(/^late-1\.0\.0-/, hasState('Succeeded'));
    await until(() => isReady('late'), PATIENCE_MS);
    expect(tasksOf('mended')).toHaveLength(2);
    const { previous } = await detailOf(second.id);
    expect(previous.map(({ attempt, state }) => [attempt, state])).toEqual([
      [1, 'Failed'],
    ]);
    // What has passed has nothing to repeat but the app.
    const former = await backend.request('POST', `/releases/${app.id}/repeat`, {
      entityRef: CHECKOUT,
    });
    expect(former.status).toBe(409);
  });

  const goFile = (app: string) => path.join(bench.directory, `${app}-go`);
  /** A workload of an app, in the midst of its pre-deployment task, which waits for a file. */
  const startInterruptible = async (app: string) => {
    for (const [phase, script] of [
      ['app-pre', 'exit 0'],
      ['pre', `until [ -e ${goFile(app)} ]; do sleep 0.1; done`],
      ['post', 'exit 0'],
    ]) {
      await bench.user.create(aScript(`${app}-${phase}`, 'shop', script));
    }
    await bench.user.create({
      apiVersion: LIFECYCLE,
      kind: 'KeptnAppContext',
      metadata: { name: app, namespace: 'shop' },
      spec: { preDeploymentTasks: [`${app}-app-pre`] },
    } as any);
    await bench.user.create(
      aWorkload(app, 'shop', { pre: `${app}-pre`, post: `${app}-post` }),
    );
    await until(() => isRunning(`${app}-pre`) && isGated(app), PATIENCE_MS);
  };
  /** Each task was made once, and each had one Job; the history has one release of each. */
  const expectOnce = async (app: string, portal: BackendProcess) => {
    await writeFile(goFile(app), '');
    await shown(`${app}-${app}-1.0.0`, hasState('Succeeded'), portal);
    await shown(new RegExp(`^${app}-1.0.0-`), hasState('Succeeded'), portal);
    await until(() => isReady(app), PATIENCE_MS);
    for (const phase of ['app-pre', 'pre', 'post']) {
      const tasks = tasksOf(`${app}-${phase}`);
      expect(tasks).toHaveLength(1);
      expect(bench.user.jobsOf(tasks[0].metadata.name)).toHaveLength(1);
    }
    const { items } = await portal.client.listReleases({
      entityRef: CHECKOUT,
      app,
    });
    expect(
      items.map(({ kind, attempt }) => `${kind} ${attempt}`).sort(),
    ).toEqual(['app 1', 'workload 1']);
  };

  it('go on with each task once when the backend is killed in the middle', async () => {
    await startInterruptible('cut');
    const dying = backend;
    await kill(dying);
    expect(isGated('cut')).toBe(true);
    backend = await bench.startPortal(dying);
    await shown('cut-cut-1.0.0', hasState('Progressing'));
    await expectOnce('cut', backend);
  });

  onPostgres(
    'go on with each task once when the other of two backends takes over',
    async () => {
      const second = await bench.startBackend();
      await second.ready();
      await bench.catalogRead(second);
      await startInterruptible('both');
      await shown('both-both-1.0.0', hasState('Progressing'), second);
      await kill(backend);
      backend = second;
      await second.reconciling();
      await expectOnce('both', second);
    },
  );

  it('tell no secret', async () => {
    const entity = `entityRef=${encodeURIComponent(CHECKOUT)}`;
    const { items } = await backend.client.listReleases({
      entityRef: CHECKOUT,
      limit: 100,
    });
    const bodies = [];
    for (const route of [
      `/environments?${entity}`,
      `/releases?${entity}`,
      `/runs?${entity}`,
      '/clusters',
      ...items.map(({ id }) => `/releases/${id}?${entity}`),
    ]) {
      const { status, body } = await backend.request('GET', route);
      expect(status).toBe(200);
      bodies.push(body);
    }
    await backend.stop();
    const said = JSON.stringify(bodies) + printed + backend.output;
    expect(said).toContain('cart-cart-1.0.0');
    for (const secret of [password, bench.token]) {
      expect(said).not.toContain(secret);
    }
  });
});
