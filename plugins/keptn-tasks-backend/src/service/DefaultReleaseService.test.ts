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
  gateReleasePermission,
  releaseRepeatPermission,
  runReadPermission,
} from 'backstage-plugin-keptn-tasks-common';
import { aSighting, at } from '../__testUtils__/historyBuilders';
import {
  anAppRelease,
  aRelease,
  ended,
  later,
  phasesWith,
} from '../__testUtils__/releaseBuilders';
import { aComponent, ANN, TestPortal } from '../__testUtils__/testPortal';

jest.setTimeout(30_000);

const SHOP = 'system:default/shop';
const CHECKOUT = 'component:default/checkout';
const targets = { 'keptn-tasks/targets': 'eu-1/shop, us-1/shop' };

const entities = [
  aComponent('everything', targets),
  aComponent('checkout', {
    ...targets,
    'keptn.sh/app': 'shop',
    'keptn.sh/workload': 'checkout',
  }),
  aComponent('by-full-name', {
    ...targets,
    'keptn.sh/workload': 'shop-checkout',
  }),
  aComponent('single', { ...targets, 'keptn.sh/workload': 'mail' }),
  {
    ...aComponent('shop', { ...targets, 'keptn.sh/app': 'shop' }),
    kind: 'System',
  },
  aComponent('elsewhere', { 'keptn-tasks/targets': 'eu-1/limited' }),
  aComponent('nowhere', {}),
];

