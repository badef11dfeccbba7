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

import { createHash } from 'crypto';
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { toIso, toMillis, toText } from '../columns';
import type { ReleaseSighting } from '../ReleaseStore';
import { defined } from '../rows';
import type { ReleaseRow, SubjectReleaseRow, SubjectRow } from './tables';

/** What has no column of its own. */
export type ReleaseBody = Omit<
  Release,
  | 'id'
  | 'cluster'
  | 'clusterTitle'
  | 'namespace'
  | 'kind'
  | 'appName'
  | 'workloadName'
  | 'version'
  | 'attempt'
  | 'state'
  | 'createdAt'
  | 'finishedAt'
  | 'activatedAt'
>;

/** A release as people see it. */
export function toRelease(row: SubjectReleaseRow): Release {
  const body: ReleaseBody = bodyOf(row);
  return defined<Release>({
    ...body,
    gateReleased: body.gateReleased && {
      ...body.gateReleased,
      ...whoLetGo(row, body.gateReleased.at),
    },
    id: row.id,
    cluster: row.cluster,
    namespace: row.namespace,
    kind: row.kind,
    appName: row.app_name,
    workloadName: row.workload_name || undefined,
    version: row.version,
    attempt: row.attempt,
    state: row.state,
    createdAt: toIso(row.created_at),
    finishedAt: toIso(row.finished_at),
    activatedAt: toIso(row.activated_at),
  });
}

/**
 * Who let the Pods go is known of what was asked through the API. An annotation can say anything.
 */
function whoLetGo(
  { gate_by: by, gate_at: at }: Pick<ReleaseRow, 'gate_by' | 'gate_at'>,
  annotatedAt: string,
): { by?: string } {
  return by !== null && toMillis(annotatedAt) === Number(at) ? { by } : {};
}

export function bodyOf(row: Pick<ReleaseRow, 'body'>): ReleaseBody {
  return JSON.parse(row.body);
}

/** What a sighting says beyond the columns. */
export function bodyOfSighting({ release }: ReleaseSighting): ReleaseBody {
  const {
    cluster: _cluster,
    namespace: _namespace,
    kind: _kind,
    appName: _appName,
    workloadName: _workloadName,
    version: _version,
    attempt: _attempt,
    state: _state,
    createdAt: _createdAt,
    finishedAt: _finishedAt,
    ...body
  } = release;
  return body;
}

export function toBody(body: ReleaseBody): string {
  return toText(JSON.stringify(body))!;
}

/** Equal for sightings that say the same. */
export function hashOf({ release }: ReleaseSighting): string {
  return createHash('sha256').update(JSON.stringify(release)).digest('hex');
}

/** The app or workload that a sighting is about. */
export function subjectOf({
  cluster,
  namespace,
  kind,
  release,
}: ReleaseSighting): Omit<SubjectRow, 'id'> {
  return {
    cluster,
    namespace,
    kind,
    app_name: toText(release.appName, 255)!,
    workload_name:
      kind === 'workload' ? toText(release.workloadName ?? '', 255)! : '',
  };
}
