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

import { refusalOf, startMachinery } from '../__testUtils__/machinery';
import { ResourceType } from '../resources/ResourceType';
import { parseLabelSelector } from '../selectors/labelSelector';
import { listObjects, ListQuery } from './list';

const { api, context } = startMachinery();
const secrets = api.resource('v1', 'Secret');
const type = context.registry.findKind('v1', 'Secret') as ResourceType;
const namespace = 'lists';

const list = (query: ListQuery) => {
  const result = listObjects(context, type, { namespace, ...query });
  return { ...result, names: result.items.map(o => o.metadata.name).join('') };
};
const make = (name: string, labels?: Record<string, string>) =>
  secrets.create({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, labels },
  });

beforeAll(() => {
  api.resource('v1', 'Namespace').create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
  ['e', 'c', 'a', 'd', 'b'].forEach((name, i) =>
    make(name, { odd: `${i % 2}` }),
  );
});

describe('listObjects', () => {
  it('reads page by page, sorted by name', () => {
    const first = list({ limit: 2 });
    expect(first).toMatchObject({ names: 'ab', remainingItemCount: 3 });
    const second = list({ limit: 2, continueToken: first.continueToken });
    expect(second).toMatchObject({ names: 'cd', remainingItemCount: 1 });
    const third = list({ limit: 2, continueToken: second.continueToken });
    expect(third).toMatchObject({ names: 'e' });
    expect([third.continueToken, third.remainingItemCount]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('shows all pages as things were at the first', () => {
    const first = list({ limit: 2 });
    make('aa');
    make('z');
    secrets.delete(namespace, 'd');
    const rest = list({ continueToken: first.continueToken });
    expect([rest.names, rest.resourceVersion]).toEqual([
      'cde',
      first.resourceVersion,
    ]);
    expect(list({}).names).toBe('aaabcez');
    secrets.delete(namespace, 'aa');
    secrets.delete(namespace, 'z');
    make('d');
  });

  it('leaves the count of the rest out where it is not known', () => {
    const labels = parseLabelSelector('odd=0');
    const first = list({ limit: 1, labels });
    expect(first.names).toBe('a');
    expect(first.remainingItemCount).toBeUndefined();
    expect(list({ labels, continueToken: first.continueToken }).names).toBe(
      'be',
    );
  });

  it('answers as of an exact version', () => {
    const before = list({}).resourceVersion;
    make('later');
    const query = { resourceVersion: before, resourceVersionMatch: 'Exact' };
    expect(list(query).names).toBe('abcde');
    secrets.delete(namespace, 'later');
  });

  it('offers a fresh token for one that is too old', () => {
    const { continueToken } = list({ limit: 2 });
    make('new');
    context.store.collection(type.storage).log.compact();
    const refused = refusalOf(() => list({ continueToken }));
    expect([refused.code, refused.reason]).toEqual([410, 'Expired']);
    const rest = list({ continueToken: refused.listMeta.continue });
    expect(rest.names).toBe('cdenew');
    secrets.delete(namespace, 'new');
  });

  it('refuses a token that is none', () => {
    expect(refusalOf(() => list({ continueToken: 'abc' }))).toMatchObject({
      code: 400,
      message:
        "invalid continue token: continue key is not valid: invalid character 'i' looking for beginning of value",
    });
  });
});
