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

import { randomUUID } from 'crypto';
import type { RunUpdate } from '../domain/task/TaskPlan';
import type {
  RunFilter,
  RunReservation,
  RunStore,
  TaskSighting,
} from '../history/RunStore';

/** A time on the day on which these tests play. */
export function at(time: string): string {
  return `2026-03-01T${time}.000Z`;
}

/** A task that somebody applied with kubectl. */
export function aSighting(
  overrides: Partial<TaskSighting> & { cluster: string },
): TaskSighting {
  const uid = overrides.uid ?? randomUUID();
  return {
    uid,
    namespace: 'shop',
    taskName: `smoke-test-${uid.slice(0, 8)}`,
    createdAt: at('10:00:00'),
    definitionName: 'smoke-test',
    phase: 'none',
    trigger: { source: 'cluster', by: 'kubectl' },
    taskSpec: { taskDefinition: 'smoke-test' },
    ...overrides,
  };
}

/** What a look at a running task finds. */
export function anUpdate(overrides: Partial<RunUpdate> = {}): RunUpdate {
  return {
    state: 'Progressing',
    startedAt: at('10:00:01'),
    attempts: [],
    ...overrides,
  };
}

/** How a task ended. */
export function anOutcome(overrides: Partial<RunUpdate> = {}): RunUpdate {
  return anUpdate({
    state: 'Succeeded',
    finishedAt: at('10:00:05'),
    ...overrides,
  });
}

/** A run that a person asked for. */
export function aReservation(
  overrides: Partial<RunReservation> & { cluster: string },
): RunReservation {
  const id = overrides.id ?? randomUUID();
  return {
    id,
    namespace: 'shop',
    taskName: `smoke-test-${id.slice(0, 8)}`,
    entityRef: entityOf(overrides.cluster),
    definitionName: 'smoke-test',
    trigger: { source: 'portal', by: 'user:default/ann' },
    taskSpec: { taskDefinition: 'smoke-test' },
    createdAt: at('10:00:00'),
    ...overrides,
  };
}

/** An entity that no other case knows. */
export function entityOf(cluster: string): string {
  return `component:default/${cluster}`;
}

/** The runs of an entity and those of no entity in one namespace. */
export function aFilter(
  cluster: string,
  overrides: Partial<RunFilter> = {},
): RunFilter {
  return {
    entityRef: entityOf(cluster),
    places: [{ cluster, namespace: 'shop' }],
    ...overrides,
  };
}

/** Records a task, and what became of it when that is given. Returns the id of its run. */
export async function record(
  store: RunStore,
  sighting: TaskSighting,
  update?: RunUpdate,
): Promise<string> {
  const { id } = await store.sight(sighting);
  if (update) await store.update(id, update);
  return id;
}
