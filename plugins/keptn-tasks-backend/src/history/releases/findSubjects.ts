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

import type { Knex } from 'knex';
import type { ReleaseFilter } from '../ReleaseStore';
import type { SubjectRow } from './tables';

type Place = ReleaseFilter['places'][number];
type SubjectFilter = Pick<ReleaseFilter, 'kind' | 'appName' | 'workloadName'>;

/** The apps and workloads of these places, as far as a filter lets them through. */
export async function findSubjects(
  knex: Knex,
  places: Place[],
  filter: SubjectFilter = {},
): Promise<SubjectRow[]> {
  if (places.length === 0) return [];
  const all: SubjectRow[] = await knex('release_subjects')
    .whereIn(
      ['cluster', 'namespace'],
      places.map(({ cluster, namespace }) => [cluster, namespace]),
    )
    .orderBy('id');
  const within = new Set(places.flatMap(place => subjectsOf(place, all)));
  return [...within].filter(
    subject =>
      (!filter.kind || subject.kind === filter.kind) &&
      (!filter.appName || subject.app_name === filter.appName) &&
      (!filter.workloadName || subject.workload_name === filter.workloadName),
  );
}

/** Of a place that is about one workload: the workload, and the app that it belongs to. */
function subjectsOf(place: Place, all: SubjectRow[]): SubjectRow[] {
  const here = all.filter(
    ({ cluster, namespace, app_name }) =>
      cluster === place.cluster &&
      namespace === place.namespace &&
      (!place.appName || app_name === place.appName),
  );
  if (!place.workloadName) return here;
  const workloads = here.filter(
    ({ workload_name }) => workload_name === place.workloadName,
  );
  const apps = new Set(workloads.map(({ app_name }) => app_name));
  return [
    ...here.filter(
      ({ kind, app_name }) => kind === 'app' && apps.has(app_name),
    ),
    ...workloads,
  ];
}
