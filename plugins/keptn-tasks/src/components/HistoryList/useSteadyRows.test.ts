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

import { act, renderHook } from '@testing-library/react';
import { aRun } from '../../__testUtils__/builders';
import { useSteadyRows } from './useSteadyRows';

describe('useSteadyRows', () => {
  const [newest, middle, oldest] = [aRun(), aRun(), aRun()];

  it('lets new rows in at the top of the list', () => {
    const { result, rerender } = renderHook(
      ({ runs }) => useSteadyRows(runs, true, 'all'),
      { initialProps: { runs: [middle, oldest] } },
    );
    rerender({ runs: [newest, middle, oldest] });
    expect(result.current.rows).toEqual([newest, middle, oldest]);
    expect(result.current.newCount).toBe(0);
  });

  it('holds them back while somebody reads further down, but keeps the others up to date', () => {
    const { result, rerender } = renderHook(
      ({ runs, mayMove }) => useSteadyRows(runs, mayMove, 'all'),
      { initialProps: { runs: [middle, oldest], mayMove: true } },
    );
    const changed = { ...middle, state: 'Failed' as const };
    rerender({ runs: [newest, changed, oldest], mayMove: false });
    expect(result.current.rows).toEqual([changed, oldest]);
    expect(result.current.newCount).toBe(1);

    act(() => result.current.showNew());
    expect(result.current.rows).toEqual([newest, changed, oldest]);
    expect(result.current.newCount).toBe(0);
  });

  it('shows another question’s answer at once', () => {
    const { result, rerender } = renderHook(
      ({ runs, question }) => useSteadyRows(runs, false, question),
      { initialProps: { runs: [middle], question: 'all' } },
    );
    rerender({ runs: [oldest], question: 'failed' });
    expect(result.current.rows).toEqual([oldest]);
  });
});
