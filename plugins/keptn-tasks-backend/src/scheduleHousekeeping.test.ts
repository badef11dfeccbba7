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

import { mockServices } from '@backstage/backend-test-utils';
import {
  anOutcome,
  aReservation,
  aSighting,
} from './__testUtils__/historyBuilders';
import { aRelease, ended } from './__testUtils__/releaseBuilders';
import { TestPortal } from './__testUtils__/testPortal';
import { pruneHistory } from './scheduleHousekeeping';
import { failLostReservations } from './service/failLostReservations';

const logger = mockServices.logger.mock();

describe('housekeeping', () => {
  let portal: TestPortal;
  beforeEach(async () => {
    portal = await TestPortal.start();
  });
  afterEach(() => portal.stop());

  it('deletes in batches until nothing is left to delete', async () => {
    const runs = await Promise.all(
      Array.from({ length: 450 }, () =>
        portal.runs.sight(aSighting({ cluster: 'eu-1' })),
      ),
    );
    await Promise.all(
      runs.slice(1).map(({ id }) => portal.runs.update(id, anOutcome())),
    );
    await pruneHistory({
      runs: portal.runs,
      releases: portal.releases,
      retention: { maxAgeMs: 1000, maxRunsPerDefinition: 10 },
      logger,
      signal: new AbortController().signal,
    });
    const { items } = await portal.runs.list(
      { entityRef: 'x', places: [{ cluster: 'eu-1', namespace: 'shop' }] },
      { limit: 100 },
    );
    expect(items.map(run => run.state)).toEqual(['Pending']);
  });

  it('deletes old releases too, but those that are asked for now', async () => {
    const versions = Array.from({ length: 450 }, (_, n) =>
      aRelease({ cluster: 'eu-1', version: `${n}`, ...ended() }),
    );
    for (const one of versions) await portal.releases.save(one);
    await portal.releases.activate(
      'eu-1',
      versions[3].uid,
      '2026-03-01T11:00:00Z',
    );
    await pruneHistory({
      runs: portal.runs,
      releases: portal.releases,
      retention: { maxAgeMs: 1000, maxRunsPerDefinition: 10 },
      logger,
      signal: new AbortController().signal,
    });
    const { items } = await portal.releases.list(
      { places: [{ cluster: 'eu-1', namespace: 'shop' }] },
      { limit: 100 },
    );
    expect(items.map(({ version }) => version)).toEqual(['3']);
  });

  it('ends runs whose task was never created, and only those', async () => {
    const sweep = (now: string) =>
      failLostReservations({
        runs: portal.runs,
        clusters: {
          get: name => [portal.eu, portal.us].find(one => one.name === name),
          list: () => [portal.eu, portal.us],
        },
        logger,
        now: () => new Date(now),
      });
    const lost = aReservation({ cluster: 'eu-1' });
    const created = aReservation({ cluster: 'eu-1' });
    const away = aReservation({ cluster: 'us-1' });
    const gone = aReservation({ cluster: 'gone' });
    for (const one of [lost, created, away, gone]) {
      await portal.runs.reserve(one);
    }
    await portal.eu.client.create('KeptnTask', {
      metadata: { namespace: 'shop', name: created.taskName },
    } as any);
    portal.us.reachable = false;
    const stateOf = async ({ id }: { id: string }) =>
      (await portal.runs.get(id))?.state;

    await sweep('2026-03-01T10:01:00Z');
    expect(await stateOf(lost)).toBe('Pending');

    await sweep('2026-03-01T10:03:00Z');
    expect(await stateOf(lost)).toBe('Failed');
    expect((await portal.runs.get(lost.id))?.message).toMatch(
      /never created in cluster eu-1/,
    );
    expect(await stateOf(created)).toBe('Pending');
    expect(await stateOf(away)).toBe('Pending');
    expect(await stateOf(gone)).toBe('Failed');
  });
});
