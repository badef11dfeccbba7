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
import type { DatabaseEngine } from './BenchDatabase';
import { CLUSTERS, DEFINITIONS, ENTITIES, NAMESPACES } from './catalog';

const DAYS = 90;
const RUNS_PER_STATEMENT = 100_000;

/**
 * Fills an empty history with finished runs of 90 days, and a few under way: 200 entities, of which some run far more
 * than others, in 50 places; two of five runs were started for an entity, the others by releases. The rows are made
 * by the database itself, from the number of the run, so that every filling is the same.
 */
export async function fillHistory(
  knex: Knex,
  options: { engine: DatabaseEngine; runs: number },
): Promise<void> {
  const { engine, runs } = options;
  // Only the load is faster for this; what is measured opens connections of its own.
  if (engine === 'sqlite') {
    await knex.raw('PRAGMA synchronous = OFF');
    await knex.raw('PRAGMA cache_size = -1000000');
  }
  await knex.transaction(async tx => {
    if (engine === 'postgres')
      await tx.raw('SET LOCAL synchronous_commit = off');
    await tx.raw(scopes());
    const now = Date.now();
    for (let from = 1; from <= runs; from += RUNS_PER_STATEMENT) {
      const to = Math.min(runs, from + RUNS_PER_STATEMENT - 1);
      await tx.raw(rows(engine, { from, to, runs, now }));
    }
  });
  // PostgreSQL does this by itself some time after a load; SQLite never does, and the plugin does not ask for it.
  if (engine === 'postgres') await knex.raw('VACUUM ANALYZE runs');
}

/** Evenly spread values in [0, 1) from the number of a run; another multiplier gives an independent sequence. */
const spread = (multiplier: number) =>
  `(((i * ${multiplier}) % 4294967296) / CAST(4294967296 AS double precision))`;

const numbers = (from: number, to: number) =>
  `WITH RECURSIVE numbers(i) AS (SELECT CAST(${from} AS bigint) UNION ALL SELECT i + 1 FROM numbers WHERE i < ${to})`;

function scopes(): string {
  return `
    INSERT INTO run_scopes (entity_ref, cluster, namespace)
    ${numbers(0, ENTITIES * 3 - 1)}
    SELECT 'component:default/service-' || (i / 3),
           'cluster-' || ((i / 3 + i % 3) % ${CLUSTERS}),
           'team-' || ((i / 3) % ${NAMESPACES})
    FROM numbers
    UNION ALL
    SELECT '', 'cluster-' || (i % ${CLUSTERS}), 'team-' || (i / ${CLUSTERS})
    FROM numbers WHERE i < ${CLUSTERS * NAMESPACES}`;
}

function rows(
  engine: DatabaseEngine,
  range: { from: number; to: number; runs: number; now: number },
): string {
  const { from, to, runs, now } = range;
  const floor = (expression: string) =>
    engine === 'sqlite'
      ? `CAST(${expression} AS integer)`
      : `CAST(floor(${expression}) AS bigint)`;
  const uuid =
    engine === 'sqlite'
      ? `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`
      : 'gen_random_uuid()';
  const [yes, no] = engine === 'sqlite' ? ['1', '0'] : ['true', 'false'];
  const first = now - DAYS * 24 * 3600 * 1000;
  const stepMs = (DAYS * 24 * 3600 * 1000) / runs;
  return `
    INSERT INTO runs (
      id, scope_id, task_name, cluster, task_uid, definition_name, definition_namespace, definition_hash, runner,
      image, phase, version, workload_name, app_name, context, state, reason, message, attempts, trigger_source,
      trigger_by, cancel_requested, created_at, started_at, finished_at, job_intent_at, job_name, job_uid,
      max_attempts, timeout_seconds, logs_stored)
    ${numbers(from, to)},
    drawn AS (
      SELECT i,
        ${floor(
          `${spread(2654435761)} * ${spread(2654435761)} * ${ENTITIES}`,
        )} AS entity,
        ${floor(`${spread(2246822519)} * 3`)} AS place,
        ${floor(`${spread(3266489917)} * ${DEFINITIONS}`)} AS definition,
        ${spread(668265263)} AS luck,
        ${spread(374761393)} AS origin,
        ${floor(
          `${first} + i * ${stepMs} + ${spread(3141592653)} * 60000`,
        )} AS created
      FROM numbers),
    placed AS (
      SELECT drawn.*,
        'service-' || entity AS workload,
        'cluster-' || ((entity + place) % ${CLUSTERS}) AS cluster,
        'team-' || (entity % ${NAMESPACES}) AS namespace,
        CASE WHEN origin < 0.4 THEN 'component:default/service-' || entity ELSE '' END AS ref,
        CASE definition % 4 WHEN 0 THEN 'smoke-test' WHEN 1 THEN 'migrate' WHEN 2 THEN 'load-check' ELSE 'notify' END
          || '-' || (definition / 4) AS definition_name,
        CASE WHEN i > ${runs} - 100 THEN 'Progressing'
             WHEN luck < 0.92 THEN 'Succeeded' WHEN luck < 0.985 THEN 'Failed' ELSE 'Cancelled' END AS state
      FROM drawn)
    SELECT ${uuid}, run_scopes.id,
      definition_name || '-' || i, placed.cluster, 'uid-' || i, definition_name, placed.namespace,
      'f3b1c9d27a4e5f60718293a4b5c6d7e8f3b1c9d27a4e5f60718293a4b5c6d7e8',
      CASE definition % 3 WHEN 0 THEN 'deno' WHEN 1 THEN 'python' ELSE 'container' END,
      'registry.example.com/tasks/' || definition_name || ':1.4.2',
      CASE WHEN origin < 0.4 THEN 'none' WHEN origin < 0.7 THEN 'pre' WHEN origin < 0.95 THEN 'post' ELSE 'promotion' END,
      '1.' || (i % 50) || '.0', workload, 'app-' || (entity % 40),
      '{"appName":"app-' || (entity % 40) || '","appVersion":"1.0.0","workloadName":"' || workload ||
        '","workloadVersion":"1.' || (i % 50) || '.0","taskType":"pre","objectType":"Workload"}',
      state,
      CASE state WHEN 'Failed' THEN 'ExitCode' WHEN 'Cancelled' THEN 'Cancelled' END,
      CASE state WHEN 'Failed' THEN 'The task ended with exit code 1 (attempt 1 of 1): the service answered 503 instead of 200' END,
      1,
      CASE WHEN origin < 0.3 THEN 'portal' WHEN origin < 0.4 THEN 'rerun' WHEN origin < 0.9 THEN 'release' ELSE 'cluster' END,
      CASE WHEN origin < 0.4 THEN 'user:default/someone-' || (i % 300) END,
      ${no}, created, created + 900,
      CASE WHEN state <> 'Progressing' THEN created + 900 + (i % 120) * 1000 END,
      created + 100, definition_name || '-' || i, 'job-uid-' || i, 1, 300,
      CASE WHEN state <> 'Progressing' THEN ${yes} ELSE ${no} END
    FROM placed JOIN run_scopes
      ON run_scopes.entity_ref = placed.ref AND run_scopes.cluster = placed.cluster
      AND run_scopes.namespace = placed.namespace`;
}
