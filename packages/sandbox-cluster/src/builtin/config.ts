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

import { KubeObject } from '../ClusterApi';
import {
  FieldError,
  forbiddenField,
  invalid,
  required,
} from '../errors/FieldError';
import { Strategy } from '../resources/ResourceType';
import { semanticEqual } from '../schema/json';
import { labelledFields, plainFields } from '../selectors/fieldSelector';
import { configKeyProblems, subdomainProblems } from '../service/names';

const MAX_BYTES = 1024 * 1024;
const IMMUTABLE = 'field is immutable when `immutable` is set';

/** The rules of ConfigMaps. */
export const configMapStrategy: Strategy = {
  hasGeneration: false,
  unconditionalUpdate: true,
  validateName: subdomainProblems,
  fields: plainFields,
  validate: object => {
    const { data = {}, binaryData = {} } = object;
    const twice = Object.keys(data).filter(key => key in binaryData);
    return [
      ...validateKeys(data, 'data'),
      ...validateKeys(binaryData, 'binaryData'),
      ...twice.map(key =>
        invalid(`data[${key}]`, key, 'duplicate of key present in binaryData'),
      ),
      ...validateSize({ ...data, ...binaryData }),
    ];
  },
  validateUpdate: (object, old) =>
    validateImmutable(object, old, ['data', 'binaryData']),
};

const REQUIRED_KEYS: Record<string, string[]> = {
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

/** The rules of Secrets: `stringData` is folded into `data`, the type never changes. */
export const secretStrategy: Strategy = {
  hasGeneration: false,
  unconditionalUpdate: true,
  validateName: subdomainProblems,
  fields: labelledFields({ type: secret => secret.type ?? '' }),
  setDefaults: secret => {
    for (const [key, value] of Object.entries(secret.stringData ?? {})) {
      secret.data = {
        ...secret.data,
        [key]: Buffer.from(String(value)).toString('base64'),
      };
    }
    delete secret.stringData;
    secret.type ||= 'Opaque';
  },
  validate: secret => [
    ...validateKeys(secret.data ?? {}, 'data'),
    ...validateSize(secret.data ?? {}),
    ...(REQUIRED_KEYS[secret.type] ?? [])
      .filter(key => secret.data?.[key] === undefined)
      .map(key => required(`data[${key}]`)),
  ],
  validateUpdate: (secret, old) => [
    ...(secret.type === old.type
      ? []
      : [invalid('type', secret.type, 'field is immutable')]),
    ...validateImmutable(secret, old, ['data']),
  ],
};

function validateKeys(
  map: Record<string, string>,
  field: string,
): FieldError[] {
  return Object.keys(map).flatMap(key =>
    configKeyProblems(key).map(problem =>
      invalid(`${field}[${key}]`, key, problem),
    ),
  );
}

function validateSize(map: Record<string, string>): FieldError[] {
  let total = 0;
  for (const value of Object.values(map)) total += Buffer.byteLength(value);
  return total > MAX_BYTES
    ? [
        {
          reason: 'FieldValueTooLong',
          message: `Too long: may not be more than ${MAX_BYTES} bytes`,
          field: '',
        },
      ]
    : [];
}

function validateImmutable(
  object: KubeObject,
  old: KubeObject,
  fields: string[],
): FieldError[] {
  if (!old.immutable) return [];
  const errors = fields
    .filter(field => !semanticEqual(object[field], old[field]))
    .map(field => forbiddenField(field, IMMUTABLE));
  return object.immutable
    ? errors
    : [forbiddenField('immutable', IMMUTABLE), ...errors];
}
