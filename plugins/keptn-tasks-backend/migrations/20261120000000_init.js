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

// @ts-check

// Times are whole milliseconds since 1970, which both engines keep, order and return alike.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('run_scopes', table => {
    table.comment(
      'Where runs belong: an entity, or none, and a place. Lists go from here to the runs.',
    );
    table.increments('id');
    table
      .string('entity_ref', 500)
      .notNullable()
      .comment('The catalog entity that runs were started for, or empty');
    table.string('cluster').notNullable().comment('Name of the cluster');
    table.string('namespace', 63).notNullable().comment('Kubernetes namespace');
    table.unique(['entity_ref', 'cluster', 'namespace'], {
      indexName: 'run_scopes_uq',
    });
  });

  await knex.schema.createTable('definition_snapshots', table => {
    table.comment('Definitions as they were when runs began, each text once');
    table.increments('id');
    table
      .string('hash', 64)
      .notNullable()
      .comment('SHA-256 of the text, hexadecimal');
    table.text('body').notNullable().comment('YAML');
    table
      .bigInteger('used_at')
      .notNullable()
      .comment('When a run last began with it, to the day');
    table.unique(['hash'], { indexName: 'definition_snapshots_hash_uq' });
    table.index(['used_at'], 'definition_snapshots_used_idx');
  });

  await knex.schema.createTable('runs', table => {
    table.comment('One row for each time that a Keptn task was asked for');
    table
      .bigIncrements('seq')
      .comment('Breaks ties between runs created in the same millisecond');
    table.uuid('id').notNullable().comment('Public id');
    table
      .integer('scope_id')
      .notNullable()
      .references('id')
      .inTable('run_scopes')
      .comment('Entity and place');
    table.string('task_name').notNullable().comment('Name of the KeptnTask');
    table
      .string('cluster')
      .notNullable()
      .comment('As in run_scopes, for the uniqueness of tasks');
    table
      .string('task_uid', 64)
      .comment('Uid of the KeptnTask; null until it was seen in the cluster');
    table
      .string('definition_name')
      .notNullable()
      .comment('The KeptnTaskDefinition that the task names');
    table
      .string('definition_namespace', 63)
      .comment('Where the definition was found');
    table
      .string('definition_hash', 100)
      .comment('Hash of the definition with its references followed');
    table
      .integer('snapshot_id')
      .references('id')
      .inTable('definition_snapshots')
      .comment('The definition as it was when the run began');
    table.string('runner', 16).comment('deno, python or container');
    table.text('image').comment('Image of the container');
    table
      .string('phase', 16)
      .notNullable()
      .comment('pre, post, promotion or none');
    table.text('version').comment('Version of the workload or app');
    table.string('workload_name').comment('Workload that the task ran for');
    table.string('app_name').comment('App that the task ran for');
    table.text('context').comment('KEPTN_CONTEXT as JSON');
    table
      .string('state', 16)
      .notNullable()
      .comment('Pending, Progressing, Succeeded, Failed or Cancelled');
    table.string('reason').comment('CamelCase word for machines');
    table.text('message').comment('One sentence for people');
    table.integer('attempts').notNullable().defaultTo(0).comment('Pods so far');
    table
      .string('trigger_source', 16)
      .notNullable()
      .comment('portal, rerun, cluster or release');
    table.text('trigger_by').comment('Entity ref or field manager');
    table.uuid('rerun_of').comment('Id of the run that this one repeats');
    table.boolean('cancel_requested').notNullable().defaultTo(false);
    table
      .bigInteger('created_at')
      .notNullable()
      .comment('When it was asked for');
    table.bigInteger('started_at').comment('When its Job was made');
    table
      .bigInteger('finished_at')
      .comment('When it ended; nothing but attempts changes afterwards');
    table
      .bigInteger('job_intent_at')
      .comment(
        'When creating the Job was decided, before the request went out',
      );
    table.string('job_name', 63);
    table.string('job_uid', 64);
    table.integer('max_attempts');
    table.integer('timeout_seconds');
    table
      .boolean('logs_stored')
      .notNullable()
      .defaultTo(false)
      .comment('The logs of all attempts are stored, as far as there were any');

    table.unique(['id'], { indexName: 'runs_id_uq' });
    // What makes a task run once: one run for each task, whoever sees it first.
    table.unique(['cluster', 'task_uid'], { indexName: 'runs_task_uq' });
    // Lists, newest first. The columns after the order let a filter be answered from the index.
    table.index(
      [
        'scope_id',
        'created_at',
        'seq',
        'state',
        'phase',
        'trigger_source',
        'definition_name',
        'workload_name',
        'app_name',
      ],
      'runs_list_idx',
    );
    table.index(
      [
        'scope_id',
        'state',
        'created_at',
        'seq',
        'phase',
        'trigger_source',
        'definition_name',
        'workload_name',
        'app_name',
      ],
      'runs_list_by_state_idx',
    );
    table.index(
      [
        'scope_id',
        'definition_name',
        'created_at',
        'seq',
        'state',
        'phase',
        'trigger_source',
        'workload_name',
        'app_name',
      ],
      'runs_list_by_definition_idx',
    );
    // Retention by age.
    table.index(['finished_at'], 'runs_finished_idx');
    // Which snapshots are still in use.
    table.index(['snapshot_id'], 'runs_snapshot_idx');
    // The few runs that are under way.
    table.index(['cluster', 'created_at'], 'runs_unfinished_idx', {
      predicate: knex.whereNull('finished_at'),
    });
  });

  await knex.schema.createTable('run_inputs', table => {
    table.comment('What a run was given; read for one run, never for lists');
    table
      .bigInteger('run_seq')
      .primary()
      .references('seq')
      .inTable('runs')
      .onDelete('CASCADE');
    table
      .text('task_spec')
      .notNullable()
      .comment('Spec of the KeptnTask as JSON, to repeat the run');
    table
      .text('parameters')
      .comment('Effective parameters and where each came from, as JSON');
    table
      .string('secure_parameters')
      .comment('Name of the Secret; its values are never read');
  });

  await knex.schema.createTable('run_attempts', table => {
    table.comment('One row for each Pod of a run');
    table
      .bigInteger('run_seq')
      .notNullable()
      .references('seq')
      .inTable('runs')
      .onDelete('CASCADE');
    table.integer('number').notNullable().comment('From 1');
    table
      .string('state', 16)
      .notNullable()
      .comment('Pending, Running, Succeeded or Failed');
    table.string('pod_name');
    table.string('node_name');
    table.integer('exit_code');
    table.string('reason');
    table.text('message');
    table.bigInteger('created_at');
    table.bigInteger('started_at').comment('When the container started');
    table.bigInteger('finished_at');
    table.primary(['run_seq', 'number'], 'run_attempts_pk');
  });

  await knex.schema.createTable('run_transitions', table => {
    table.comment(
      'Every step of every run, in one order: what followers, notifications and metrics read',
    );
    table
      .bigInteger('sequence')
      .primary()
      .comment(
        'Without gaps, in the order of commits; given out by run_stream',
      );
    table
      .bigInteger('run_seq')
      .notNullable()
      .references('seq')
      .inTable('runs')
      .onDelete('CASCADE');
    table.bigInteger('at').notNullable();
    table.string('state', 16).notNullable();
    table.string('reason');
    table.text('message');
    table.index(['run_seq', 'sequence'], 'run_transitions_run_idx');
  });

  await knex.schema.createTable('run_stream', table => {
    table.comment(
      'One row. Who adds transitions holds it until the commit, so that a reader never passes a number that appears later.',
    );
    table.integer('id').primary();
    table.bigInteger('last_sequence').notNullable();
  });
  await knex('run_stream').insert({ id: 1, last_sequence: 0 });

  await knex.schema.createTable('idempotency_keys', table => {
    table.comment('Requests that were answered with a run already');
    table
      .string('key', 64)
      .primary()
      .comment('SHA-256 of caller and key, hexadecimal');
    table
      .bigInteger('run_seq')
      .notNullable()
      .references('seq')
      .inTable('runs')
      .onDelete('CASCADE');
    table.index(['run_seq'], 'idempotency_keys_run_idx');
  });

  await knex.schema.createTable('run_logs', table => {
    table.comment('The log of one attempt');
    table.increments('id');
    table
      .bigInteger('run_seq')
      .notNullable()
      .references('seq')
      .inTable('runs')
      .onDelete('CASCADE');
    table.integer('attempt').notNullable();
    table
      .uuid('writer')
      .notNullable()
      .comment('Who writes it; the last one that opened it');
    table
      .integer('lines')
      .notNullable()
      .defaultTo(0)
      .comment('Lines received, dropped ones included');
    table
      .integer('dropped_lines')
      .notNullable()
      .defaultTo(0)
      .comment('Lines between head and tail that the cap dropped');
    table.string('last_at', 40).comment('Time of the last line, as stamped');
    table
      .integer('head_bytes')
      .notNullable()
      .defaultTo(0)
      .comment('Bytes kept from the start, before compression');
    table.boolean('complete').notNullable().defaultTo(false);
    table.unique(['run_seq', 'attempt'], { indexName: 'run_logs_uq' });
  });

  await knex.schema.createTable('run_log_chunks', table => {
    table.comment('Consecutive lines of a log, compressed');
    table
      .integer('log_id')
      .notNullable()
      .references('id')
      .inTable('run_logs')
      .onDelete('CASCADE');
    table.integer('first_line').notNullable().comment('From 0');
    table.integer('line_count').notNullable();
    table.integer('bytes').notNullable().comment('Before compression');
    table
      .boolean('tail')
      .notNullable()
      .comment('Dropped when newer lines need the room; the head stays');
    table.binary('body').notNullable().comment('gzip of lines "time TAB text"');
    table.primary(['log_id', 'first_line'], 'run_log_chunks_pk');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('run_log_chunks');
  await knex.schema.dropTable('run_logs');
  await knex.schema.dropTable('idempotency_keys');
  await knex.schema.dropTable('run_stream');
  await knex.schema.dropTable('run_transitions');
  await knex.schema.dropTable('run_attempts');
  await knex.schema.dropTable('run_inputs');
  await knex.schema.dropTable('runs');
  await knex.schema.dropTable('definition_snapshots');
  await knex.schema.dropTable('run_scopes');
};
