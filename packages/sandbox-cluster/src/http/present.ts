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
import { ListResult } from '../service/list';
import { tableOf, IncludeObject } from '../table/table';
import { Presentation } from './accept';
import { listMeta, serializeList, serializeObject } from './serialize';

const META_VERSION = 'meta.k8s.io/v1';

/** Metadata alone, as PartialObjectMetadata. */
export function partialObject(object: KubeObject) {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: META_VERSION,
    metadata: object.metadata,
  };
}

/** One object in the presentation that the client asked for. */
export function presentObject(
  type: ResourceType,
  object: KubeObject,
  as: Presentation,
  include?: IncludeObject,
): string {
  switch (as) {
    case 'table':
      return JSON.stringify(
        tableOf(
          type,
          { resourceVersion: object.metadata.resourceVersion },
          [object],
          include,
        ),
      );
    case 'partial':
      return JSON.stringify(partialObject(object));
    case 'partial-list':
      throw new StatusError(
        406,
        'NotAcceptable',
        `you requested PartialObjectMetadataList, but the requested object is not a list (*${goType(
          type,
          type.kind,
        )})`,
      );
    default:
      return serializeObject(object);
  }
}

/** A list in the presentation that the client asked for. */
export function presentList(
  type: ResourceType,
  list: ListResult,
  as: Presentation,
  include?: IncludeObject,
): string {
  switch (as) {
    case 'table':
      return JSON.stringify(
        tableOf(type, listMeta({ builtIn: true }, list), list.items, include),
      );
    case 'partial':
      throw new StatusError(
        406,
        'NotAcceptable',
        `you requested PartialObjectMetadata, but the requested object is a list (*${goType(
          type,
          type.listKind,
        )})`,
      );
    case 'partial-list':
      return JSON.stringify({
        kind: 'PartialObjectMetadataList',
        apiVersion: META_VERSION,
        metadata: listMeta({ builtIn: true }, list),
        items: list.items.map(partialObject),
      });
    default:
      return serializeList(type, apiVersionOf(type), list, list.items);
  }
}

function goType(type: ResourceType, kind: string): string {
  if (!type.builtIn) return 'unstructured.UnstructuredList';
  return `${type.group.split('.')[0] || 'core'}.${kind}`;
}
