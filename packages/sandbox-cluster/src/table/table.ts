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
import { ResourceType } from '../resources/ResourceType';
import { Json } from '../schema/json';

/** How much of the object stands beside a row. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** Objects as the Table that kubectl prints. */
export function tableOf(
  type: ResourceType,
  metadata: Json,
  objects: readonly KubeObject[],
  include: IncludeObject = 'Metadata',
  withDefinitions = true,
): Json {
  const now = Date.now();
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: withDefinitions
      ? type.columns.map(
          ({ name, type: columnType, format, description, priority }) => ({
            name,
            type: columnType,
            format: format ?? '',
            description,
            priority,
          }),
        )
      : null,
    rows: objects.map(object => ({
      cells: type.columns.map(({ cell }) => cell(object, now)),
      ...rowConditions(type, object),
      object: besideRow(object, include),
    })),
  };
}

function besideRow(object: KubeObject, include: IncludeObject) {
  switch (include) {
    case 'None':
      return null;
    case 'Object':
      return object;
    default:
      return {
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
        metadata: object.metadata,
      };
  }
}

/** kubectl greys out what has come to an end. */
function rowConditions(type: ResourceType, object: KubeObject): Json {
  if (type.kind !== 'Pod' || !type.builtIn) return {};
  const phase = object.status?.phase;
  if (phase !== 'Succeeded' && phase !== 'Failed') return {};
  const message =
    phase === 'Succeeded'
      ? 'The pod has completed successfully.'
      : 'The pod failed.';
  return {
    conditions: [{ type: 'Completed', status: 'True', reason: phase, message }],
  };
}
