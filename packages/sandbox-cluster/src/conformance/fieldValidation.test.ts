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

import { expectStatus } from './support/expectStatus';
import { configMap } from './support/objects';
import { configMaps } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { useWidgets } from './support/widgets';

const UNKNOWN = [
  'metadata.unknownMeta',
  'spec.bogus',
  'spec.inner.other',
  'spec.parts[0].extra',
  'topLevel',
];
const WARNINGS = UNKNOWN.map(path => `299 - "unknown field \\"${path}\\""`);

describe('Unknown fields', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);

  /** An object with a field nobody knows on every level. */
  const surprising = (name: string) => {
    const object: any = widgets.make(name, {
      bogus: 1,
      inner: { other: 'x' },
      free: { any: { thing: [1, 2] } },
      parts: [{ name: 'a', extra: true }],
    });
    object.metadata.unknownMeta = 'x';
    object.topLevel = 'x';
    return object;
  };
  const pruned = {
    size: 2,
    color: 'blue',
    mode: 'auto',
    inner: { retries: 3 },
    free: { any: { thing: [1, 2] } },
    parts: [{ name: 'a', count: 1 }],
  };

  it.each([
    ['nothing', undefined, WARNINGS],
    ['Warn', 'Warn', WARNINGS],
    ['Ignore', 'Ignore', []],
  ])(
    'are pruned when fieldValidation asks for %s',
    async (word, fieldValidation, warnings) => {
      const {
        status,
        body,
        warnings: got,
      } = await api.post(
        widgets.path(namespace),
        surprising(`prune-${word.toLowerCase()}`),
        { query: { fieldValidation } },
      );
      expect(status).toBe(201);
      expect(body.spec).toEqual(pruned);
      expect(body.topLevel).toBeUndefined();
      expect(body.metadata.unknownMeta).toBeUndefined();
      expect(got).toEqual(warnings);
    },
  );

  it('are refused when fieldValidation asks for Strict', async () => {
    const list = UNKNOWN.map(path => `unknown field "${path}"`).join(', ');
    expectStatus(
      await api.post(widgets.path(namespace), surprising('prune-strict'), {
        query: { fieldValidation: 'Strict' },
      }),
      {
        code: 400,
        reason: 'BadRequest',
        message: `${widgets.kind} in version "v1" cannot be handled as a ${widgets.kind}: strict decoding error: ${list}`,
      },
    );
  });

  it('are refused in a patch that asks for Strict, and pruned in others', async () => {
    await api.post(widgets.path(namespace), widgets.make('patched'));
    const path = widgets.path(namespace, 'patched');
    const change = { spec: { bogus: 2, size: 3 } };
    expectStatus(
      await api.patch(path, change, 'merge', {
        query: { fieldValidation: 'Strict' },
      }),
      {
        code: 422,
        reason: 'Invalid',
        message: /strict decoding error: unknown field "spec\.bogus"/,
      },
    );
    const { status, body, warnings } = await api.patch(path, change);
    expect([status, body.spec.size, body.spec.bogus]).toEqual([
      200,
      3,
      undefined,
    ]);
    expect(warnings).toEqual([WARNINGS[1]]);
  });

  it('are refused in built-in objects the same way', async () => {
    const object = configMap('built-in', { bogus: 1 });
    expectStatus(
      await api.post(configMaps(namespace), object, {
        query: { fieldValidation: 'Strict' },
      }),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "bogus"',
      },
    );
    const { status, warnings, body } = await api.post(
      configMaps(namespace),
      object,
    );
    expect([status, body.bogus]).toEqual([201, undefined]);
    expect(warnings).toEqual(['299 - "unknown field \\"bogus\\""']);
  });

  it('finds a key that stands twice', async () => {
    const text = JSON.stringify(widgets.make('twice')).replace(
      '"size":2',
      '"size":1,"size":2',
    );
    expectStatus(
      await api.post(widgets.path(namespace), text, {
        query: { fieldValidation: 'Strict' },
      }),
      {
        code: 400,
        reason: 'BadRequest',
        message: /strict decoding error: duplicate field "spec\.size"$/,
      },
    );
  });

  it('refuses a fieldValidation it does not know', async () => {
    expectStatus(
      await api.post(widgets.path(namespace), widgets.make('fv'), {
        query: { fieldValidation: 'Maybe' },
      }),
      {
        code: 422,
        reason: 'Invalid',
        message:
          /^CreateOptions\.meta\.k8s\.io "" is invalid: fieldValidation:/,
        causes: [
          { reason: 'FieldValueNotSupported', field: 'fieldValidation' },
        ],
      },
    );
  });
});
