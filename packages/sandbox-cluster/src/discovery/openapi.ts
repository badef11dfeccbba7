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

import { createHash } from 'node:crypto';
import { Registry } from '../resources/Registry';
import { ResourceType } from '../resources/ResourceType';
import { Json } from '../schema/json';
import { Schema } from '../schema/Schema';
import { objectMeta } from '../service/objectMeta';
import { groupsOf } from './discovery';

const VERBS: Record<string, string> = {
  post: 'post',
  put: 'put',
  patch: 'patch',
  get: 'get',
  delete: 'delete',
};

const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/apply-patch+yaml',
];

/** `/openapi/v3`: where the document of each group and version is. */
export function openApiIndex(registry: Registry): Json {
  const names = [
    'api/v1',
    ...groupsOf(registry).flatMap(({ name, versions }) =>
      versions.map(version => `apis/${name}/${version}`),
    ),
  ];
  const entries = names.map(name => {
    const text = JSON.stringify(openApiDocument(registry, name));
    const hash = createHash('sha512').update(text).digest('hex').toUpperCase();
    return [name, { serverRelativeURL: `/openapi/v3/${name}?hash=${hash}` }];
  });
  return { paths: Object.fromEntries(entries) };
}

/** The document of one group and version, named as in the index. */
export function openApiDocument(
  registry: Registry,
  name: string,
): Json | undefined {
  const parts = name.split('/');
  const [group, version] =
    parts[0] === 'api' ? ['', parts[1]] : [parts[1], parts[2]];
  const types = registry.inVersion(group, version);
  if (types.length === 0 && !name.startsWith('apis/auth')) return undefined;
  const schemas: Json = {
    'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': plainSchema(objectMeta),
  };
  const paths: Json = {};
  for (const type of types) {
    schemas[schemaName(type)] = kindSchema(type);
    Object.assign(paths, pathsOf(type, name));
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'sandbox' },
    paths,
    components: { schemas },
  };
}

function schemaName({ group, version, kind }: ResourceType): string {
  const reversed = (group || 'core').split('.').reverse().join('.');
  return `${reversed}.${version}.${kind}`;
}

const kindOf = ({ group, version, kind }: ResourceType) => ({
  group,
  version,
  kind,
});

function kindSchema(type: ResourceType): Json {
  const schema = plainSchema(type.schema);
  return {
    ...schema,
    properties: {
      ...schema.properties,
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: {
        allOf: [
          {
            $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta',
          },
        ],
        default: {},
      },
    },
    'x-kubernetes-group-version-kind': [kindOf(type)],
  };
}

function pathsOf(type: ResourceType, prefix: string): Json {
  const scope = type.namespaced ? '/namespaces/{namespace}' : '';
  const base = `/${prefix}${scope}/${type.plural}`;
  return {
    [base]: {
      get: operation(type, 'list'),
      post: operation(type, VERBS.post),
    },
    [`${base}/{name}`]: {
      get: operation(type, VERBS.get),
      put: operation(type, VERBS.put),
      patch: operation(type, VERBS.patch),
      delete: operation(type, VERBS.delete),
    },
  };
}

/** What kubectl reads of an operation: its kind, its parameters, and how it may be patched. */
function operation(type: ResourceType, action: string): Json {
  const writes = ['post', 'put', 'patch'].includes(action);
  const parameters = writes
    ? ['dryRun', 'fieldManager', 'fieldValidation']
    : ['dryRun'];
  const schema = { $ref: `#/components/schemas/${schemaName(type)}` };
  return {
    operationId: `${action}${type.kind}`,
    parameters: parameters.map(parameter => ({
      name: parameter,
      in: 'query',
      schema: { type: 'string', uniqueItems: true },
    })),
    ...(action === 'patch' && {
      requestBody: {
        content: Object.fromEntries(
          PATCH_TYPES.map(media => [media, { schema: { type: 'object' } }]),
        ),
      },
    }),
    responses: {
      200: { description: 'OK', content: { 'application/json': { schema } } },
    },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': kindOf(type),
  };
}

/** A schema without what only this server knows. */
function plainSchema(schema: Schema): Json {
  return JSON.parse(
    JSON.stringify(schema, (key, value) =>
      key === 'x-go-type' || key === 'x-kubernetes-validations'
        ? undefined
        : value,
    ),
  );
}
