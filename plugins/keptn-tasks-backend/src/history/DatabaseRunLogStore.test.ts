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
import { aSighting } from '../__testUtils__/historyBuilders';
import { DatabaseRunLogStore } from './DatabaseRunLogStore';
import { DatabaseRunStore } from './DatabaseRunStore';
import { migrationsDirectory } from './migrate';
import type { IncomingLine } from './RunLogStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const lines = (from: number, to: number, text = 'line'): IncomingLine[] =>
  Array.from({ length: to - from }, (_, i) => ({
    at: `2026-03-01T10:00:00.${String(from + i).padStart(9, '0')}Z`,
    text: `${text} ${from + i}`,
  }));

function nextAppend(logs: DatabaseRunLogStore, runId: string): Promise<void> {
  return new Promise(resolve => {
    const off = logs.onAppend(runId, () => {
      off();
      resolve();
    });
  });
}

describe.each(databases.eachSupportedId())('DatabaseRunLogStore, %p', id => {
  let knex: Knex;
  let runId: string;
  const limits = { headBytes: 4000, tailBytes: 200_000, lineBytes: 64 * 1024 };
  beforeAll(async () => {
    knex = await databases.init(id);
    await knex.migrate.latest({ directory: migrationsDirectory });
  });
  beforeEach(async () => {
    ({ id: runId } = await new DatabaseRunStore(knex).sight(
      aSighting({ cluster: 'logs' }),
    ));
  });

  it('returns what was written, numbered and stamped', async () => {
    const logs = new DatabaseRunLogStore(knex);
    const writer = await logs.open(runId, 1);
    await writer.append([
      { at: '2026-03-01T10:00:00.123456789Z', text: 'first\twith a tab' },
      { text: 'no time, ünïcode ✔, \u0000 and \u001b[31mred\u001b[0m' },
      { at: '2026-03-01T10:00:01Z', text: '' },
    ]);
    await writer.close({ complete: true });

    expect(await logs.read(runId, {})).toEqual({
      attempt: 1,
      complete: true,
      lines: [
        {
          n: 0,
          at: '2026-03-01T10:00:00.123456789Z',
          text: 'first\twith a tab',
        },
        { n: 1, text: 'no time, ünïcode ✔, \u0000 and \u001b[31mred\u001b[0m' },
        { n: 2, at: '2026-03-01T10:00:01Z', text: '' },
      ],
    });
  });

  it('has nothing for an attempt without a log', async () => {
    const logs = new DatabaseRunLogStore(knex);
    expect(await logs.read(runId, { attempt: 1 })).toBeUndefined();
    expect(await logs.read('nonsense', {})).toBeUndefined();
    expect(await logs.tail(runId, 1, 10)).toEqual([]);
  });

  it('reads the last attempt unless told otherwise, and goes on from a line', async () => {
    const logs = new DatabaseRunLogStore(knex);
    for (const attempt of [1, 2]) {
      const writer = await logs.open(runId, attempt);
      await writer.append(lines(0, 10, `attempt ${attempt}`));
      await writer.close({ complete: true });
    }
    expect((await logs.read(runId, {}))?.attempt).toBe(2);
    const part = await logs.read(runId, { attempt: 1, from: 4, limit: 3 });
    expect(part?.lines.map(line => line.text)).toEqual([
      'attempt 1 4',
      'attempt 1 5',
      'attempt 1 6',
    ]);
  });

  it('goes on after a crash where it was', async () => {
    const logs = new DatabaseRunLogStore(knex);
    const crashed = await logs.open(runId, 1);
    await crashed.append(lines(0, 5));
    await crashed.close({ complete: false });

    const resumed = await new DatabaseRunLogStore(knex).open(runId, 1);
    expect(resumed).toMatchObject({
      lines: 5,
      lastAt: lines(4, 5)[0].at,
      complete: false,
    });
    await resumed.append(lines(5, 8));
    await resumed.close({ complete: true });
    const log = await logs.read(runId, {});
    expect(log?.lines.map(line => line.n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(log?.complete).toBe(true);
  });

  it('refuses the former writer once another has opened the log', async () => {
    const former = await new DatabaseRunLogStore(knex).open(runId, 1);
    const latter = await new DatabaseRunLogStore(knex).open(runId, 1);
    await latter.append(lines(0, 3, 'latter'));
    await latter.close({ complete: false });
    await former.append(lines(0, 9, 'former'));
    await expect(former.close({ complete: true })).rejects.toThrow(
      'written by another process',
    );
    const log = await new DatabaseRunLogStore(knex).read(runId, {});
    expect(log?.lines.map(line => line.text)).toEqual([
      'latter 0',
      'latter 1',
      'latter 2',
    ]);
  });

  it('keeps head and tail of a long log and counts what it dropped', async () => {
    const logs = new DatabaseRunLogStore(knex, limits);
    const writer = await logs.open(runId, 1);
    for (let from = 0; from < 20_000; from += 500) {
      await writer.append(lines(from, from + 500));
    }
    await writer.close({ complete: true });

    const log = (await logs.read(runId, {}))!;
    expect(log.lines[0].text).toBe('line 0');
    expect(log.lines.at(-1)).toMatchObject({ n: 19_999, text: 'line 19999' });
    expect(log.droppedLines).toBe(20_000 - log.lines.length);
    expect(log.droppedLines).toBeGreaterThan(10_000);
    const gaps = log.lines.filter(
      (line, i) => i > 0 && line.n !== log.lines[i - 1].n + 1,
    );
    expect(gaps).toHaveLength(1);
    for (const line of log.lines) expect(line.text).toBe(`line ${line.n}`);

    const stored: any = await knex('run_log_chunks')
      .join('run_logs', 'run_logs.id', 'run_log_chunks.log_id')
      .join('runs', 'runs.seq', 'run_logs.run_seq')
      .where('runs.id', runId)
      .sum({ bytes: 'bytes' })
      .first();
    expect(Number(stored.bytes)).toBeLessThanOrEqual(204_000);
  });

  it('reads the last lines without reading all', async () => {
    const logs = new DatabaseRunLogStore(knex);
    const writer = await logs.open(runId, 1);
    for (let from = 0; from < 6000; from += 1000) {
      await writer.append(lines(from, from + 1000));
    }
    await writer.close({ complete: false });
    const tail = await logs.tail(runId, 1, 1500);
    expect(tail).toHaveLength(1500);
    expect(tail[0].n).toBe(4500);
    expect(tail.at(-1)?.n).toBe(5999);
  });

  it('cuts a line that never ends', async () => {
    const logs = new DatabaseRunLogStore(knex, { ...limits, lineBytes: 10 });
    const writer = await logs.open(runId, 1);
    await writer.append([{ text: 'x'.repeat(5_000_000) }]);
    await writer.close({ complete: true });
    expect((await logs.tail(runId, 1, 1))[0].text).toBe(
      'xxxxxxxxxx … (4999990 bytes cut)',
    );
  });

  it('stores a few lines by itself, in one row that grows, and tells listeners', async () => {
    const logs = new DatabaseRunLogStore(knex);
    const writer = await logs.open(runId, 1);
    for (const n of [0, 1, 2]) {
      const told = nextAppend(logs, runId);
      await writer.append(lines(n, n + 1));
      await told;
      expect((await logs.read(runId, {}))?.lines).toHaveLength(n + 1);
    }
    const [{ count }] = await knex('run_log_chunks')
      .join('run_logs', 'run_logs.id', 'run_log_chunks.log_id')
      .join('runs', 'runs.seq', 'run_logs.run_seq')
      .where('runs.id', runId)
      .count('* as count');
    expect(Number(count)).toBe(1);
    await writer.close({ complete: true });
  });

  it('shows with the attempt how much log there is', async () => {
    const runs = new DatabaseRunStore(knex);
    await runs.saveAttempt(runId, { number: 1, state: 'Running' });
    const writer = await new DatabaseRunLogStore(knex).open(runId, 1);
    await writer.append(lines(0, 7));
    await writer.close({ complete: true });
    expect((await runs.getDetail(runId))?.attempts).toEqual([
      { number: 1, state: 'Running', logLines: 7, logComplete: true },
    ]);
  });
});
