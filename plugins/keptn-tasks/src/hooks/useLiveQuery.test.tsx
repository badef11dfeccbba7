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
import { useCallback, type ReactNode } from 'react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { keptnTasksApiRef } from '../api/keptnTasksApiRef';
import { ENTITY_REF } from '../__testUtils__/builders';
import { FakeKeptnTasksApi } from '../__testUtils__/FakeKeptnTasksApi';
import { LiveUpdatesProvider } from './LiveUpdates';
import { useLiveQuery } from './useLiveQuery';

/** Answers that arrive when the test says so. */
function answers() {
  const open: Array<{
    question: string;
    resolve: (answer: string) => void;
    reject: (error: Error) => void;
  }> = [];
  const ask = (question: string) =>
    new Promise<string>((resolve, reject) => {
      open.push({ question, resolve, reject });
    });
  return { ask, open };
}

describe('useLiveQuery', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const pass = (ms: number) =>
    act(async () => {
      await jest.advanceTimersByTimeAsync(ms);
    });

  async function query(concerns?: (hint: { id: string }) => boolean) {
    const api = new FakeKeptnTasksApi();
    const { ask, open } = answers();
    const wrapper = ({ children }: { children: ReactNode }) => (
      <TestApiProvider apis={[[keptnTasksApiRef, api]]}>
        <LiveUpdatesProvider entityRef={ENTITY_REF}>
          {children}
        </LiveUpdatesProvider>
      </TestApiProvider>
    );
    const rendered = renderHook(
      ({ question }) =>
        useLiveQuery(
          useCallback(() => ask(question), [question]),
          concerns,
        ),
      { wrapper, initialProps: { question: 'one' } },
    );
    // The stream has been opened by now, which asks once more.
    open[0].resolve('first');
    await pass(150);
    open.slice(1).forEach(({ resolve }) => resolve('first'));
    await pass(0);
    open.length = 0;
    const hint = (id: string) =>
      act(() => api.hints.tell(ENTITY_REF, { id, sequence: 1 }));
    return { open, hint, ...rendered };
  }

  it('asks once for several changes at the same time', async () => {
    const { open, hint, result } = await query();
    hint('a');
    hint('b');
    hint('a');
    await pass(100);
    expect(open).toHaveLength(1);
    open[0].resolve('second');
    await pass(0);
    expect(result.current.data).toBe('second');
  });

  it('asks again when something changes while it is being answered', async () => {
    const { open, hint } = await query();
    hint('a');
    await pass(100);
    hint('b');
    await pass(100);
    expect(open).toHaveLength(1);
    open[0].resolve('second');
    await pass(0);
    expect(open).toHaveLength(2);
  });

  it('leaves alone what does not concern it', async () => {
    const { open, hint } = await query(({ id }) => id === 'mine');
    hint('other');
    await pass(1_000);
    expect(open).toHaveLength(0);
    hint('mine');
    await pass(100);
    expect(open).toHaveLength(1);
  });

  it('keeps the last answer when the next question fails', async () => {
    const { open, hint, result } = await query();
    hint('a');
    await pass(100);
    open[0].reject(new Error('not now'));
    await pass(0);
    expect(result.current).toMatchObject({
      data: 'first',
      error: new Error('not now'),
      loading: false,
    });
  });

  it('ignores the answer to a question that nobody asks any more', async () => {
    const { open, result, rerender } = await query();
    rerender({ question: 'two' });
    rerender({ question: 'three' });
    expect(result.current).toMatchObject({ data: 'first', stale: true });
    open.find(({ question }) => question === 'three')!.resolve('3');
    await pass(0);
    open.find(({ question }) => question === 'two')!.resolve('2');
    await pass(0);
    expect(result.current).toMatchObject({ data: '3', stale: false });
  });
});
