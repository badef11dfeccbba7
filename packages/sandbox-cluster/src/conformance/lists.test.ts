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

import type { ApiResponse } from './client/ApiClient';
import { eventually } from './support/eventually';
import { expectStatus } from './support/expectStatus';
import { configMap } from './support/objects';
import { configMaps, jobs, pods, resourcePath } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { useWidgets } from './support/widgets';

describe('Lists', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);
  // Only what the tests made: a real cluster puts a ConfigMap of its own into every namespace.
  const OURS = 'suite=lists';
  const list = (query: Record<string, any> = {}) =>
    api.get(configMaps(namespace), { query });
  const names = (response: { body: any }) =>
    response.body.items.map((item: any) => item.metadata.name);

  beforeAll(async () => {
    for (let n = 0; n < 5; n++) {
      const tier = n % 2 ? 'odd' : 'even';
      await api.post(
        configMaps(namespace),
        configMap(`c${n}`, { metadata: { labels: { suite: 'lists', tier } } }),
      );
    }
    await api.post(
      configMaps(namespace),
      configMap('plain', { metadata: { labels: { suite: 'lists' } } }),
    );
  });

  it('are sorted by name and carry a resourceVersion', async () => {
    const answer = await list({ labelSelector: OURS });
    expect(answer.body).toMatchObject({
      kind: 'ConfigMapList',
      apiVersion: 'v1',
      metadata: { resourceVersion: expect.stringMatching(/^\d+$/) },
    });
    expect(names(answer)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'plain']);
  });

  it('leave kind and apiVersion out of built-in items, not of custom ones', async () => {
    const [item] = (await list({ labelSelector: OURS })).body.items;
    expect([item.kind, item.apiVersion]).toEqual([undefined, undefined]);
    await api.post(widgets.path(namespace), widgets.make('typed'));
    const [widget] = (await api.get(widgets.path(namespace))).body.items;
    expect([widget.kind, widget.apiVersion]).toEqual([
      widgets.kind,
      widgets.apiVersion,
    ]);
  });

  it('span namespaces', async () => {
    const answer = await api.get(
      resourcePath(widgets.apiVersion, undefined, widgets.plural),
    );
    expect(answer.body.items).toContainEqual(
      expect.objectContaining({
        metadata: expect.objectContaining({ namespace }),
      }),
    );
  });

  it('come in pages of one state', async () => {
    const first = await list({ limit: 2 });
    expect(names(first)).toEqual(['c0', 'c1']);
    expect(first.body.metadata.remainingItemCount).toBeGreaterThanOrEqual(4);
    await api.post(configMaps(namespace), configMap('c9-between-pages'));
    const rest: string[] = [];
    let token = first.body.metadata.continue;
    while (token) {
      const page = await list({ limit: 2, continue: token });
      expect(page.body.metadata.resourceVersion).toBe(
        first.body.metadata.resourceVersion,
      );
      rest.push(...names(page));
      token = page.body.metadata.continue;
    }
    expect(rest).toEqual(expect.arrayContaining(['c2', 'c3', 'c4', 'plain']));
    expect(rest).not.toContain('c9-between-pages');
    await api.delete(configMaps(namespace, 'c9-between-pages'));
  });

  it('do not tell what remains when they are filtered', async () => {
    const answer = await list({ limit: 1, labelSelector: OURS });
    expect(names(answer)).toEqual(['c0']);
    expect(answer.body.metadata.continue).toEqual(expect.any(String));
    expect(answer.body.metadata.remainingItemCount).toBeUndefined();
  });

  it('refuse a continue token that is none', async () => {
    expectStatus(await list({ limit: 2, continue: 'abc' }), {
      code: 400,
      reason: 'BadRequest',
      message: /^invalid continue token: continue key is not valid/,
    });
  });

  // Servers forget old states after five minutes: a cluster younger than that still has them all.
  const untilForgotten = (ask: () => Promise<ApiResponse>) =>
    eventually(
      'old states forgotten',
      async () => {
        const answer = await ask();
        return answer.status === 200 ? undefined : answer;
      },
      330_000,
    );

  it('answer Expired with a fresh token when a continue token is too old', async () => {
    const { continue: token } = (await list({ limit: 2 })).body.metadata;
    const old = {
      ...JSON.parse(Buffer.from(token, 'base64url').toString()),
      rv: 1,
    };
    const refused = await untilForgotten(() =>
      list({
        limit: 2,
        continue: Buffer.from(JSON.stringify(old)).toString('base64url'),
      }),
    );
    expectStatus(refused, {
      code: 410,
      reason: 'Expired',
      message: /^The provided continue parameter is too old/,
    });
    const fresh = refused.body.metadata.continue;
    const page = await list({ limit: 2, continue: fresh });
    expect([page.status, names(page)]).toEqual([200, ['c2', 'c3']]);
  }, 340_000);

  it('read the state of a resourceVersion, and anything newer than one', async () => {
    const before = (await list()).body.metadata.resourceVersion;
    await api.post(configMaps(namespace), configMap('newer'));
    const exact = await list({
      resourceVersion: before,
      resourceVersionMatch: 'Exact',
    });
    expect(exact.body.metadata.resourceVersion).toBe(before);
    expect(names(exact)).not.toContain('newer');
    const { body } = await api.get(configMaps(namespace, 'newer'));
    const notOlder = await list({
      resourceVersion: body.metadata.resourceVersion,
      resourceVersionMatch: 'NotOlderThan',
    });
    expect(names(notOlder)).toContain('newer');
    expect((await list({ resourceVersion: '0' })).status).toBe(200);
    await api.delete(configMaps(namespace, 'newer'));
  });

  it('answer Expired for an exact state that is too old', async () => {
    const refused = await untilForgotten(() =>
      list({ resourceVersion: '1', resourceVersionMatch: 'Exact' }),
    );
    expectStatus(refused, { code: 410, reason: 'Expired' });
  }, 340_000);

  it('wait for a resourceVersion that is to come, and give up', async () => {
    const refused = await list({ resourceVersion: '999999999999' });
    expectStatus(refused, {
      code: 504,
      reason: 'Timeout',
      message: /^Timeout: Too large resource version: 999999999999, current: /,
      causes: [{ reason: 'ResourceVersionTooLarge' }],
    });
    expect(refused.headers['retry-after']).toBe('1');
  });

  it.each([
    [{ resourceVersion: 'abc' }, 400, /^invalid resource version: /],
    [
      { resourceVersionMatch: 'Exact' },
      422,
      /resourceVersionMatch is forbidden unless resourceVersion is provided/,
    ],
    [
      { sendInitialEvents: true },
      422,
      /sendInitialEvents is forbidden for list/,
    ],
  ])('refuse %j', async (query, code, message) => {
    expectStatus(await list(query), { code, message });
  });

  it.each([
    ['tier=even', ['c0', 'c2', 'c4']],
    ['tier==even', ['c0', 'c2', 'c4']],
    ['tier!=even', ['c1', 'c3', 'plain']],
    ['tier in (even, odd)', ['c0', 'c1', 'c2', 'c3', 'c4']],
    ['tier notin (even)', ['c1', 'c3', 'plain']],
    ['tier', ['c0', 'c1', 'c2', 'c3', 'c4']],
    ['!tier', ['plain']],
  ])('are filtered by the labels %s', async (selector, wanted) => {
    const answer = await list({ labelSelector: `${OURS},${selector}` });
    expect(names(answer)).toEqual(wanted);
  });

  it.each(['a===b', 'a=bad value!'])(
    'refuse the label selector %s',
    async labelSelector => {
      expectStatus(await list({ labelSelector }), {
        code: 400,
        reason: 'BadRequest',
        message: /expected: |unable to parse/,
      });
    },
  );

  it('are filtered by name', async () => {
    expect(names(await list({ fieldSelector: 'metadata.name=c1' }))).toEqual([
      'c1',
    ]);
    const others = await list({
      labelSelector: OURS,
      fieldSelector: 'metadata.name!=c1',
    });
    expect(names(others)).toEqual(['c0', 'c2', 'c3', 'c4', 'plain']);
  });

  it('refuse field selectors they do not know', async () => {
    expectStatus(await list({ fieldSelector: 'data.key=value' }), {
      code: 400,
      reason: 'BadRequest',
      message:
        '"data.key" is not a known field selector: only "metadata.name", "metadata.namespace"',
    });
    expectStatus(await list({ fieldSelector: 'abc' }), {
      code: 400,
      reason: 'BadRequest',
      message: "invalid selector: 'abc'; can't understand 'abc'",
    });
    for (const [path, selector] of [
      [pods(namespace), 'spec.priority'],
      [widgets.path(namespace), 'spec.color'],
    ]) {
      expectStatus(
        await api.get(path, { query: { fieldSelector: `${selector}=x` } }),
        {
          code: 400,
          reason: 'BadRequest',
          message: `field label not supported: ${selector}`,
        },
      );
    }
  });

  it.each([
    ['pods', 'status.phase=Running'],
    ['pods', 'spec.nodeName=node-1,status.phase!=Running'],
    ['jobs', 'status.successful=0'],
  ])('of %s can be filtered by %s', async (resource, fieldSelector) => {
    const path = resource === 'pods' ? pods(namespace) : jobs(namespace);
    const { status, body } = await api.get(path, { query: { fieldSelector } });
    expect([status, body.items]).toEqual([200, []]);
  });
});
