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

import { KubeObject } from '../../ClusterApi';
import { ResourceType, WriteOptions } from '../../resources/ResourceType';
import { apiVersionOf } from '../../resources/ResourceType';
import { Json } from '../../schema/json';

/** A write as webhooks and policies see it. */
export interface AdmissionWrite {
  type: ResourceType;
  operation: 'CREATE' | 'UPDATE' | 'DELETE';
  namespace: string | undefined;
  name: string;
  subresource?: string;
  /** The wanted object; absent for a deletion. */
  object?: KubeObject;
  old?: KubeObject;
  options: WriteOptions;
}

/** `request` of an AdmissionReview, and the variable of that name in expressions. Without uid and objects. */
export function requestOf(write: AdmissionWrite): Json {
  const { type, options, operation, subresource } = write;
  const { group, version, kind, plural } = type;
  const isDelete = operation === 'DELETE';
  return {
    kind: { group, version, kind },
    resource: { group, version, resource: plural },
    ...(subresource && { subResource: subresource }),
    requestKind: { group, version, kind },
    requestResource: { group, version, resource: plural },
    ...(subresource && { requestSubResource: subresource }),
    ...(write.name && { name: write.name }),
    ...(write.namespace && { namespace: write.namespace }),
    operation,
    userInfo: {
      username: options.user.name,
      ...(options.user.uid && { uid: options.user.uid }),
      groups: [...options.user.groups],
    },
    dryRun: options.dryRun ?? false,
    options: {
      apiVersion: 'meta.k8s.io/v1',
      kind: isDelete
        ? 'DeleteOptions'
        : `${operation === 'CREATE' ? 'Create' : 'Update'}Options`,
      ...(!isDelete && { fieldManager: options.manager }),
      ...(options.dryRun && { dryRun: ['All'] }),
    },
  };
}

/** An object with its type, as it goes over the wire. */
export function wireObject(
  type: ResourceType,
  object: KubeObject | undefined,
): KubeObject | null {
  if (!object) return null;
  return { ...object, apiVersion: apiVersionOf(type), kind: type.kind };
}
