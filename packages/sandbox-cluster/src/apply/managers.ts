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
import { timestamp } from '../service/ApiContext';
import { Json } from '../schema/json';
import { Schema } from '../schema/Schema';
import { objectMeta } from '../service/objectMeta';
import { ResourceType } from '../resources/ResourceType';
import { FieldSet } from './FieldSet';

/** One entry of metadata.managedFields, its fields as a set. */
export interface Manager {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource?: string;
  time?: string;
  fields: FieldSet;
}

const OWNED_METADATA = [
  'labels',
  'annotations',
  'finalizers',
  'ownerReferences',
];

/** The schema of a whole object, metadata included, as apply sees it. */
export function applySchema(type: ResourceType): Schema {
  return {
    ...type.schema,
    properties: { ...type.schema.properties, metadata: objectMeta },
  };
}

/**
 * The part of an object that managers can own: without what the server fills in, and of a
 * subresource only what is written through it.
 */
export function ownedPart(
  object: Json,
  type: ResourceType,
  subresource?: string,
): Json {
  const { apiVersion: _v, kind: _k, metadata, status, ...rest } = object;
  const owned: Json = {};
  for (const key of OWNED_METADATA) {
    if (metadata?.[key] !== undefined) owned[key] = metadata[key];
  }
  const meta = Object.keys(owned).length ? { metadata: owned } : {};
  if (subresource === 'status') {
    return {
      ...(type.builtIn && meta),
      ...(status !== undefined && { status }),
    };
  }
  return {
    ...rest,
    ...meta,
    ...(!type.hasStatus && status !== undefined && { status }),
  };
}

export function readManagers(object: KubeObject): Manager[] {
  return (object.metadata.managedFields ?? []).map(entry => {
    const { fieldsV1, fieldsType: _type, ...rest } = entry as Json;
    return {
      ...(rest as Omit<Manager, 'fields'>),
      fields: FieldSet.fromJson(fieldsV1),
    };
  });
}

/** The entries in wire order: appliers first, then by time, then by name. */
export function writeManagers(managers: readonly Manager[]): unknown[] {
  return managers
    .filter(entry => !entry.fields.empty)
    .sort(
      (a, b) =>
        compareText(a.operation, b.operation) ||
        compareText(a.time ?? '', b.time ?? '') ||
        compareText(a.manager, b.manager),
    )
    .map(({ manager, operation, apiVersion, subresource, time, fields }) => ({
      manager,
      operation,
      apiVersion,
      ...(time && { time }),
      fieldsType: 'FieldsV1',
      fieldsV1: fields.toJson(),
      ...(subresource && { subresource }),
    }));
}

export const managerTime = () => timestamp();

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
