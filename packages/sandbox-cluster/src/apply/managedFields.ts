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
  apiVersionOf,
  ResourceType,
  WriteOptions,
} from '../resources/ResourceType';
import { Json } from '../schema/json';
import { compare } from './compare';
import {
  applySchema,
  Manager,
  managerTime,
  ownedPart,
  readManagers,
  writeManagers,
} from './managers';

/**
 * Notes in managedFields who changed what with a create, replace or patch. What changed now belongs
 * to this manager alone; what is gone belongs to nobody. Works in place.
 */
export function recordUpdate(
  type: ResourceType,
  old: KubeObject | undefined,
  next: KubeObject,
  options: WriteOptions,
  subresource?: string,
) {
  const entries = next.metadata.managedFields;
  if (old && entries?.some(entry => Object.keys(entry as Json).length === 0)) {
    setManagers(next, []);
    return;
  }
  if (old && !old.metadata.managedFields?.length && !entries?.length) return;
  const managers = old ? readManagers(entries?.length ? next : old) : [];
  const { changed, removed } = compare(
    old ? everything(old, type) : {},
    everything(next, type),
    applySchema(type),
  );
  if (changed.empty && removed.empty) {
    if (old?.metadata.managedFields) {
      next.metadata = {
        ...next.metadata,
        managedFields: entries ?? old.metadata.managedFields,
      };
    }
    return;
  }
  const mine = (entry: Manager) =>
    entry.manager === options.manager &&
    entry.operation === 'Update' &&
    entry.apiVersion === apiVersionOf(type) &&
    entry.subresource === subresource;
  const gone = changed.union(removed);
  const result = managers.map(entry => ({
    ...entry,
    fields: entry.fields.subtract(mine(entry) ? removed : gone),
  }));
  const own = result.find(mine);
  if (own) {
    own.fields = own.fields.union(changed);
    own.time = managerTime();
  } else if (!changed.empty) {
    result.push({
      manager: options.manager,
      operation: 'Update',
      apiVersion: apiVersionOf(type),
      time: managerTime(),
      ...(subresource && { subresource }),
      fields: changed,
    });
  }
  setManagers(next, result);
}

/** Puts managers on an object. Works in place. */
export function setManagers(object: KubeObject, managers: readonly Manager[]) {
  const managedFields = writeManagers(managers);
  object.metadata = { ...object.metadata, managedFields };
  if (managedFields.length === 0) delete object.metadata.managedFields;
}

function everything(object: KubeObject, type: ResourceType): Json {
  return {
    ...ownedPart(object, type),
    ...(type.hasStatus &&
      object.status !== undefined && { status: object.status }),
  };
}
