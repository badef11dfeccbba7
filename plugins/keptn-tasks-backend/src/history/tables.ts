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

import type { Attempt, Run } from 'backstage-plugin-keptn-tasks-common';

/** PostgreSQL's driver returns 64-bit integers as text. */
export type BigIntColumn = number | string;

/** `run_scopes`: an entity, or none, and a place. */
export interface ScopeRow {
  id: number;
  /** Empty when the runs belong to no entity. */
  entity_ref: string;
  cluster: string;
  namespace: string;
}

/** `runs`. Times are milliseconds since 1970. */
export interface RunRow {
  seq: BigIntColumn;
  id: string;
  scope_id: number;
  task_name: string;
  cluster: string;
  task_uid: string | null;
  definition_name: string;
  definition_namespace: string | null;
  definition_hash: string | null;
  snapshot_id: number | null;
  runner: Run['runner'] | null;
  image: string | null;
  phase: Run['phase'];
  version: string | null;
  workload_name: string | null;
  app_name: string | null;
  context: string | null;
  state: Run['state'];
  reason: string | null;
  message: string | null;
  attempts: number;
  trigger_source: Run['trigger']['source'];
  trigger_by: string | null;
  rerun_of: string | null;
  cancel_requested: boolean | number;
  created_at: BigIntColumn;
  started_at: BigIntColumn | null;
  finished_at: BigIntColumn | null;
  job_intent_at: BigIntColumn | null;
  job_name: string | null;
  job_uid: string | null;
  max_attempts: number | null;
  timeout_seconds: number | null;
  logs_stored: boolean | number;
}

/** `runs` with what its scope says. */
export type ScopedRunRow = RunRow & Pick<ScopeRow, 'entity_ref' | 'namespace'>;

/** `run_attempts`. */
export interface AttemptRow {
  run_seq: BigIntColumn;
  number: number;
  state: Attempt['state'];
  pod_name: string | null;
  node_name: string | null;
  exit_code: number | null;
  reason: string | null;
  message: string | null;
  created_at: BigIntColumn | null;
  started_at: BigIntColumn | null;
  finished_at: BigIntColumn | null;
}

/** `run_inputs`. */
export interface InputRow {
  run_seq: BigIntColumn;
  task_spec: string;
  parameters: string | null;
  secure_parameters: string | null;
}

/** `run_transitions`. */
export interface TransitionRow {
  sequence: BigIntColumn;
  run_seq: BigIntColumn;
  at: BigIntColumn;
  state: Run['state'];
  reason: string | null;
  message: string | null;
}

/** `run_logs`. */
export interface LogRow {
  id: number;
  run_seq: BigIntColumn;
  attempt: number;
  writer: string;
  lines: number;
  dropped_lines: number;
  last_at: string | null;
  head_bytes: number;
  complete: boolean | number;
}

/** `run_log_chunks`. */
export interface LogChunkRow {
  log_id: number;
  first_line: number;
  line_count: number;
  bytes: number;
  tail: boolean | number;
  body: Buffer;
}
