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

import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { migrationsDirectory } from './migrate';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

async function tables(knex: Knex): Promise<string[]> {
  const sqlite = knex.client.config.client.includes('sqlite');
  const rows: { name: string }[] = sqlite
    ? await knex('sqlite_master').select('name').where('type', 'table')
    : await knex('pg_tables')
        .select('tablename as name')
        .whereRaw('schemaname = current_schema()');
  return rows
    .map(({ name }) => name)
    .filter(name => !/^(knex_|sqlite_)/.test(name))
    .sort();
}

function isOfReleases(table: string): boolean {
  return /^(release|workload_problems)/.test(table);
}

describe.each(databases.eachSupportedId())('migrations, %p', id => {
  it('20261124000000_releases adds tables for releases and takes them away again', async () => {
    const knex = await databases.init(id);
    const directory = migrationsDirectory;
    const names = async () => (await tables(knex)).filter(isOfReleases);
    await knex.migrate.up({ directory });
    expect(await names()).toEqual([]);
    await knex('run_scopes').insert({
      id: 1,
      entity_ref: '',
      cluster: 'eu-1',
      namespace: 'shop',
    });
    await knex.migrate.up({ directory });
    expect(await names()).toEqual([
      'release_stream',
      'release_subjects',
      'release_transitions',
      'releases',
      'workload_problems',
    ]);
    expect(await knex('release_stream')).toHaveLength(1);

    const subject = {
      id: 1,
      cluster: 'eu-1',
      namespace: 'shop',
      kind: 'app',
      app_name: 'shop',
      workload_name: '',
    };
    await knex('release_subjects').insert(subject);
    await expect(
      knex('release_subjects').insert({ ...subject, id: 2 }),
    ).rejects.toThrow(/unique/i);
    const release = {
      subject_id: 1,
      cluster: 'eu-1',
      namespace: 'shop',
      object_uid: 'u1',
      attempt: 1,
      version: '2.4.0',
      state: 'Pending',
      created_at: 1_772_359_200_000,
      asked_at: 1_772_359_200_000,
      hash: 'x',
      body: '{}',
    };
    const first = '00000000-0000-4000-8000-000000000001';
    const second = '00000000-0000-4000-8000-000000000002';
    await knex('releases').insert({ ...release, id: first });
    // One release for each attempt of an object.
    await expect(
      knex('releases').insert({ ...release, id: second }),
    ).rejects.toThrow(/unique/i);
    await knex('releases').insert({ ...release, id: second, attempt: 2 });
    await knex('release_transitions').insert({
      sequence: 1,
      release_seq: 1,
      at: 1_772_359_200_000,
      state: 'Pending',
    });
    await knex('releases').where('id', first).del();
    expect(await knex('release_transitions')).toEqual([]);

    await knex.migrate.down({ directory });
    expect(await names()).toEqual([]);
    expect(await knex('run_scopes')).toHaveLength(1);
    await knex.migrate.down({ directory });
  });

  it('20261120000000_init makes the tables and takes them away again', async () => {
    const knex = await databases.init(id);
    const directory = migrationsDirectory;
    await knex.migrate.up({ directory });
    expect(await tables(knex)).toEqual([
      'definition_snapshots',
      'idempotency_keys',
      'run_attempts',
      'run_inputs',
      'run_log_chunks',
      'run_logs',
      'run_scopes',
      'run_stream',
      'run_transitions',
      'runs',
    ]);

    await knex('run_scopes').insert({
      id: 1,
      entity_ref: '',
      cluster: 'eu-1',
      namespace: 'shop',
    });
    const run = {
      scope_id: 1,
      cluster: 'eu-1',
      task_name: 'smoke-test',
      definition_name: 'smoke-test',
      phase: 'none',
      state: 'Pending',
      trigger_source: 'cluster',
      created_at: 1_772_359_200_000,
    };
    const first = '00000000-0000-4000-8000-000000000001';
    await knex('runs').insert({ ...run, id: first, task_uid: 'u1' });
    await knex('run_attempts').insert({
      run_seq: 1,
      number: 1,
      state: 'Running',
    });
    expect(await knex('runs').first('*')).toMatchObject({
      id: first,
      attempts: 0,
      finished_at: null,
    });

    // One run for each task; but many that have no task yet.
    await expect(
      knex('runs').insert({
        ...run,
        id: '00000000-0000-4000-8000-000000000002',
        task_uid: 'u1',
      }),
    ).rejects.toThrow(/unique/i);
    for (const n of [3, 4]) {
      await knex('runs').insert({
        ...run,
        id: `00000000-0000-4000-8000-00000000000${n}`,
      });
    }
    await knex('runs').where('id', first).del();
    expect(await knex('run_attempts')).toEqual([]);

    await knex.migrate.down({ directory });
    expect(await tables(knex)).toEqual([]);
  });
});
