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

import type {
  ItemKind,
  ItemObject,
  ItemSources,
} from '../../../domain/release/phase/Phase';
import type { KeptnEvaluation } from '../../../domain/release/resources';
import type { KeptnTask } from '../../../domain/resources';
import type { ReleaseContext } from '../ReleaseContext';
import type { ItemRefusals } from './ItemRefusals';

/** What this look knows beside what the watches brought. */
export interface LookHints {
  /** What a live read did not find, by `itemKey`. */
  gone: ReadonlySet<string>;
  /** What was created or read live, which the caches need not have yet, or no more. */
  seen: ReadonlyMap<string, ItemObject>;
  refusals: ItemRefusals;
}

export function itemKey(kind: ItemKind, name: string): string {
  return `${kind}/${name}`;
}

/** What items of a version's phases are made of, from what the watches brought. */
export function itemSources(
  { watches, tasks, definitions, config }: ReleaseContext,
  namespace: string,
  { gone, seen, refusals }: LookHints,
): ItemSources {
  const places = [namespace, config.keptnNamespace];
  return {
    hasTaskDefinition: name =>
      places.some(place => definitions.cache.get({ namespace: place, name })),
    evaluationDefinition: name =>
      places
        .map(place =>
          watches.evaluationDefinitions.cache.get({ namespace: place, name }),
        )
        .find(Boolean),
    metricsServed: watches.metrics !== undefined,
    task: name =>
      tasks.cache.get({ namespace, name }) ??
      (seen.get(itemKey('KeptnTask', name)) as KeptnTask | undefined),
    evaluation: name =>
      watches.evaluations.cache.get({ namespace, name }) ??
      (seen.get(itemKey('KeptnEvaluation', name)) as
        | KeptnEvaluation
        | undefined),
    isGone: (kind, name) => gone.has(itemKey(kind, name)),
    refusal: name => refusals.get(namespace, name),
  };
}
