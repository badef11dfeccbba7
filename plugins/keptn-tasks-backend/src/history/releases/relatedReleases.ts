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
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { toMillis } from '../columns';
import { findSubjects } from './findSubjects';
import { selectReleases } from './findRows';
import { toRelease } from './rows';
import type { SubjectReleaseRow } from './tables';

/** Releases of an app that are looked through for one that has a workload's version. */
const APP_RELEASES = 50;

/** Of an app's release: the release of each of its workloads. */
export async function findWorkloads(
  knex: Knex,
  row: SubjectReleaseRow,
): Promise<SubjectReleaseRow[]> {
  const app = toRelease(row);
  if (row.kind !== 'app' || !app.workloads?.length) return [];
  const subjects = await findSubjects(knex, [row], {
    kind: 'workload',
    appName: row.app_name,
  });
  const wanted = app.workloads.flatMap(workload => {
    const subject = subjects.find(({ workload_name }) =>
      isWorkload(row.app_name, workload.workloadName, workload_name),
    );
    return subject ? [{ subject, version: workload.version }] : [];
  });
  if (wanted.length === 0) return [];
  const rows: SubjectReleaseRow[] = await selectReleases(knex)
    .whereIn(
      ['releases.subject_id', 'releases.version'],
      wanted.flatMap(({ subject, version }) => [
        [subject.id, version],
        [subject.id, version.toLowerCase()],
      ]),
    )
    .orderBy('releases.seq', 'desc');
  return wanted.flatMap(({ subject }) => {
    const ofWorkload = rows.filter(one => one.subject_id === subject.id);
    return (
      ofWorkload.find(one => hadBegun(one, app)) ?? ofWorkload.at(-1) ?? []
    );
  });
}

/** Of a workload's release: the newest release of its app that has it. */
export async function findApp(
  knex: Knex,
  row: SubjectReleaseRow,
): Promise<SubjectReleaseRow | undefined> {
  if (row.kind !== 'workload') return undefined;
  const [subject] = await findSubjects(
    knex,
    [{ cluster: row.cluster, namespace: row.namespace }],
    { kind: 'app', appName: row.app_name },
  );
  if (!subject) return undefined;
  const apps: SubjectReleaseRow[] = await selectReleases(knex)
    .where('releases.subject_id', subject.id)
    .orderBy([
      { column: 'releases.created_at', order: 'desc' },
      { column: 'releases.seq', order: 'desc' },
    ])
    .limit(APP_RELEASES);
  return apps.find(app =>
    toRelease(app).workloads?.some(
      ({ workloadName, version }) =>
        isWorkload(row.app_name, workloadName, row.workload_name) &&
        version.toLowerCase() === row.version.toLowerCase(),
    ),
  );
}

/** An app names its workloads with or without its own name before theirs. */
function isWorkload(appName: string, named: string, full: string): boolean {
  return full === named || full === `${appName}-${named}`;
}

/** Whether an attempt of a workload had begun while the app's release was under way; a later one is not part of it. */
function hadBegun(row: SubjectReleaseRow, app: Release): boolean {
  const ended = toMillis(app.finishedAt);
  const began = toMillis(toRelease(row).startedAt) ?? Number(row.created_at);
  return ended === null || began <= ended;
}
