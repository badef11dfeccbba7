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

import { mockCredentials } from '@backstage/backend-test-utils';
import type { TriggerRequest } from 'backstage-plugin-keptn-tasks-common';
import {
  anOutcome,
  anUpdate,
  aReservation,
  aSighting,
} from '../__testUtils__/historyBuilders';
import {
  ANN,
  aRequest,
  CART,
  CHECKOUT,
  TestPortal,
} from '../__testUtils__/testPortal';
import { ClusterError } from '../cluster/ClusterError';

describe('DefaultRunService', () => {
  let portal: TestPortal;
  beforeEach(async () => {
    portal = await TestPortal.start();
  });
  afterEach(() => portal.stop());

  const trigger = (request: Partial<TriggerRequest> = {}, key?: string) =>
    portal.service.trigger(
      { ...aRequest, ...request },
      { idempotencyKey: key },
      portal.call,
    );
  const refused = async (work: Promise<unknown>) => {
    const error: any = await work.then(
      () => {
        throw new Error('It was not refused');
      },
      thrown => thrown,
    );
    return [error.name, error.message];
  };
  const onlyTask = () => [...portal.eu.tasks.values()][0];

  describe('trigger', () => {
    it('records who asked for what, and creates the task', async () => {
      const { detail, created } = await trigger({
        parameters: { url: 'http://other' },
        secureParameters: 'token',
        retries: 2,
        timeout: '1h30m',
        context: { workloadVersion: '2.4.0' },
      });
      expect(created).toBe(true);
      expect(detail.run).toMatchObject({
        entityRef: CHECKOUT,
        cluster: 'eu-1',
        namespace: 'shop',
        definition: { name: 'smoke-test' },
        state: 'Pending',
        version: '2.4.0',
        trigger: { source: 'portal', by: ANN },
      });
      const task = onlyTask();
      expect(task.metadata.name).toBe(
        `smoke-test-${detail.run.id.slice(0, 8)}`,
      );
      expect(task.metadata.annotations).toEqual({
        'keptn-tasks/run-id': detail.run.id,
        'keptn-tasks/entity-ref': CHECKOUT,
        'keptn-tasks/triggered-by': ANN,
      });
      expect(task.spec).toEqual({
        taskDefinition: 'smoke-test',
        context: { workloadVersion: '2.4.0' },
        parameters: { map: { url: 'http://other' } },
        secureParameters: { secret: 'token' },
        retries: 2,
        timeout: '1h30m',
      });
    });

    it('leaves to the definition what the request does not say', async () => {
      await trigger();
      expect(onlyTask().spec).toEqual({ taskDefinition: 'smoke-test' });
    });

    it('names a service by its subject', async () => {
      const { detail } = await portal.service.trigger(
        aRequest,
        {},
        { credentials: mockCredentials.service('plugin:scaffolder') },
      );
      expect(detail.run.trigger.by).toBe('plugin:scaffolder');
    });

    it.each<[string, Partial<TriggerRequest>, string, RegExp]>([
      [
        'an unknown cluster',
        { cluster: 'mars' },
        'InputError',
        /^cluster: there is no cluster 'mars'; there is eu-1, us-1$/,
      ],
      [
        'a namespace that the entity does not name',
        { namespace: 'kube-system' },
        'NotAllowedError',
        /^namespace: .*its annotations name eu-1\/shop, us-1\/shop, eu-1\/payments$/,
      ],
      [
        'a namespace that the configuration gives to others',
        { namespace: 'payments' },
        'NotAllowedError',
        /^namespace: .*entities of other owners.*keptnTasks\.clusters\[0\]\.namespaces/,
      ],
      [
        'a definition beyond its annotation',
        { entityRef: CART, definition: 'migrate' },
        'NotAllowedError',
        /^definition: .*may not run 'migrate'.*smoke-\*, report$/,
      ],
      [
        'a definition beyond the configuration',
        { entityRef: CART, namespace: 'limited', definition: 'report' },
        'NotAllowedError',
        /^definition: .*may not run 'report'.*it may run smoke-\*$/,
      ],
      [
        'a definition that does not exist',
        { definition: 'smoke-tset' },
        'InputError',
        /^definition: .*smoke-tset.*neither in namespace shop nor in keptn-system/,
      ],
      [
        'a parameter that the definition does not have',
        { parameters: { urll: 'x' } },
        'InputError',
        /^parameters: .*no parameter 'urll'; it has retries, url$/,
      ],
      [
        'parameters that no process could be given',
        {
          parameters: { url: 'x'.repeat(65_536), retries: 'x'.repeat(65_536) },
        },
        'InputError',
        /^parameters are \d+ bytes/,
      ],
      [
        'a context that no list could carry',
        { context: { metadata: { commit: 'x'.repeat(20_000) } } },
        'InputError',
        /^context is \d+ bytes/,
      ],
      [
        'a timeout that is none',
        { timeout: 'soon' },
        'InputError',
        /^timeout is "soon"/,
      ],
      [
        'a timeout that is too short',
        { timeout: '10ms' },
        'InputError',
        /^timeout .* at least 1s/,
      ],
      [
        'a Secret name that is none',
        { secureParameters: 'My Secret' },
        'InputError',
        /^secureParameters is/,
      ],
    ])('refuses %s', async (_, request, name, message) => {
      expect(await refused(trigger(request))).toEqual([
        name,
        expect.stringMatching(message),
      ]);
      expect(portal.eu.tasks.size).toBe(0);
      expect(await portal.runs.listUnfinished('eu-1')).toEqual([]);
    });

    it('refuses whoever may read but not start with 403, whoever may not read with 404', async () => {
      portal.deny('keptn-tasks.run.create');
      expect(await refused(trigger())).toEqual([
        'NotAllowedError',
        `You may not start runs for ${CHECKOUT} (permission keptn-tasks.run.create)`,
      ]);
      portal.deny('keptn-tasks.run.read');
      expect(await refused(trigger())).toEqual([
        'NotFoundError',
        `There is no entity ${CHECKOUT}, or you may not see its runs`,
      ]);
      expect(portal.eu.requests).toBe(0);
    });

    it('does not tell an entity that is missing from one that is hidden', async () => {
      const entityRef = 'component:default/none';
      expect(await refused(trigger({ entityRef }))).toEqual([
        'NotFoundError',
        `There is no entity ${entityRef}, or you may not see its runs`,
      ]);
    });

    it('accepts other parameters where the configuration allows them', async () => {
      await portal.stop();
      portal = await TestPortal.start({ allowExtraParameters: true });
      await trigger({ parameters: { extra: '1' } });
      expect(onlyTask().spec.parameters).toEqual({ map: { extra: '1' } });
    });

    it('answers a repeated key with the same run and starts nothing', async () => {
      const first = await trigger({}, 'key');
      const again = await trigger({}, 'key');
      expect(again).toMatchObject({
        created: false,
        detail: { run: { id: first.detail.run.id } },
      });
      expect(portal.eu.tasks.size).toBe(1);
    });

    it('starts one run for requests that come at the same time', async () => {
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => trigger({}, 'key')),
      );
      expect(new Set(answers.map(({ detail }) => detail.run.id)).size).toBe(1);
      expect(answers.filter(({ created }) => created)).toHaveLength(1);
      expect(portal.eu.tasks.size).toBe(1);
    });

    it('keeps the keys of two callers apart', async () => {
      const mine = await trigger({}, 'key');
      const theirs = await portal.service.trigger(
        aRequest,
        { idempotencyKey: 'key' },
        { credentials: mockCredentials.user('user:default/bob') },
      );
      expect(theirs.detail.run.id).not.toBe(mine.detail.run.id);
    });

    it('refuses a key that stands for another request', async () => {
      await trigger({}, 'key');
      expect(await refused(trigger({ retries: 9 }, 'key'))).toEqual([
        'ConflictError',
        expect.stringMatching(/^Idempotency-Key/),
      ]);
    });

    it('creates the task of a run that was interrupted before it had one', async () => {
      portal.eu.failNextCreate(new ClusterError('unavailable', 'reset'));
      expect((await refused(trigger({}, 'key')))[0]).toBe(
        'ServiceUnavailableError',
      );
      expect(portal.eu.tasks.size).toBe(0);
      const { created, detail } = await trigger({}, 'key');
      expect(created).toBe(false);
      expect(onlyTask().metadata.annotations?.['keptn-tasks/run-id']).toBe(
        detail.run.id,
      );
    });

    it('takes up a task whose creation was not answered', async () => {
      portal.eu.failNextCreate(new ClusterError('unavailable', 'reset'), {
        afterwards: true,
      });
      await refused(trigger({}, 'key'));
      await trigger({}, 'key');
      expect(portal.eu.tasks.size).toBe(1);
    });

    it.each([
      ['invalid', {}, 'InputError'],
      ['forbidden', {}, 'ConflictError'],
      ['forbidden', { missingRight: true }, 'ServiceUnavailableError'],
      ['not-found', {}, 'ServiceUnavailableError'],
    ] as const)(
      'ends the run when the cluster refuses the task as %s %p',
      async (kind, options, name) => {
        portal.eu.failNextCreate(new ClusterError(kind, 'no because', options));
        const [thrown, message] = await refused(trigger());
        expect(thrown).toBe(name);
        expect(message).toMatch(
          /^Cluster eu-1 refused to create task shop\/.*no because/,
        );
        const { items } = await portal.service.list(
          { entityRef: CHECKOUT },
          portal.call,
        );
        expect(items).toEqual([
          expect.objectContaining({
            state: 'Failed',
            reason: 'CreateRefused',
            message,
          }),
        ]);
      },
    );

    it('says that the cluster is away rather than that the definition is missing', async () => {
      portal.eu.reachable = false;
      expect(await refused(trigger({ definition: 'unknown' }))).toEqual([
        'ServiceUnavailableError',
        expect.stringContaining('Cluster eu-1 does not say whether'),
      ]);
    });

    it('finds a definition that the cache has not seen yet', async () => {
      portal.eu.known = false;
      expect((await trigger()).created).toBe(true);
      const { targets } = await portal.service.definitions(
        CHECKOUT,
        portal.call,
      );
      expect(targets[0]).toMatchObject({
        available: false,
        message: expect.stringContaining('being read'),
      });
    });

    it('writes the audit log, without values of parameters', async () => {
      await trigger({ parameters: { url: 'http://user:secret@x' } });
      expect(portal.auditor.createEvent).toHaveBeenCalledWith(
        expect.objectContaining({
          eventId: 'run-trigger',
          severityLevel: 'medium',
          meta: expect.objectContaining({ parameters: ['url'], by: ANN }),
        }),
      );
      expect(
        JSON.stringify(portal.auditor.createEvent.mock.calls),
      ).not.toContain('secret@');
    });
  });

  describe('reading', () => {
    it('shows runs without an entity through an entity that reaches them, and not through another', async () => {
      const { id } = await portal.runs.sight(
        aSighting({ cluster: 'eu-1', definitionName: 'load-check' }),
      );
      const through = (entityRef?: string) =>
        portal.service.get(id, { entityRef }, portal.call);
      expect((await through(CHECKOUT)).run.id).toBe(id);
      expect((await refused(through(CART)))[0]).toBe('NotFoundError');
      expect(await refused(through())).toEqual([
        'NotFoundError',
        expect.stringContaining('pass entityRef'),
      ]);
      portal.deny('keptn-tasks.run.read');
      expect((await refused(through(CHECKOUT)))[0]).toBe('NotFoundError');

      const { items } = await portal.service.list(
        { entityRef: CART },
        portal.call,
      );
      expect(items).toEqual([]);
    });

    it('shows runs of an entity to those only who may read that entity', async () => {
      const { detail } = await trigger();
      const { id } = detail.run;
      portal.deny('keptn-tasks.run.read');
      for (const work of [
        portal.service.get(id, { entityRef: CART }, portal.call),
        portal.service.log(id, { entityRef: CART }, portal.call),
        portal.service.rerun(id, { entityRef: CART }, {}, portal.call),
        portal.service.cancel(id, { entityRef: CART }, portal.call),
        portal.service.followLog(
          id,
          { signal: new AbortController().signal },
          portal.call,
          { lines: async () => {}, attempt: async () => {} },
        ),
      ]) {
        expect((await refused(work))[0]).toBe('NotFoundError');
      }
      for (const work of [
        portal.service.list({ entityRef: CHECKOUT }, portal.call),
        portal.service.count({ entityRef: CHECKOUT }, portal.call),
        portal.service.definitions(CHECKOUT, portal.call),
        portal.service.followTransitions(
          { entityRef: CHECKOUT },
          portal.call,
          () => {},
        ),
      ]) {
        expect(await refused(work)).toEqual([
          'NotFoundError',
          `There is no entity ${CHECKOUT}, or you may not see its runs`,
        ]);
      }
    });

    it('hides the runs of an entity that the catalog does not show to the caller', async () => {
      const { runId } = await portal.runs.reserve(
        aReservation({
          cluster: 'eu-1',
          entityRef: 'component:default/hidden',
        }),
      );
      for (const entityRef of [undefined, CHECKOUT]) {
        for (const work of [
          portal.service.get(runId, { entityRef }, portal.call),
          portal.service.log(runId, { entityRef }, portal.call),
          portal.service.rerun(runId, { entityRef }, {}, portal.call),
          portal.service.cancel(runId, { entityRef }, portal.call),
        ]) {
          expect(await refused(work)).toEqual([
            'NotFoundError',
            expect.stringContaining(`There is no run ${runId}`),
          ]);
        }
      }
    });

    it('compares with earlier runs that the caller may see, and with no others', async () => {
      const earlier = await portal.runs.sight(aSighting({ cluster: 'eu-1' }));
      await portal.runs.update(earlier.id, anOutcome());
      const { detail } = await trigger();
      expect(detail.previous?.id).toBe(earlier.id);
      const again = await portal.service.get(detail.run.id, {}, portal.call);
      expect(again.lastGood?.id).toBe(earlier.id);

      const theirs = await trigger({ entityRef: CART });
      expect(theirs.detail.previous?.id).toBe(earlier.id);
    });

    it('asks no cluster for pages of runs', async () => {
      const { id } = await portal.runs.sight(aSighting({ cluster: 'eu-1' }));
      await Promise.all(
        Array.from({ length: 100 }, async () => {
          await portal.service.list({ entityRef: CHECKOUT }, portal.call);
          await portal.service.count({ entityRef: CHECKOUT }, portal.call);
          await portal.service.get(id, { entityRef: CHECKOUT }, portal.call);
          await portal.service.definitions(CHECKOUT, portal.call);
        }),
      );
      expect(portal.eu.requests).toBe(0);
    });
  });

  describe('rerun', () => {
    it('repeats a run with its own parameters, and says of which run', async () => {
      const { detail: first } = await trigger({
        parameters: { url: 'http://a' },
        retries: 1,
      });
      const { detail } = await portal.service.rerun(
        first.run.id,
        { timeout: '5m' },
        {},
        portal.call,
      );
      expect(detail.run).toMatchObject({
        rerunOf: first.run.id,
        trigger: { source: 'rerun', by: ANN },
      });
      const task = [...portal.eu.tasks.values()].at(-1)!;
      expect(task.spec).toEqual({
        taskDefinition: 'smoke-test',
        parameters: { map: { url: 'http://a' } },
        retries: 1,
        timeout: '5m',
      });
      expect(task.metadata.annotations).toMatchObject({
        'keptn-tasks/rerun-of': first.run.id,
      });
    });

    it('repeats what somebody applied by hand, through an entity', async () => {
      const { id } = await portal.runs.sight(
        aSighting({
          cluster: 'eu-1',
          taskSpec: {
            taskDefinition: 'smoke-test',
            parameters: { map: { extra: '1' } },
            context: { metadata: { traceparent: '00-1', team: 'shop' } },
          },
        }),
      );
      const { detail } = await portal.service.rerun(
        id,
        { entityRef: CHECKOUT, parameters: { extra: '2' } },
        {},
        portal.call,
      );
      expect(detail.run.entityRef).toBe(CHECKOUT);
      expect(onlyTask().spec).toMatchObject({
        parameters: { map: { extra: '2' } },
        context: { metadata: { team: 'shop' } },
      });
      expect(JSON.stringify(onlyTask().spec)).not.toContain('traceparent');
    });

    it('needs the right to start runs, and the place must still be allowed', async () => {
      const { detail } = await trigger();
      const again = () =>
        portal.service.rerun(detail.run.id, {}, {}, portal.call);
      portal.deny('keptn-tasks.run.create');
      expect(await refused(again())).toEqual([
        'NotAllowedError',
        expect.stringContaining('You may not start runs'),
      ]);
      portal.denied.clear();
      portal.eu.definitions.length = 0;
      expect((await refused(again()))[0]).toBe('InputError');
    });
  });

  describe('cancel', () => {
    it('asks the cluster, with reason and person, and remembers it', async () => {
      const { detail } = await trigger();
      const answer = await portal.service.cancel(
        detail.run.id,
        { reason: 'wrong version' },
        portal.call,
      );
      expect(answer.run.cancelRequested).toBe(true);
      expect(onlyTask().metadata.annotations).toMatchObject({
        'keptn-tasks/cancel': `wrong version (${ANN})`,
      });
    });

    it("leaves a task alone that was given the name of the run's since", async () => {
      const { detail } = await trigger();
      const task = onlyTask();
      await portal.runs.sight(
        aSighting({
          cluster: 'eu-1',
          uid: 'the-first-one',
          runId: detail.run.id,
          taskName: task.metadata.name,
        }),
      );
      expect(
        await refused(portal.service.cancel(detail.run.id, {}, portal.call)),
      ).toEqual([
        'ConflictError',
        expect.stringContaining('There is no task shop/'),
      ]);
      expect(task.metadata.annotations).not.toHaveProperty(
        'keptn-tasks/cancel',
      );
    });

    it('refuses whoever may read but not cancel', async () => {
      const { detail } = await trigger();
      portal.deny('keptn-tasks.run.cancel');
      expect(
        await refused(portal.service.cancel(detail.run.id, {}, portal.call)),
      ).toEqual([
        'NotAllowedError',
        `You may not cancel runs of ${CHECKOUT} (permission keptn-tasks.run.cancel)`,
      ]);
      expect(onlyTask().metadata.annotations).not.toHaveProperty(
        'keptn-tasks/cancel',
      );
    });

    it('refuses a run that has ended, and one of an observed cluster', async () => {
      const { detail } = await trigger();
      await portal.runs.update(detail.run.id, anOutcome());
      expect(
        await refused(portal.service.cancel(detail.run.id, {}, portal.call)),
      ).toEqual([
        'ConflictError',
        expect.stringContaining('has ended already: it is Succeeded'),
      ]);
      const { id } = await portal.runs.sight(aSighting({ cluster: 'us-1' }));
      await portal.runs.update(id, anUpdate());
      expect(
        await refused(
          portal.service.cancel(id, { entityRef: CHECKOUT }, portal.call),
        ),
      ).toEqual(['ConflictError', expect.stringContaining('only observed')]);
    });
  });

  describe('definitions', () => {
    it('shows what can run where, with problems and last results', async () => {
      portal.eu.define(
        'keptn-system',
        'shared',
        {
          container: { name: 'c', image: 'busybox' },
        },
        { 'keptn-tasks/description': 'For everybody' },
      );
      portal.eu.define('keptn-system', 'smoke-test', { python: {} });
      portal.eu.define('shop', 'broken', { deno: {} });
      const { id } = await portal.runs.sight(aSighting({ cluster: 'eu-1' }));
      await portal.runs.update(id, anOutcome({ state: 'Failed' }));

      const list = await portal.service.definitions(CHECKOUT, portal.call);
      const byName = Object.fromEntries(
        list.items.map(item => [`${item.cluster}/${item.name}`, item]),
      );
      expect(Object.keys(byName)).toEqual([
        'eu-1/broken',
        'eu-1/shared',
        'eu-1/smoke-test',
      ]);
      expect(byName['eu-1/smoke-test']).toMatchObject({
        namespace: 'shop',
        shared: false,
        runner: 'deno',
        timeout: '90s',
        parameters: [
          { name: 'retries', value: '3', source: 'definition' },
          { name: 'url', value: 'http://checkout' },
        ],
        phase: 'none',
        lastRun: { id, state: 'Failed' },
        recentRuns: [{ id, state: 'Failed', durationMs: 4000 }],
      });
      expect(byName['eu-1/shared']).toMatchObject({
        shared: true,
        runner: 'container',
        image: 'busybox',
        description: 'For everybody',
      });
      expect(byName['eu-1/broken'].problem).toMatch(/exactly one of inline/);
      expect(list.targets).toEqual([
        {
          cluster: 'eu-1',
          clusterTitle: 'Europe',
          namespace: 'shop',
          available: true,
        },
        { cluster: 'us-1', namespace: 'shop', available: true },
        expect.objectContaining({
          namespace: 'payments',
          available: false,
          message: expect.stringContaining('other owners'),
        }),
      ]);
      expect(list.problem).toBeUndefined();
    });

    it('shows the other clusters when one is away', async () => {
      portal.us.define('shop', 'smoke-test', {
        deno: { inline: { code: '1' } },
      });
      portal.eu.reachable = false;
      const list = await portal.service.definitions(CHECKOUT, portal.call);
      expect(list.items.map(item => item.cluster)).toContain('us-1');
      expect(list.targets[0]).toMatchObject({
        cluster: 'eu-1',
        available: false,
        message: 'Nobody answers at 127.0.0.1:1.',
      });
      expect(list.targets[1]).toMatchObject({
        cluster: 'us-1',
        available: true,
      });
    });

    it('hides the last results of other entities', async () => {
      await trigger({ entityRef: CART });
      const { items } = await portal.service.definitions(CHECKOUT, portal.call);
      expect(items[0].lastRun).toBeUndefined();
      const theirs = await portal.service.definitions(CART, portal.call);
      expect(theirs.items[0].lastRun).toBeDefined();
    });
  });
});
