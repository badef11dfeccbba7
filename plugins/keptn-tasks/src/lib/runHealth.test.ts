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

import { aDefinition, aRun, secondsAgo } from '../__testUtils__/builders';
import { judgeHealth } from './runHealth';

const failed = (age: number, part = {}) =>
  aRun({ state: 'Failed', createdAt: secondsAgo(age), ...part });
const passed = (age: number, part = {}) =>
  aRun({ createdAt: secondsAgo(age), ...part });
const elsewhere = { namespace: 'shop-staging' };
const other = { definition: { name: 'load-check' } };

describe('judgeHealth', () => {
  it('knows nothing when nothing has run', () => {
    expect(judgeHealth([aDefinition()], [])).toEqual({ kind: 'none' });
  });

  it('forgives a failure that a newer run has put right', () => {
    const last = passed(10);
    expect(judgeHealth([], [failed(20), last])).toEqual({
      kind: 'passed',
      last,
    });
  });

  it('does not let success in one place hide a failure in another', () => {
    const run = failed(20, elsewhere);
    expect(judgeHealth([], [passed(10), run])).toEqual({
      kind: 'failed',
      run,
      others: 0,
    });
  });

  it('names the newest failure and counts the others', () => {
    const run = failed(10, other);
    expect(judgeHealth([], [failed(20), run])).toMatchObject({
      kind: 'failed',
      run,
      others: 1,
    });
  });

  it('still tells of a failure while its repetition is under way', () => {
    const repetition = aRun({ state: 'Progressing', createdAt: secondsAgo(1) });
    expect(judgeHealth([], [repetition, failed(20)]).kind).toBe('failed');
  });

  it('tells what is under way when nothing fails', () => {
    const run = aRun({ state: 'Pending', createdAt: secondsAgo(1) });
    expect(judgeHealth([], [run, passed(20)])).toEqual({
      kind: 'running',
      runs: [run],
    });
  });

  it('takes a cancelled run for neither', () => {
    const cancelled = aRun({ state: 'Cancelled', createdAt: secondsAgo(1) });
    expect(judgeHealth([], [cancelled]).kind).toBe('none');
    expect(judgeHealth([], [cancelled, failed(9)]).kind).toBe('failed');
  });

  it('knows of failures that are too old for the newest page', () => {
    const definition = aDefinition({ lastRun: failed(99_999) });
    expect(judgeHealth([definition], []).kind).toBe('failed');
  });
});
