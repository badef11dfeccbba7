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

import { badRequest } from '../errors/StatusError';
import { ResourceType } from '../resources/ResourceType';
import { decodeBuiltIn } from '../schema/decode';
import {
  anything,
  bool,
  int64,
  listByKey,
  listOf,
  setOf,
  str,
  stringMap,
  struct,
  time,
} from '../schema/dsl';
import { isObject, Json } from '../schema/json';

const ownerReference = {
  ...struct('OwnerReference', {
    apiVersion: str,
    kind: str,
    name: str,
    uid: str,
    controller: bool,
    blockOwnerDeletion: bool,
  }),
  'x-kubernetes-map-type': 'atomic' as const,
};

const managedFields = struct('ManagedFieldsEntry', {
  manager: str,
  operation: str,
  apiVersion: str,
  time,
  fieldsType: str,
  fieldsV1: anything,
  subresource: str,
});

/** The schema of `metadata`, the same for every kind. */
export const objectMeta = struct('ObjectMeta', {
  name: str,
  generateName: str,
  namespace: str,
  selfLink: str,
  uid: str,
  resourceVersion: str,
  generation: int64,
  creationTimestamp: time,
  deletionTimestamp: time,
  deletionGracePeriodSeconds: int64,
  labels: stringMap,
  annotations: stringMap,
  ownerReferences: listByKey('uid', ownerReference),
  finalizers: setOf(str),
  managedFields: listOf(managedFields),
});

/** The schema of the metadata of a Pod template: what a Pod's metadata takes from it. */
export const templateMeta = objectMeta;

/** Reads the metadata of a custom resource; answers the unknown fields that it dropped. */
export function decodeObjectMeta(body: Json, type: ResourceType): string[] {
  if (!isObject(body.metadata)) {
    throw badRequest(
      `${type.kind} in version "${type.version}" cannot be handled as a ${
        type.kind
      }: json: cannot unmarshal ${typeof body.metadata} into Go struct field ${
        type.kind
      }.metadata of type v1.ObjectMeta`,
    );
  }
  const { unknown } = decodeBuiltIn(
    body.metadata,
    objectMeta,
    type.kind,
    type.version,
  );
  return unknown.map(field => `metadata.${field}`);
}
