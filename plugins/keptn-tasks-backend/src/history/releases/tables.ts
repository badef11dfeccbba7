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

import type { Release } from 'backstage-plugin-keptn-tasks-common';
import type { BigIntColumn } from '../tables';

/** `release_subjects`: an app or a workload in its place. */
export interface SubjectRow {
  id: number;
  cluster: string;
  namespace: string;
  kind: Release['kind'];
  app_name: string;
  /** Empty for an app. */
  workload_name: string;
}

/** `releases`. Times are milliseconds since 1970. */
export interface ReleaseRow {
  seq: BigIntColumn;
  id: string;
  subject_id: number;
  cluster: string;
  namespace: string;
  object_uid: string;
  attempt: number;
  version: string;
  state: Release['state'];
  created_at: BigIntColumn;
  finished_at: BigIntColumn | null;
  activated_at: BigIntColumn | null;
  asked_at: BigIntColumn;
  deleted_at: BigIntColumn | null;
  gate_by: string | null;
  gate_at: BigIntColumn | null;
  hash: string;
  body: string;
}

/** `releases` with what its subject says. */
export type SubjectReleaseRow = ReleaseRow &
  Pick<SubjectRow, 'kind' | 'app_name' | 'workload_name'>;

/** `release_transitions`. */
export interface ReleaseTransitionRow {
  sequence: BigIntColumn;
  release_seq: BigIntColumn;
  at: BigIntColumn;
  state: Release['state'];
  phase: Release['phase'] | null;
  message: string | null;
}

/** `workload_problems`. */
export interface ProblemRow {
  cluster: string;
  namespace: string;
  kind: string;
  name: string;
  app_name: string | null;
  workload_name: string | null;
  messages: string;
}
