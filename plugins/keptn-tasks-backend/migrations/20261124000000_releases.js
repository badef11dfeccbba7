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
  await knex.schema.createTable('release_subjects', table => {
    table.comment(
      'Apps and workloads in their places. Which release is asked for now is found from here.',
    );
    table.increments('id');
    table.string('cluster').notNullable().comment('Name of the cluster');
    table.string('namespace', 63).notNullable().comment('Kubernetes namespace');
    table.string('kind', 16).notNullable().comment('app or workload');
    table.string('app_name').notNullable();
    table
      .string('workload_name')
      .notNullable()
      .comment('Name of the KeptnWorkload, empty for an app');
    table.unique(
      ['cluster', 'namespace', 'kind', 'app_name', 'workload_name'],
      {
        indexName: 'release_subjects_uq',
      },
    );
  });

  await knex.schema.createTable('releases', table => {
    table.comment(
      'One row for each attempt of a version of an app or a workload',
    );
    table
      .bigIncrements('seq')
      .comment('Breaks ties between releases created in the same millisecond');
    table.uuid('id').notNullable().comment('Public id');
    table
      .integer('subject_id')
      .notNullable()
      .references('id')
      .inTable('release_subjects')
      .comment('App or workload');
    table
      .string('cluster')
      .notNullable()
      .comment('As in release_subjects, for uniqueness and lists of a place');
    table
      .string('namespace', 63)
      .notNullable()
      .comment('As in release_subjects, for lists of a place');
    table
      .string('object_uid', 64)
      .notNullable()
      .comment('Uid of the KeptnAppVersion or KeptnWorkloadVersion');
    table.integer('attempt').notNullable().comment('From 1');
    table.string('version').notNullable();
    table
      .string('state', 16)
      .notNullable()
      .comment(
        'Pending, Progressing, Succeeded, Warning, Failed or Deprecated',
      );
    table.bigInteger('created_at').notNullable();
    table
      .bigInteger('finished_at')
      .comment('When it ended; its outcome stays from then on');
    table
      .bigInteger('activated_at')
      .comment('When its app or workload last began to ask for it');
    table
      .bigInteger('asked_at')
      .notNullable()
      .comment(
        'activated_at, or created_at until then: the greatest of a subject is the one that is asked for now',
      );
    table
      .bigInteger('deleted_at')
      .comment('When its object was found to be gone');
    table
      .string('gate_by', 500)
      .comment('Who asked through the portal to let its Pods go');
    table
      .bigInteger('gate_at')
      .comment('When; an annotation of another time is not theirs');
    table
      .string('hash', 64)
      .notNullable()
      .comment(
        'SHA-256 of what was last saved, so that the same is not saved again',
      );
    table
      .text('body')
      .notNullable()
      .comment('All else that people are shown of it, as JSON');

    table.unique(['id'], { indexName: 'releases_id_uq' });
    // One release for each attempt, whoever sees it first.
    table.unique(['cluster', 'object_uid', 'attempt'], {
      indexName: 'releases_object_uq',
    });
    // Lists of a place, newest first. The columns after the order let a filter be answered from the index.
    table.index(
      [
        'cluster',
        'namespace',
        'created_at',
        'seq',
        'state',
        'subject_id',
        'version',
      ],
      'releases_place_idx',
    );
    table.index(
      [
        'cluster',
        'namespace',
        'state',
        'created_at',
        'seq',
        'subject_id',
        'version',
      ],
      'releases_place_state_idx',
    );
    // Lists of an app or workload, newest first, and what went before a release.
    table.index(
      ['subject_id', 'created_at', 'seq', 'state', 'version'],
      'releases_subject_idx',
    );
    // Which workload releases have a version.
    table.index(['subject_id', 'version'], 'releases_version_idx');
    // What is asked for now.
    table.index(['subject_id', 'asked_at', 'seq'], 'releases_current_idx');
    // Retention by age.
    table.index(['finished_at'], 'releases_finished_idx');
    // The few releases that are under way.
    table.index(['cluster', 'created_at'], 'releases_unfinished_idx', {
      predicate: knex.whereNull('finished_at'),
    });
  });

  await knex.schema.createTable('release_transitions', table => {
    table.comment('Every step of every release, in one order');
    table
      .bigInteger('sequence')
      .primary()
      .comment(
        'Without gaps, in the order of commits; given out by release_stream',
      );
    table
      .bigInteger('release_seq')
      .notNullable()
      .references('seq')
      .inTable('releases')
      .onDelete('CASCADE');
    table.bigInteger('at').notNullable();
    table.string('state', 16).notNullable();
    table.string('phase', 32).comment('The phase that it was in');
    table.text('message');
    table.index(['release_seq', 'sequence'], 'release_transitions_release_idx');
  });

  await knex.schema.createTable('release_stream', table => {
    table.comment(
      'One row. Who adds transitions holds it until the commit, so that a reader never passes a number that appears later.',
    );
    table.integer('id').primary();
    table.bigInteger('last_sequence').notNullable();
  });
  await knex('release_stream').insert({ id: 1, last_sequence: 0 });

  await knex.schema.createTable('workload_problems', table => {
    table.comment(
      'What keeps workloads, or parts of their checks, from being looked after now',
    );
    table.string('cluster').notNullable();
    table.string('namespace', 63).notNullable();
    table.string('kind', 63).notNullable().comment('Deployment, for example');
    table.string('name').notNullable();
    table.string('app_name');
    table.string('workload_name');
    table.text('messages').notNullable().comment('Sentences, as a JSON list');
    table.primary(
      ['cluster', 'namespace', 'kind', 'name'],
      'workload_problems_pk',
    );
  });

  // Finds the runs of a release's tasks. Runs on demand need no place in it.
  await knex.schema.raw(
    "CREATE INDEX runs_release_task_idx ON runs (scope_id, task_name) WHERE phase <> 'none'",
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.raw('DROP INDEX runs_release_task_idx');
  await knex.schema.dropTable('workload_problems');
  await knex.schema.dropTable('release_stream');
  await knex.schema.dropTable('release_transitions');
  await knex.schema.dropTable('releases');
  await knex.schema.dropTable('release_subjects');
};
