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
import { configMaps, namespaces, secrets } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

describe('Validation of built-in objects', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);

  it.each([
    ['Not_Valid', /a lowercase RFC 1123 subdomain must consist of/],
    ['a'.repeat(254), /must be no more than 253 (characters|bytes)/],
  ])('refuses the name %s', async (name, message) => {
    expectStatus(await api.post(configMaps(namespace), configMap(name)), {
      code: 422,
      reason: 'Invalid',
      message,
      details: { name, kind: 'ConfigMap' },
      causes: [{ reason: 'FieldValueInvalid', field: 'metadata.name' }],
    });
  });

  it('refuses a namespace name with a dot', async () => {
    expectStatus(
      await api.post(namespaces(), {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'has.dot' },
      }),
      {
        code: 422,
        reason: 'Invalid',
        message:
          'Namespace "has.dot" is invalid: metadata.name: Invalid value: "has.dot": must not contain dots',
      },
    );
  });

  it('refuses a key that cannot be a file name', async () => {
    expectStatus(
      await api.post(
        configMaps(namespace),
        configMap('keys', { data: { 'bad key': 'x' } }),
      ),
      {
        code: 422,
        reason: 'Invalid',
        message:
          /data\[bad key\]: Invalid value: "bad key": a valid config key/,
        causes: [{ reason: 'FieldValueInvalid', field: 'data[bad key]' }],
      },
    );
  });

  it('keeps an immutable ConfigMap as it is', async () => {
    await api.post(
      configMaps(namespace),
      configMap('frozen', { immutable: true }),
    );
    expectStatus(
      await api.patch(configMaps(namespace, 'frozen'), { data: { key: 'z' } }),
      {
        code: 422,
        reason: 'Invalid',
        message:
          'ConfigMap "frozen" is invalid: data: Forbidden: field is immutable when `immutable` is set',
        causes: [{ reason: 'FieldValueForbidden', field: 'data' }],
      },
    );
  });

  it('stores stringData of a Secret as base64 data', async () => {
    const { status, body } = await api.post(secrets(namespace), {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'plain' },
      stringData: { user: 'me' },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ data: { user: 'bWU=' }, type: 'Opaque' });
    expect(body.stringData).toBeUndefined();
  });

  it('refuses Secret data that is not base64', async () => {
    expectStatus(
      await api.post(secrets(namespace), {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'broken' },
        data: { user: '***' },
      }),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 0',
      },
    );
  });

  it('refuses a value of the wrong type', async () => {
    expectStatus(
      await api.post(
        configMaps(namespace),
        configMap('typed', { data: { key: 1 } }),
      ),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          /^ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string$/,
      },
    );
  });

  it('reads a body in YAML', async () => {
    const { status, body } = await api.post(
      configMaps(namespace),
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: yaml\ndata:\n  a: b\n',
      { contentType: 'application/yaml' },
    );
    expect([status, body.data]).toEqual([201, { a: 'b' }]);
  });
});
