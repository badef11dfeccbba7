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
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { useWidgets } from './support/widgets';

describe('CustomResourceDefinition: what is an object, and what may stand in it', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);
  const post = (name: string, spec: Record<string, any>) =>
    api.post(widgets.path(namespace), widgets.make(name, spec));

  it.each([
    [
      'null of a field that is not nullable',
      'null-plain',
      { code: null },
      'code',
      undefined,
    ],
    ['null of a nullable field', 'null-maybe', { maybe: null }, 'maybe', null],
    [
      'null of a field with a default',
      'null-default',
      { mode: null },
      'mode',
      'auto',
    ],
    [
      'an int for an int-or-string',
      'int',
      { portOrName: 80 },
      'portOrName',
      80,
    ],
    [
      'a string for an int-or-string',
      'string',
      { portOrName: 'http' },
      'portOrName',
      'http',
    ],
    ['an integer for a number', 'ratio', { ratio: 1 }, 'ratio', 1],
    ['a duration', 'duration', { timeout: '1m30s' }, 'timeout', '1m30s'],
    [
      'a time',
      'time',
      { when: '2026-01-01T00:00:00Z' },
      'when',
      '2026-01-01T00:00:00Z',
    ],
  ])('accepts %s', async (_, name, spec, field, stored) => {
    const { status, body } = await post(name, spec);
    expect(status).toBe(201);
    expect(body.spec[field]).toEqual(stored);
  });

  it('accepts an object without the optional spec', async () => {
    const { spec: _, ...object } = widgets.make('no-spec');
    const { status, body } = await api.post(widgets.path(namespace), object);
    expect([status, body.spec]).toEqual([201, undefined]);
  });

  it('checks the object as such', async () => {
    const base = widgets.make('odd');
    const send = (object: unknown) => api.post(widgets.path(namespace), object);
    expectStatus(await send({ ...base, kind: 'Wodget' }), {
      code: 422,
      reason: 'Invalid',
      causes: [
        {
          field: 'kind',
          message: `Invalid value: "Wodget": must be ${widgets.kind}`,
        },
      ],
    });
    expectStatus(await send({ ...base, apiVersion: `${widgets.group}/v9` }), {
      code: 400,
      reason: 'BadRequest',
      message: `the API version in the data (${widgets.group}/v9) does not match the expected API version (${widgets.apiVersion})`,
    });
    expectStatus(
      await send({ ...base, metadata: { name: 'odd', namespace: 'other' } }),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'the namespace of the provided object does not match the namespace sent on the request',
      },
    );
    const nameless = await send({ ...base, metadata: {} });
    expectStatus(nameless, { code: 422, reason: 'Invalid' });
    expect(nameless.body.details.causes[0]).toMatchObject({
      reason: 'FieldValueRequired',
      field: 'metadata.name',
      message: 'Required value: name or generateName is required',
    });
    const labels = { 'bad key!': 'x', ok: 'bad value!' };
    expectStatus(await send({ ...base, metadata: { name: 'odd', labels } }), {
      code: 422,
      reason: 'Invalid',
      causes: [{ field: 'metadata.labels' }, { field: 'metadata.labels' }],
    });
  });

  it.each(['{not json', ''])('refuses the body "%s"', async body => {
    expectStatus(await api.post(widgets.path(namespace), body), {
      code: 400,
      reason: 'BadRequest',
    });
  });

  it('refuses content types it does not know', async () => {
    expectStatus(
      await api.post(widgets.path(namespace), 'x', {
        contentType: 'text/plain',
      }),
      { code: 415, reason: 'UnsupportedMediaType' },
    );
    expectStatus(
      await api.get(widgets.path(namespace), { accept: 'image/png' }),
      { code: 406, reason: 'NotAcceptable' },
    );
  });
});
