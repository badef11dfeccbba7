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

import { createHash } from 'node:crypto';
import { sortedByName } from '../../sortedByName';
import { APP_MANAGED_BY, APP_MANAGED_BY_LABEL } from '../annotations';
import { listedName } from '../names';
import type { KeptnApp, KeptnAppSpec, KeptnWorkload } from '../resources';

/** A workload as its app lists it. */
type Entry = NonNullable<KeptnAppSpec['workloads']>[number];

/** What discovery does about an app. */
export type AppPlan =
  /** Somebody writes this app himself, or nothing is to be changed. */
  | { type: 'leave' }
  | { type: 'create'; spec: KeptnAppSpec }
  | { type: 'update'; spec: Pick<KeptnAppSpec, 'version' | 'workloads'> };

/** Whether discovery made an app and keeps it; others belong to whoever wrote them. */
export function isDiscovered({ metadata }: KeptnApp): boolean {
  return metadata.labels?.[APP_MANAGED_BY_LABEL] === APP_MANAGED_BY;
}

/** Whether an app does not know yet that this is a workload of it. */
export function lacksWorkload(
  app: KeptnApp | undefined,
  workload: KeptnWorkload,
): boolean {
  if (!app) {
    return true;
  }
  const entry = entryOf(workload);
  return (
    isDiscovered(app) &&
    !app.spec.workloads?.some(
      ({ name, version }) => name === entry.name && version === entry.version,
    )
  );
}

/** Makes an app of the workloads that name it. An app is never made of nothing, nor emptied. */
export function planDiscoveredApp(
  app: KeptnApp | undefined,
  workloads: KeptnWorkload[],
): AppPlan {
  if (workloads.length === 0 || (app && !isDiscovered(app))) {
    return { type: 'leave' };
  }
  const entries = sortedByName(workloads.map(entryOf));
  const version = discoveredVersion(workloads);
  if (!app) {
    return {
      type: 'create',
      spec: { version, revision: 1, workloads: entries },
    };
  }
  const listed = app.spec.workloads ?? [];
  const merged = inTheOrderOf(listed, entries);
  return JSON.stringify(listed) === JSON.stringify(merged)
    ? { type: 'leave' }
    : { type: 'update', spec: { version, workloads: merged } };
}

/** Version of an app: that of its only workload, else a hash of the names and versions of all. */
export function discoveredVersion(workloads: KeptnWorkload[]): string {
  if (workloads.length === 1) {
    return workloads[0].spec.version;
  }
  const text = sortedByName(
    workloads.map(({ metadata, spec }) => ({
      name: metadata.name,
      version: spec.version,
    })),
  )
    .map(({ name, version }) => `${name}-${version}`)
    .join('');
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}

function entryOf({ metadata, spec }: KeptnWorkload): Entry {
  return { name: listedName(spec.app, metadata.name), version: spec.version };
}

/** Those that are listed already keep their places. */
function inTheOrderOf(listed: Entry[], entries: Entry[]): Entry[] {
  const known = new Set(listed.map(({ name }) => name));
  return [
    ...listed.flatMap(({ name }) => entries.filter(one => one.name === name)),
    ...entries.filter(({ name }) => !known.has(name)),
  ];
}
