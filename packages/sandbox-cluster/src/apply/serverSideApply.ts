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
import { StatusError } from '../errors/StatusError';
import { apiVersionOf, ResourceType } from '../resources/ResourceType';
import { deepCopy, deepEqual, Json } from '../schema/json';
import { compare } from './compare';
import { FieldSet } from './FieldSet';
import { fieldsOf } from './fieldsOf';
import { setManagers } from './managedFields';
import {
  applySchema,
  Manager,
  managerTime,
  ownedPart,
  readManagers,
} from './managers';
import { mergeApplied, removeFields } from './merge';

/** One server-side apply. */
export interface ApplyRequest {
  type: ResourceType;
  /** What the client applies. */
  applied: Json;
  manager: string;
  force: boolean;
  subresource?: string;
}

/**
 * Merges an applied configuration into the live object (`{}`-like when there is none): fields that
 * this manager no longer applies and nobody else owns are removed; fields that another manager owns
 * with another value are a 409 unless forced. The result carries the new managedFields.
 */
export function serverSideApply(
  request: ApplyRequest,
  live: KubeObject | undefined,
): KubeObject {
  const { type, applied, manager, subresource } = request;
  const schema = applySchema(type);
  const wanted = ownedPart(applied, type, subresource);
  const wantedFields = fieldsOf(wanted, schema, 'apply');
  wantedFields.member = false;
  const managers = live ? managersOf(live, type) : [];
  const mine = (entry: Manager) =>
    entry.manager === manager &&
    entry.operation === 'Apply' &&
    entry.subresource === subresource;
  const previous = managers.find(mine);
  let others = managers.filter(entry => !mine(entry));

  const before = live ? deepCopy(live) : ({ metadata: {} } as KubeObject);
  const merged = mergeApplied(before, wanted, schema) as KubeObject;
  const { changed } = compare(before, merged, schema);
  const conflicts = others
    .map(entry => ({
      entry,
      fields: entry.fields.intersect(changed).intersect(wantedFields),
    }))
    .filter(({ fields }) => !fields.empty);
  if (conflicts.length && !request.force) throw applyConflict(conflicts);
  others = others.map(entry => ({
    ...entry,
    fields: entry.fields.subtract(changed.intersect(wantedFields)),
  }));

  const owned = others.reduce(
    (all, entry) => all.union(entry.fields),
    wantedFields,
  );
  const abandoned =
    previous?.fields.subtract(owned.withContainers()) ?? new FieldSet();
  const result = removeFields(merged, schema, abandoned) as KubeObject;
  const isSame =
    !!live && deepEqual(withoutManagers(live), withoutManagers(result));
  setManagers(result, [
    ...others,
    {
      manager,
      operation: 'Apply',
      apiVersion: apiVersionOf(type),
      time: isSame ? previous?.time : managerTime(),
      ...(subresource && { subresource }),
      fields: wantedFields,
    },
  ]);
  return result;
}

/** An object from before anyone applied: all of it belongs to a manager that stands for its past. */
function managersOf(live: KubeObject, type: ResourceType): Manager[] {
  const managers = readManagers(live);
  if (managers.length) return managers;
  return [
    {
      manager: 'before-first-apply',
      operation: 'Update',
      apiVersion: apiVersionOf(type),
      time: live.metadata.creationTimestamp,
      fields: fieldsOf(ownedPart(live, type), applySchema(type), 'update'),
    },
  ];
}

function withoutManagers(object: KubeObject): Json {
  const { managedFields: _managed, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function applyConflict(
  conflicts: Array<{ entry: Manager; fields: FieldSet }>,
): StatusError {
  const described = conflicts
    .map(({ entry, fields }) => ({
      who: describeManager(entry),
      paths: fields.paths(),
    }))
    .sort((a, b) => (a.who < b.who ? -1 : 1));
  const count = described.reduce((sum, { paths }) => sum + paths.length, 0);
  const texts = described.map(({ who, paths }) =>
    paths.length === 1
      ? `conflict with ${who}: ${paths[0]}`
      : `conflicts with ${who}:${paths.map(path => `\n- ${path}`).join('')}`,
  );
  const causes = described.flatMap(({ who, paths }) =>
    paths.map(field => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${who}`,
      field,
    })),
  );
  return new StatusError(
    409,
    'Conflict',
    `Apply failed with ${count} conflict${count === 1 ? '' : 's'}: ${texts.join(
      '\n',
    )}`,
    { causes },
  );
}

function describeManager(entry: Manager): string {
  const subresource = entry.subresource
    ? ` with subresource "${entry.subresource}"`
    : '';
  const version =
    entry.operation === 'Update' ? ` using ${entry.apiVersion}` : '';
  return `"${entry.manager}"${subresource}${version}`;
}
