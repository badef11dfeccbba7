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

import { randomBytes } from 'node:crypto';
import type { ApiClient } from '../client/ApiClient';
import { RUN_LABEL, target } from '../target';
import { eventually, untilGone } from './eventually';
import { customResourceDefinitions, resourcePath } from './paths';
import type { ClusterHandle } from './useCluster';
import { widgetSchema } from './widgetSchema';

/** A custom resource of the suite's own. Its names hold something random, so that neither runs nor files meet. */
export class Widgets {
  readonly group: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly apiVersion: string;

  /** @param group - one of its own unless it is given */
  constructor(group?: string) {
    const suffix = randomBytes(3).toString('hex');
    this.group = group ?? `g${suffix}.conformance.example.test`;
    this.apiVersion = `${this.group}/v1`;
    this.singular = `widget${suffix}`;
    this.plural = `widgets${suffix}`;
    this.kind = `Widget${suffix}`;
  }

  /** Name of the definition. */
  get definitionName(): string {
    return `${this.plural}.${this.group}`;
  }

  /** How refusals name the kind of an object. */
  get groupKind(): string {
    return `${this.kind}.${this.group}`;
  }

  /** How refusals name the resource. */
  get groupResource(): string {
    return `${this.plural}.${this.group}`;
  }

  path(
    namespace: string,
    name?: string,
    subresource?: string,
    version = 'v1',
  ): string {
    return resourcePath(
      `${this.group}/${version}`,
      namespace,
      this.plural,
      name,
      subresource,
    );
  }

  /** A valid object; fields of `spec` are added to the required ones, `undefined` takes one away. */
  make(name: string, spec: Record<string, any> = {}) {
    return {
      apiVersion: this.apiVersion,
      kind: this.kind,
      metadata: { name } as Record<string, any>,
      spec: { size: 2, color: 'blue', ...spec } as Record<string, any>,
    };
  }

  /** The definition, with a stored version and a deprecated one. */
  definition() {
    const version = (name: string, extra: Record<string, any>) => ({
      name,
      served: true,
      schema: { openAPIV3Schema: widgetSchema() },
      subresources: { status: {} },
      ...extra,
    });
    return {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: {
        name: this.definitionName,
        labels: { [RUN_LABEL]: target.run },
      },
      spec: {
        group: this.group,
        scope: 'Namespaced',
        names: {
          plural: this.plural,
          singular: this.singular,
          kind: this.kind,
          listKind: `${this.kind}List`,
        },
        versions: [
          version('v1', { storage: true, additionalPrinterColumns: columns() }),
          version('v1beta1', { storage: false, deprecated: true }),
        ],
      },
    };
  }
}

function columns() {
  return [
    { name: 'Color', type: 'string', jsonPath: '.spec.color' },
    {
      name: 'Size',
      type: 'integer',
      jsonPath: '.spec.size',
      description: 'How big',
    },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
    { name: 'Mode', type: 'string', jsonPath: '.spec.mode', priority: 1 },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ];
}

/** Makes a definition and waits until its resource is served. */
export async function createDefinition(
  api: ApiClient,
  definition: { metadata: { name: string } },
  listPath: string,
): Promise<void> {
  const created = await api.post(customResourceDefinitions(), definition);
  if (created.status !== 201) {
    throw new Error(`Cannot make the definition: ${created.text}`);
  }
  await eventually(`${definition.metadata.name} served`, async () => {
    const { status } = await api.get(listPath);
    return status === 200 ? true : undefined;
  });
}

/** A definition for the tests of a file: made before them, removed after them. */
export function useWidgets(cluster: ClusterHandle): Widgets {
  const widgets = new Widgets();
  const { definitionName } = widgets;
  beforeAll(() =>
    createDefinition(
      cluster.api,
      widgets.definition(),
      widgets.path('default'),
    ),
  );
  cluster.cleanUp(async () => {
    if (!cluster.get().isSandbox) {
      await cluster.api.delete(customResourceDefinitions(definitionName));
      await untilGone(
        cluster.api,
        customResourceDefinitions(definitionName),
        120_000,
      );
    }
  });
  return widgets;
}