describe('DefaultReleaseService', () => {
  let portal: TestPortal;
  beforeEach(async () => {
    portal = await TestPortal.start({ entities });
  });
  afterEach(() => portal.stop());

  const refused = async (work: Promise<unknown>) => {
    const error: Error = await work.then(
      () => new Error('was not refused'),
      (caught: Error) => caught,
    );
    return [error.name, error.message];
  };
  const environments = async (ref: string) =>
    portal.releaseService.environments(ref, portal.call);
  const idsFor = async (ref: string) =>
    (
      await portal.releaseService.list({ entityRef: ref }, portal.call)
    ).items.map(({ id }) => id);
  const auditsOf = (eventId: string) =>
    portal.auditor.createEvent.mock.calls
      .map(([event]) => event)
      .filter(event => event.eventId === eventId);

  describe('reading', () => {
    it('answers with what the annotations of the entity mean', async () => {
      const save = (sighting: ReturnType<typeof aRelease>) =>
        portal.releases.save(sighting);
      const cluster = 'eu-1';
      const app = await save(
        anAppRelease({ cluster, createdAt: at('10:00:01') }),
      );
      const checkout = await save(
        aRelease({ cluster, createdAt: at('10:00:02') }),
      );
      const cart = await save(
        aRelease({
          cluster,
          workloadName: 'shop-cart',
          createdAt: at('10:00:03'),
        }),
      );
      const mail = await save(
        aRelease({
          cluster,
          appName: 'mail',
          workloadName: 'mail-mail',
          createdAt: at('10:00:04'),
        }),
      );
      await save(aRelease({ cluster, namespace: 'other' }));

      expect(await idsFor('component:default/everything')).toEqual([
        mail,
        cart,
        checkout,
        app,
      ]);
      expect(await idsFor(SHOP)).toEqual([cart, checkout, app]);
      expect(await idsFor(CHECKOUT)).toEqual([checkout, app]);
      expect(await idsFor('component:default/by-full-name')).toEqual([
        checkout,
        app,
      ]);
      expect(await idsFor('component:default/single')).toEqual([mail]);
      expect(await idsFor('component:default/elsewhere')).toEqual([]);
    });

    it('filters by place, kind, app, workload, version and state, and says what the cluster is called', async () => {
      const here = await portal.releases.save(aRelease({ cluster: 'eu-1' }));
      await portal.releases.save(aRelease({ cluster: 'us-1' }));
      const { items } = await portal.releaseService.list(
        {
          entityRef: SHOP,
          cluster: 'eu-1',
          namespace: 'shop',
          kind: 'workload',
          app: 'shop',
          workload: 'shop-checkout',
          version: '2.4.0',
          state: ['Progressing'],
        },
        portal.call,
      );
      expect(items).toMatchObject([{ id: here, clusterTitle: 'Europe' }]);
      const none = await portal.releaseService.list(
        { entityRef: SHOP, namespace: 'other' },
        portal.call,
      );
      expect(none.items).toEqual([]);
    });

    it('puts together what is asked for in each place, what was before and what is wrong, problems first', async () => {
      const fine = { version: '1', ...ended() };
      const before = anAppRelease({ cluster: 'eu-1', ...fine });
      const app = anAppRelease({
        cluster: 'eu-1',
        ...ended(),
        createdAt: at('10:01:00'),
      });
      for (const one of [
        before,
        app,
        aRelease({ cluster: 'eu-1', ...fine, workloadName: 'shop-cart' }),
        aRelease({ cluster: 'eu-1', ...fine }),
        aRelease({ cluster: 'us-1', ...ended('Failed') }),
      ]) {
        await portal.releases.save(one);
      }
      await portal.releases.activate('eu-1', app.uid, at('10:02:00'));
      await portal.releases.saveProblems('eu-1', 'shop', {
        kind: 'Deployment',
        name: 'nameless',
        messages: ['It has no version.'],
      });

      expect(await environments(SHOP)).toMatchObject({
        items: [
          {
            cluster: 'us-1',
            appName: 'shop',
            workloads: [{ state: 'Failed' }],
            previous: [],
          },
          {
            cluster: 'eu-1',
            clusterTitle: 'Europe',
            appName: 'shop',
            app: { version: '2.4.0', clusterTitle: 'Europe' },
            workloads: [
              { workloadName: 'shop-cart' },
              { workloadName: 'shop-checkout' },
            ],
            previous: [{ kind: 'app', version: '1' }],
            problems: [],
          },
        ],
      });
      const { items } = await environments('component:default/everything');
      expect(items.map(({ appName }) => appName)).toEqual([
        'shop',
        'nameless',
        'shop',
      ]);
      expect(items[1]).toMatchObject({
        workloads: [],
        problems: [{ messages: ['It has no version.'] }],
      });
    });

    it('shows an entity that is about one workload what that one was before', async () => {
      const cluster = 'eu-1';
      for (const n of [1, 2]) {
        const changes = {
          cluster,
          version: `${n}`,
          createdAt: at(`10:0${n}:00`),
        };
        await portal.releases.save(aRelease({ ...changes, ...ended() }));
        await portal.releases.save(anAppRelease({ ...changes, ...ended() }));
      }
      const { items } = await environments(CHECKOUT);
      expect(items).toMatchObject([
        {
          app: { version: '2' },
          workloads: [{ version: '2' }],
          previous: [{ kind: 'workload', version: '1' }],
        },
      ]);
    });

    it('says why an entity reaches no place at all', async () => {
      expect(await environments('component:default/nowhere')).toEqual({
        items: [],
        problem: expect.stringContaining('keptn-tasks/targets'),
      });
    });

    it('leaves out of a detail what belongs to other workloads', async () => {
      const cluster = 'eu-1';
      const tasks = ['app', 'checkout', 'cart'].map(name => ({
        definition: 'smoke-test',
        kind: 'task' as const,
        name: `pre-${name}-12345`,
        state: 'Progressing' as const,
      }));
      const app = await portal.releases.save(
        anAppRelease({
          cluster,
          phases: phasesWith([tasks[0]]),
          workloads: ['checkout', 'cart'].map(name => ({
            workloadName: `shop-${name}`,
            version: '2.4.0',
            state: 'Progressing',
          })),
        }),
      );
      for (const [n, name] of ['checkout', 'cart'].entries()) {
        await portal.releases.save(
          aRelease({
            cluster,
            workloadName: `shop-${name}`,
            phases: phasesWith([tasks[n + 1]]),
          }),
        );
      }
      for (const { name } of tasks) {
        const of = name.split('-')[1];
        await portal.runs.sight(
          aSighting({
            cluster,
            taskName: name,
            phase: 'pre',
            context: {
              appName: 'shop',
              workloadName: of === 'app' ? '' : `shop-${of}`,
            },
          }),
        );
      }
      const detail = (entityRef: string) =>
        portal.releaseService.get(app, { entityRef }, portal.call);
      const all = await detail(SHOP);
      expect(all.workloads).toHaveLength(2);
      expect(all.runs).toHaveLength(3);
      const own = await detail(CHECKOUT);
      expect(own.workloads.map(one => one.workloadName)).toEqual([
        'shop-checkout',
      ]);
      expect(own.runs.map(({ run }) => run.taskName)).toEqual([
        tasks[0].name,
        tasks[1].name,
      ]);
      // What is linked can be opened, the runs of the app included.
      for (const { run } of own.runs) {
        await expect(
          portal.service.get(run.id, { entityRef: CHECKOUT }, portal.call),
        ).resolves.toMatchObject({ run: { id: run.id } });
      }
      const hidden = all.runs.find(
        ({ run }) => run.taskName === tasks[2].name,
      )!;
      expect(
        (
          await refused(
            portal.service.get(
              hidden.run.id,
              { entityRef: CHECKOUT },
              portal.call,
            ),
          )
        )[0],
      ).toBe('NotFoundError');
    });

    it('hides everything from those who may not read, and releases outside the places', async () => {
      const id = await portal.releases.save(aRelease({ cluster: 'eu-1' }));
      const { releaseService: service, call } = portal;
      for (const entityRef of [
        'component:default/elsewhere',
        'component:default/single',
      ]) {
        for (const work of [
          service.get(id, { entityRef }, call),
          service.repeat(id, { entityRef }, call),
          service.releaseGate(id, { entityRef, reason: 'because' }, call),
        ]) {
          expect(await refused(work)).toEqual([
            'NotFoundError',
            `There is no release ${id} within the places of ${entityRef}`,
          ]);
        }
      }
      portal.deny(runReadPermission.name, CHECKOUT);
      for (const work of [
        service.environments(CHECKOUT, call),
        service.list({ entityRef: CHECKOUT }, call),
        service.get(id, { entityRef: CHECKOUT }, call),
        service.repeat(id, { entityRef: CHECKOUT }, call),
        service.releaseGate(id, { entityRef: CHECKOUT, reason: 'r' }, call),
      ]) {
        expect((await refused(work))[0]).toBe('NotFoundError');
      }
    });
  });

  describe('repeating checks', () => {
    const repeat = (id: string, entityRef = SHOP) =>
      portal.releaseService.repeat(id, { entityRef }, portal.call);
    const anApp = (spec: object = {}) =>
      portal.eu.put({
        kind: 'KeptnApp',
        metadata: { name: 'shop' },
        spec: { version: '2.4.0', ...spec },
      });
    const aVersion = (uid: string, annotations = {}) =>
      portal.eu.put({
        kind: 'KeptnWorkloadVersion',
        metadata: { name: 'shop-checkout-2.4.0', uid, annotations },
        spec: {},
      });

    it('raises the revision of the app, and writes down who did', async () => {
      const app = anApp();
      const id = await portal.releases.save(
        anAppRelease({ cluster: 'eu-1', ...ended('Failed') }),
      );
      expect((await repeat(id)).release.id).toBe(id);
      expect(app.spec).toEqual({ version: '2.4.0', revision: 2 });
      expect(auditsOf('release-repeat')).toMatchObject([
        { severityLevel: 'medium', meta: { releaseId: id, by: ANN } },
      ]);
      // Before the repetition has become a release of its own.
      expect(await refused(repeat(id))).toEqual([
        'ConflictError',
        'The checks of shop 2.4.0 are being repeated already, as revision 2',
      ]);
    });

    it('asks the version of a workload for another attempt', async () => {
      const failed = aRelease({ cluster: 'eu-1', ...ended('Failed') });
      const version = aVersion(failed.uid);
      const id = await portal.releases.save(failed);
      await repeat(id, CHECKOUT);
      expect(version.metadata.annotations).toEqual({
        'keptn-tasks/attempt': '2',
        'keptn-tasks/repeat-requested-at': expect.stringMatching(/^\d{4}-/),
      });
      expect(await refused(repeat(id))).toEqual([
        'ConflictError',
        'The checks of shop-checkout-2.4.0 are being repeated already, as attempt 2',
      ]);
    });

    it('asks for it not before the end, which a clock that is ahead has told', async () => {
      const failed = aRelease({ cluster: 'eu-1', ...ended('Failed') });
      const endTime = '2099-01-01T00:00:00Z';
      const version = portal.eu.put({
        kind: 'KeptnWorkloadVersion',
        metadata: { name: 'shop-checkout-2.4.0', uid: failed.uid },
        spec: {},
        status: { status: 'Failed', endTime },
      });
      await repeat(await portal.releases.save(failed), CHECKOUT);
      expect(version.metadata.annotations).toMatchObject({
        'keptn-tasks/repeat-requested-at': endTime,
      });
    });

    it('refuses what makes no sense, with a sentence', async () => {
      const cluster = 'eu-1';
      const running = aRelease({ cluster, version: '3' });
      const old = anAppRelease({ cluster, ...ended('Failed') });
      const app = anAppRelease({
        cluster,
        version: '3',
        createdAt: at('10:01:00'),
      });
      const ids = [];
      for (const one of [running, old, app]) {
        ids.push(await portal.releases.save(one));
      }
      expect(await refused(repeat(ids[0]))).toEqual([
        'ConflictError',
        'shop-checkout-3 has not failed, it is Progressing: there is nothing to repeat',
      ]);
      expect(await refused(repeat(ids[1]))).toEqual([
        'ConflictError',
        'shop-2.4.0 is not what shop asks for now, so its checks cannot be repeated; repeat those of the current version',
      ]);
      expect(await refused(repeat(ids[2]))).toEqual([
        'ConflictError',
        'There is no KeptnApp shop/shop in cluster eu-1 any more, so nothing can be done about it',
      ]);
      anApp({ version: '4' });
      expect(await refused(repeat(ids[2]))).toEqual([
        'ConflictError',
        'KeptnApp shop/shop asks for version 4 now, so the checks of 3 cannot be repeated',
      ]);
    });

    it('refuses when another object has the name of the version now', async () => {
      const failed = aRelease({ cluster: 'eu-1', ...ended('Failed') });
      aVersion('another');
      const id = await portal.releases.save(failed);
      expect((await refused(repeat(id)))[1]).toMatch(
        /There is no KeptnWorkloadVersion shop\/shop-checkout-2.4.0/,
      );
    });

    it('refuses where another operator reconciles, and says when a cluster does not answer', async () => {
      const observed = await portal.releases.save(
        anAppRelease({ cluster: 'us-1', ...ended('Failed') }),
      );
      expect(await refused(repeat(observed))).toEqual([
        'ConflictError',
        'Cluster us-1 is only observed: the operator there does not know how to repeat checks on request',
      ]);
      const id = await portal.releases.save(
        anAppRelease({ cluster: 'eu-1', ...ended('Failed') }),
      );
      portal.eu.reachable = false;
      expect((await refused(repeat(id)))[0]).toBe('ServiceUnavailableError');
    });

    it('needs its permission', async () => {
      const id = await portal.releases.save(anAppRelease({ cluster: 'eu-1' }));
      portal.deny(releaseRepeatPermission.name, SHOP);
      expect(await refused(repeat(id))).toEqual([
        'NotAllowedError',
        'You may not repeat the checks of releases of system:default/shop (permission keptn-tasks.release.repeat)',
      ]);
    });
  });

  describe('releasing a gate', () => {
    const release = (id: string, reason = 'The check is broken') =>
      portal.releaseService.releaseGate(
        id,
        { entityRef: CHECKOUT, reason },
        portal.call,
      );
    const held = async (deploymentStatus = 'Deprecated', cluster = 'eu-1') => {
      const sighting = aRelease({ cluster, ...ended('Failed') });
      const version = portal.eu.put({
        kind: 'KeptnWorkloadVersion',
        metadata: { name: 'shop-checkout-2.4.0', uid: sighting.uid },
        spec: {},
        status: { deploymentStatus },
      });
      return { id: await portal.releases.save(sighting), sighting, version };
    };

    it.each(['Deprecated', 'Pending'])(
      'writes the decision onto a version whose deployment is %s, and down who took it (D-02)',
      async state => {
        const { id, version } = await held(state);
        expect((await release(id)).release.id).toBe(id);
        expect(version.metadata.annotations).toEqual({
          'keptn-tasks/release-gate': 'The check is broken',
          'keptn-tasks/release-gate-by': ANN,
          'keptn-tasks/release-gate-at': expect.stringMatching(/^\d{4}-/),
        });
        expect(auditsOf('gate-release')).toMatchObject([
          { meta: { releaseId: id, reason: 'The check is broken', by: ANN } },
        ]);
        expect(await refused(release(id))).toEqual([
          'ConflictError',
          'The gate of shop-checkout-2.4.0 was released already',
        ]);
      },
    );

    it('refuses where no Pod waits', async () => {
      const { id } = await held('Progressing');
      expect(await refused(release(id))).toEqual([
        'ConflictError',
        'No Pod of shop-checkout-2.4.0 waits for its checks: its deployment has begun',
      ]);
      const app = await portal.releases.save(anAppRelease({ cluster: 'eu-1' }));
      expect((await refused(release(app)))[1]).toMatch(
        /^shop-2.4.0 is a version of an app, and only Pods of workloads wait at a gate/,
      );
    });

    it('wants a reason', async () => {
      const { id } = await held();
      expect(await refused(release(id, '   '))).toEqual([
        'InputError',
        expect.stringMatching(/^reason: /),
      ]);
    });

    it('needs its permission, and a cluster that takes orders', async () => {
      const { id } = await held();
      const { id: observed } = await held(undefined, 'us-1');
      expect((await refused(release(observed)))[1]).toBe(
        'Cluster us-1 is only observed: the operator there does not know how to release a gate on request',
      );
      portal.deny(gateReleasePermission.name, CHECKOUT);
      expect(await refused(release(id))).toEqual([
        'NotAllowedError',
        'You may not release gates of component:default/checkout (permission keptn-tasks.gate.release)',
      ]);
    });

    it('shows what was done as soon as the version says so', async () => {
      const { id, sighting } = await held();
      const gateReleased = { by: ANN, reason: 'x', at: at('10:06:00') };
      await portal.releases.save(later(sighting, { gateReleased }));
      const detail = await portal.releaseService.get(
        id,
        { entityRef: CHECKOUT },
        portal.call,
      );
      expect(detail.release).toMatchObject({ state: 'Failed', gateReleased });
    });
  });
});
