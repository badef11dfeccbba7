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
import { aRelease } from '../../../__testUtils__/releaseBuilders';
import type { ClusterConfig } from '../../../cluster/ClusterConfig';
import { aWorkloadVersion } from '../../../domain/release/__testUtils__/appBuilders';
import { DatabaseReleaseStore } from '../../../history/DatabaseReleaseStore';
import { migrationsDirectory } from '../../../history/migrate';
import { ReleaseRecords } from './ReleaseRecords';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('ReleaseRecords', () => {
  let knex: Knex;
  let releases: DatabaseReleaseStore;
  let records: ReleaseRecords;

  beforeAll(async () => {
    knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsDirectory });
  });
  beforeEach(() => {
    releases = new DatabaseReleaseStore(knex);
    const config = { name: 'records' } as ClusterConfig;
    records = new ReleaseRecords({ config, releases, now: () => new Date() });
  });

  function sighted(uid: string) {
    const { release } = aRelease({ cluster: 'records', uid });
    const version = aWorkloadVersion('shop', 'checkout', '2.4.0', {
      metadata: { uid },
    });
    return { version, release };
  }

  async function live() {
    return (await releases.listUnfinished('records')).map(({ uid }) => uid);
  }

  it('are not brought back by a look that goes on after the version was deleted', async () => {
    const { version, release } = sighted('deleted-first');
    await records.save(version, release);
    expect(await live()).toContain('deleted-first');
    await records.deleted('deleted-first');
    await records.save(version, { ...release, phase: 'deployment' });
    expect(await live()).not.toContain('deleted-first');
  });

  it('end with the version although a look was just storing it', async () => {
    const { version, release } = sighted('deleted-meanwhile');
    await records.save(version, release);
    const saving = records.save(version, { ...release, phase: 'deployment' });
    await Promise.all([saving, records.deleted('deleted-meanwhile')]);
    expect(await live()).not.toContain('deleted-meanwhile');
  });
});
