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
  ALL_VERBS,
  PrinterColumn,
  ResourceType,
} from '../resources/ResourceType';
import { applyDefaults } from '../schema/defaults';
import { deepCopy, Json } from '../schema/json';
import { prune } from '../schema/prune';
import { Schema } from '../schema/Schema';
import { labelledFields } from '../selectors/fieldSelector';
import { subdomainProblems } from '../service/names';
import { ageColumn, column, nameColumn } from '../table/columns';
import { age } from '../table/duration';
import { readJsonPath } from './jsonPath';
import { CustomValidator } from './CustomValidator';

const VERBS = [
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'create',
  'update',
  'watch',
] as const satisfies ReadonlyArray<(typeof ALL_VERBS)[number]>;

/** One type for each served version of a CustomResourceDefinition. */
export function customTypes(crd: KubeObject): ResourceType[] {
  const versions: Json[] = crd.spec.versions;
  const storage = versions.find(version => version.storage) as Json;
  return versions
    .filter(version => version.served)
    .map(version =>
      customType(crd, version, `${crd.spec.group}/${storage.name}`),
    );
}

function customType(
  crd: KubeObject,
  version: Json,
  storageVersion: string,
): ResourceType {
  const { group, names, scope } = crd.spec;
  const schema: Schema = version.schema.openAPIV3Schema;
  const apiVersion = `${group}/${version.name}`;
  const hasStatus = version.subresources?.status !== undefined;
  const validator = new CustomValidator(schema);
  return {
    group,
    version: version.name,
    kind: names.kind,
    listKind: names.listKind,
    plural: names.plural,
    singular: names.singular,
    namespaced: scope === 'Namespaced',
    shortNames: names.shortNames,
    categories: names.categories,
    verbs: VERBS,
    builtIn: false,
    schema,
    hasStatus,
    columns: printerColumns(version.additionalPrinterColumns),
    deprecation: deprecationOf(crd, version),
    storage: `${group}/${names.plural}`,
    strategy: {
      hasGeneration: true,
      unconditionalUpdate: false,
      validateName: subdomainProblems,
      fields: labelledFields(selectableFields(version.selectableFields)),
    },
    fromStorage: stored => {
      const object = deepCopy({ ...stored, apiVersion });
      prune(object, schema, { isRoot: true });
      applyDefaults(object, schema);
      return object;
    },
    toStorage: object => ({ ...object, apiVersion: storageVersion }),
    custom: {
      validate: (object, old, subresource) =>
        validator.validate(object, old, subresource),
    },
  };
}

function selectableFields(fields: Json[] | undefined) {
  return Object.fromEntries(
    (fields ?? []).map(({ jsonPath }) => [
      String(jsonPath).replace(/^\./, ''),
      (object: KubeObject) => String(readJsonPath(object, jsonPath)[0] ?? ''),
    ]),
  );
}

function deprecationOf(crd: KubeObject, version: Json): string | undefined {
  if (!version.deprecated) return undefined;
  if (version.deprecationWarning) return version.deprecationWarning;
  const { group, names, versions } = crd.spec;
  const better = (versions as Json[]).find(
    other => other.served && !other.deprecated,
  );
  const advice = better ? `; use ${group}/${better.name} ${names.kind}` : '';
  return `${group}/${version.name} ${names.kind} is deprecated${advice}`;
}

function printerColumns(columns: Json[] | undefined): PrinterColumn[] {
  if (!columns?.length) return [nameColumn, ageColumn];
  return [
    nameColumn,
    ...columns.map(({ name, type, format, description, priority, jsonPath }) =>
      column(
        name,
        description ??
          `Custom resource definition column (in JSONPath format): ${jsonPath}`,
        (object, now) => cellOf(readJsonPath(object, jsonPath), type, now),
        { type, format: format ?? '', priority: priority ?? 0 },
      ),
    ),
  ];
}

function cellOf(values: unknown[], type: string, now: number): unknown {
  if (values.length === 0) return null;
  const [value] = values;
  switch (type) {
    case 'integer':
      return Number.isInteger(value) ? value : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      return typeof value === 'string' ? age(value, now) : null;
    default:
      return values
        .map(item => (typeof item === 'string' ? item : JSON.stringify(item)))
        .join(',');
  }
}
