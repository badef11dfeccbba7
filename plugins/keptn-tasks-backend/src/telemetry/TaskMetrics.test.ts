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

import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  anOutcome,
  anUpdate,
  aSighting,
} from '../__testUtils__/historyBuilders';
import { until } from '../__testUtils__/until';
import { DatabaseRunStore } from '../history/DatabaseRunStore';
import { migrationsDirectory } from '../history/migrate';
import { at, task } from './__testUtils__/builders';
import { RecordingMetrics } from './__testUtils__/RecordingMetrics';
import { TaskMetrics } from './TaskMetrics';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const logger = mockServices.logger.mock();

/** A process that works on the history and counts. */
function replica(knex: Knex) {
  const runs = new DatabaseRunStore(knex);
  const metrics = new RecordingMetrics();
  const taskMetrics = new TaskMetrics({ metrics, runs, logger });
  runs.onTransition(ended => taskMetrics.runsEnded(ended));
  return { runs, metrics };
}

const context = {
  appName: 'shop',
  appVersion: '1',
  workloadName: 'shop-cart',
  workloadVersion: '2',
};

describe.each(databases.eachSupportedId())('TaskMetrics, %p', id => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await databases.init(id);
    await knex.migrate.latest({ directory: migrationsDirectory });
  });

  it('D-56 counts and measures a run with its namespace, by its definition', async () => {
    const { runs, metrics } = replica(knex);
    const run = await runs.sight(
      aSighting({ cluster: 'prod', phase: 'pre', context }),
    );
    await runs.update(run.id, anUpdate());
    await runs.update(run.id, anOutcome());
    await until(() => metrics.of('keptn.task.duration').length === 1);
    const attributes = {
      'k8s.cluster.name': 'prod',
      'keptn.deployment.app.name': 'shop',
      'keptn.deployment.app.version': '1',
      'keptn.deployment.workload.name': 'shop-cart',
      'keptn.deployment.workload.version': '2',
      'keptn.deployment.task.name': 'smoke-test',
      'keptn.deployment.task.namespace': 'shop',
      'keptn.deployment.task.type': 'pre',
      'keptn.deployment.task.status': 'Succeeded',
    };
    expect(metrics.of('keptn.task.count')).toEqual([{ value: 1, attributes }]);
    expect(metrics.of('keptn.task.duration')).toEqual([
      { value: 4, attributes },
    ]);
  });

  it('D-56 counts a run once, however often and by whom its end is found', async () => {
    const [a, b] = [replica(knex), replica(knex)];
    const ids = await Promise.all(
      Array.from(
        { length: 20 },
        async () => (await a.runs.sight(aSighting({ cluster: 'once' }))).id,
      ),
    );
    await Promise.all(
      ids.flatMap(one => [
        a.runs.update(one, anOutcome()),
        b.runs.update(one, anOutcome({ state: 'Failed', reason: 'JobLost' })),
      ]),
    );
    const restarted = replica(knex);
    await Promise.all(ids.map(one => restarted.runs.update(one, anOutcome())));
    const counted = () =>
      [a, b, restarted].flatMap(({ metrics }) =>
        metrics.of('keptn.task.count'),
      );
    await until(() => counted().length === 20);
    expect(restarted.metrics.of('keptn.task.count')).toEqual([]);
  });

  it('counts a run whose task was deleted', async () => {
    const { runs, metrics } = replica(knex);
    await runs.sight(aSighting({ cluster: 'deleted', uid: 'gone' }));
    await runs.taskDeleted('deleted', 'gone', at('10:00:09'));
    await until(() => metrics.of('keptn.task.count').length === 1);
    expect(metrics.of('keptn.task.count')[0].attributes).toMatchObject({
      'keptn.deployment.task.status': 'Failed',
    });
    expect(metrics.of('keptn.task.duration')).toEqual([]);
  });

  it('D-56 does not count what had ended before anybody watched', async () => {
    const { runs, metrics } = replica(knex);
    await runs.importFinished([
      { sighting: aSighting({ cluster: 'past' }), update: anOutcome() },
    ]);
    const { id: later } = await runs.sight(aSighting({ cluster: 'past' }));
    await runs.update(later, anOutcome());
    await until(() => metrics.of('keptn.task.count').length > 0);
    expect(metrics.of('keptn.task.count')).toHaveLength(1);
  });
});

describe('TaskMetrics', () => {
  it('D-56 shows how many tasks are under way, by what they do', () => {
    const metrics = new RecordingMetrics();
    const stop = new TaskMetrics({
      metrics,
      runs: { get: async () => undefined },
      logger,
    }).observe('prod', () => [
      task({ uid: 'a', status: { startTime: at('10:00:00') } }),
      task({ uid: 'b', status: { startTime: at('10:00:00') } }),
      task({ uid: 'c' }),
      task({
        uid: 'd',
        status: { startTime: at('10:00:00'), status: 'Failed' },
      }),
    ]);
    expect(metrics.collect('keptn.task.active')).toEqual([
      {
        value: 2,
        attributes: expect.objectContaining({
          'keptn.deployment.task.name': 'smoke',
          'keptn.deployment.task.namespace': 'shop',
        }),
      },
    ]);
    stop();
    expect(metrics.collect('keptn.task.active')).toEqual([]);
  });
});
