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

import { object, string } from './words.mjs';

/** A served version of a resource. Columns: title, path, type unless string; `wide` ones show with `-o wide` only. */
export function version(name, { spec, status }, columns, storage = 'v1') {
  return {
    name,
    served: true,
    storage: name === storage,
    ...(columns && {
      additionalPrinterColumns: columns.map(
        ([title, jsonPath, type, wide]) => ({
          name: title,
          type: type ?? 'string',
          jsonPath,
          ...(wide && { priority: 1 }),
        }),
      ),
    }),
    subresources: { status: {} },
    schema: {
      openAPIV3Schema: object(undefined, {
        apiVersion: string(),
        kind: string(),
        metadata: { type: 'object' },
        spec,
        status,
      }),
    },
  };
}

export const AGE = ['Age', '.metadata.creationTimestamp', 'date'];

/** The definition of a resource, and the name of its file. */
export function crd({
  kind,
  shortName,
  group = 'lifecycle.keptn.sh',
  conversion = { strategy: 'None' },
  versions,
}) {
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  return {
    file: `${group}_${plural}.yaml`,
    content: {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: {
        name: `${plural}.${group}`,
        labels: { 'app.kubernetes.io/part-of': 'keptn-tasks' },
      },
      spec: {
        group,
        names: {
          kind,
          listKind: `${kind}List`,
          plural,
          singular,
          ...(shortName && { shortNames: [shortName] }),
        },
        scope: 'Namespaced',
        conversion,
        versions,
      },
    },
  };
}
