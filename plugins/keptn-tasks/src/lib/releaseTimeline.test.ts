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

import type {
  Release,
  ReleaseDetail,
} from 'backstage-plugin-keptn-tasks-common';
import { aRun, aRunDetail } from '../__testUtils__/builders';
import {
  anAppRelease,
  anItem,
  aRelease,
  aReleaseDetail,
  phasesOf,
} from '../__testUtils__/releaseBuilders';
import { layoutReleaseTimeline } from './releaseTimeline';
import type { TimelineRow } from './timelineRows';

const START = Date.UTC(2026, 0, 1, 10);
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();
const layout = (detail: ReleaseDetail, now: number) =>
  layoutReleaseTimeline(detail, START + now * 1_000);

/** `[step, from, to]` in seconds. */
const barsOf = (row: TimelineRow | undefined) =>
  row?.bars.map(({ step, from, to }) => [
    step,
    (from - START) / 1_000,
    (to - START) / 1_000,
  ]);
const rowOf = (rows: TimelineRow[], id: string) =>
  rows.find(row => row.id.endsWith(id));

function through(part: Partial<Release> = {}): Release {
  return aRelease({
    createdAt: at(0),
    startedAt: at(1),
    finishedAt: at(60),
    ...part,
    phases: phasesOf('workload', {
      preTasks: {
        startedAt: at(2),
        finishedAt: at(20),
        items: [anItem({ startedAt: at(2), finishedAt: at(20) })],
      },
      deployment: { startedAt: at(20), finishedAt: at(40) },
      postTasks: {
        startedAt: at(40),
        finishedAt: at(60),
        items: [
          anItem({
            definition: 'load-check',
            startedAt: at(40),
            finishedAt: at(60),
          }),
        ],
      },
    }),
  });
}

describe('the timeline of a release', () => {
  it('has a line for the release, each phase that did something and each item', () => {
    const { rows } = layout(aReleaseDetail(through()), 100);
    expect(
      rows.map(({ level, phase, item }) => [
        level,
        item?.definition ?? phase?.name,
      ]),
    ).toEqual([
      ['release', undefined],
      ['phase', 'preTasks'],
      ['item', 'smoke-test'],
      ['phase', 'deployment'],
      ['phase', 'postTasks'],
      ['item', 'load-check'],
    ]);
  });

  it('shows how long Pods waited at their gate, and then the rollout', () => {
    const { rows } = layout(aReleaseDetail(through()), 100);
    expect(barsOf(rowOf(rows, '/deployment'))).toEqual([
      ['gated', 0, 20],
      ['deploying', 20, 40],
    ]);
  });

  it('shows the attempts of a task as pieces, with what was waited for between them', () => {
    const run = aRun({
      state: 'Failed',
      createdAt: at(2),
      startedAt: at(3),
      finishedAt: at(20),
    });
    const { attempts } = aRunDetail(run, {
      attempts: [
        {
          number: 1,
          state: 'Failed',
          createdAt: at(4),
          startedAt: at(5),
          finishedAt: at(10),
        },
        {
          number: 2,
          state: 'Failed',
          createdAt: at(12),
          startedAt: at(13),
          finishedAt: at(20),
        },
      ],
    });
    const release = through();
    release.phases[0].items[0].runId = run.id;
    const { rows } = layout(
      aReleaseDetail(release, { runs: [{ run, attempts }] }),
      100,
    );
    expect(barsOf(rowOf(rows, '/preTasks/0'))).toEqual([
      ['queued', 2, 3],
      ['starting', 3, 4],
      ['starting', 4, 5],
      ['running', 5, 10],
      ['waiting', 10, 12],
      ['starting', 12, 13],
      ['running', 13, 20],
    ]);
  });

  it('lets what goes on last until now', () => {
    const release = through({ state: 'Progressing', finishedAt: undefined });
    release.phases[3] = {
      name: 'postTasks',
      state: 'Progressing',
      startedAt: at(40),
      items: [
        anItem({
          state: 'Progressing',
          startedAt: at(40),
          finishedAt: undefined,
        }),
      ],
    };
    const { rows, to } = layout(aReleaseDetail(release), 70);
    expect(barsOf(rowOf(rows, '/postTasks/0'))).toEqual([['running', 40, 70]]);
    expect(to).toBe(Date.parse(at(70)));
  });

  it('shows what waits for a definition as waiting since its phase began', () => {
    const release = through({ state: 'Progressing', finishedAt: undefined });
    release.phases[0] = {
      name: 'preTasks',
      state: 'Progressing',
      startedAt: at(2),
      items: [
        { definition: 'absent', kind: 'task', state: 'Pending', message: 'no' },
      ],
    };
    release.phases[2] = { name: 'deployment', state: 'Pending', items: [] };
    release.phases[3] = { name: 'postTasks', state: 'Pending', items: [] };
    const { rows } = layout(aReleaseDetail(release), 30);
    expect(barsOf(rowOf(rows, '/preTasks/0'))).toEqual([['waiting', 2, 30]]);
  });

  it('has no bar for what was never begun', () => {
    const release = through();
    release.phases[3] = {
      name: 'postTasks',
      state: 'Deprecated',
      items: [{ definition: 'load-check', kind: 'task', state: 'Deprecated' }],
    };
    const row = rowOf(layout(aReleaseDetail(release), 99).rows, '/postTasks/0');
    expect(row).toMatchObject({ bars: [], from: undefined });
  });

  it('cuts a night of waiting off, so that the tasks can be seen', () => {
    const night = 50_000;
    const release = through({
      state: 'Failed',
      finishedAt: at(20),
      gatedPods: { count: 3, names: [], since: at(0) },
    });
    release.phases[2] = { name: 'deployment', state: 'Deprecated', items: [] };
    release.phases[3] = { name: 'postTasks', state: 'Deprecated', items: [] };
    const { rows, to } = layout(aReleaseDetail(release), night);
    expect(to).toBe(Date.parse(at(20 + 0.3 * 18)));
    expect(rowOf(rows, '/deployment')?.bars).toEqual([
      expect.objectContaining({ step: 'gated', cutEnd: true }),
    ]);
  });

  it('cuts a long wait before the first task off as well', () => {
    const release = through({ createdAt: at(-7_200) });
    const { from, rows } = layout(aReleaseDetail(release), 100);
    expect(from).toBe(Date.parse(at(2 - 0.3 * 58)));
    expect(rows[0].bars[0]).toMatchObject({ step: 'span', cutStart: true });
  });

  it('begins a repeated version with its repetition', () => {
    const release = through({ attempt: 2, createdAt: at(-7_200) });
    const { from } = layout(aReleaseDetail(release), 100);
    expect(from).toBe(Date.parse(at(1)));
  });
});

describe('the timeline of an app', () => {
  const app = anAppRelease({
    createdAt: at(0),
    startedAt: at(1),
    finishedAt: at(60),
  });

  it('has its workloads below it', () => {
    const workload = through();
    const { rows } = layout(aReleaseDetail(app, { workloads: [workload] }), 99);
    expect(
      rows.filter(row => row.level === 'release').map(row => row.release),
    ).toEqual([app, workload]);
  });

  it('names workloads that an earlier version has deployed, without stretching the axis', () => {
    const old = aRelease({
      createdAt: at(-90_000),
      startedAt: at(-90_000),
      finishedAt: at(-89_900),
    });
    const { earlier, from } = layout(
      aReleaseDetail(app, { workloads: [old, through()] }),
      99,
    );
    expect(earlier).toEqual([old]);
    expect(from).toBe(Date.parse(at(0)));
  });
});
