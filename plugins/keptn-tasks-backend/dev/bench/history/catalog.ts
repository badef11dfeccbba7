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

/** What the runs of the filled history belong to. */
export const ENTITIES = 200;
export const CLUSTERS = 5;
export const NAMESPACES = 10;
export const PLACES = CLUSTERS * NAMESPACES;
export const DEFINITIONS = 40;

/** A component of the catalog, and the workload of the same name. */
export class BenchEntity {
  constructor(readonly number: number) {}

  get ref(): string {
    return `component:default/service-${this.number}`;
  }

  get workloadName(): string {
    return `service-${this.number}`;
  }

  get namespace(): string {
    return `team-${this.number % NAMESPACES}`;
  }

  /** Where it is deployed. */
  get places(): { cluster: string; namespace: string }[] {
    return [0, 1, 2].map(step => ({
      cluster: `cluster-${(this.number + step) % CLUSTERS}`,
      namespace: this.namespace,
    }));
  }
}

/** An entity is a workload in one namespace of three clusters; `random` picks one, the first ones more often. */
export function entityAt(random: number): BenchEntity {
  return new BenchEntity(Math.floor(random * random * ENTITIES));
}

/** The definition of a number; the kinds repeat. */
export function definitionAt(number: number): string {
  const kind = ['smoke-test', 'migrate', 'load-check', 'notify'][number % 4];
  return `${kind}-${Math.floor((number % DEFINITIONS) / 4)}`;
}
