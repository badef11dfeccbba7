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
import type { ReactNode } from 'react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { keptnTasksApiRef } from '../api/keptnTasksApiRef';
import { ENTITY_REF } from '../__testUtils__/builders';
import { FakeKeptnTasksApi } from '../__testUtils__/FakeKeptnTasksApi';
import { LiveUpdatesProvider, useLiveUpdates } from './LiveUpdates';

describe('LiveUpdatesProvider', () => {
  let visibility: DocumentVisibilityState;

  beforeEach(() => {
    jest.useFakeTimers();
    visibility = 'visible';
    jest
      .spyOn(document, 'visibilityState', 'get')
      .mockImplementation(() => visibility);
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const pass = (ms: number) =>
    act(async () => {
      await jest.advanceTimersByTimeAsync(ms);
    });

  async function follow(api: FakeKeptnTasksApi) {
    const told: Array<string | undefined> = [];
    const wrapper = ({ children }: { children: ReactNode }) => (
      <TestApiProvider apis={[[keptnTasksApiRef, api]]}>
        <LiveUpdatesProvider entityRef={ENTITY_REF}>
          {children}
        </LiveUpdatesProvider>
      </TestApiProvider>
    );
    const rendered = renderHook(() => useLiveUpdates(), { wrapper });
    rendered.result.current.subscribe(hint => told.push(hint?.id));
    await pass(0);
    told.length = 0;
    return { told, ...rendered };
  }
  it('passes every hint on, and asks for nothing by itself while it is live', async () => {
    const api = new FakeKeptnTasksApi();
    const { told, result } = await follow(api);
    expect(result.current.connection).toBe('live');
    act(() => {
      api.hints.tell(ENTITY_REF, { id: 'a', sequence: 1 });
      api.hints.tell(ENTITY_REF, { id: 'b', sequence: 2 });
    });
    await pass(60_000);
    expect(told).toEqual(['a', 'b']);
  });

  it('asks every ten seconds while the stream is lost, and only while somebody looks', async () => {
    const api = new FakeKeptnTasksApi();
    const { told, result } = await follow(api);
    await act(async () => api.hints.cut());
    expect(result.current.connection).toBe('polling');
    await pass(20_000);
    expect(told).toEqual([undefined, undefined]);

    visibility = 'hidden';
    await pass(60_000);
    expect(told).toHaveLength(2);

    visibility = 'visible';
    act(() => {
      document.dispatchEvent(new Event('visibilitychange'));
    });
    expect(told).toHaveLength(3);
  });

  it('comes back by itself and catches up', async () => {
    const api = new FakeKeptnTasksApi();
    const { told, result } = await follow(api);
    await act(async () => api.hints.cut());
    api.hints.restore();
    await pass(1_000);
    expect(result.current.connection).toBe('live');
    expect(told).toEqual([undefined]);
  });

  it('lets go of the stream with the page', async () => {
    const api = new FakeKeptnTasksApi();
    const { told, unmount } = await follow(api);
    unmount();
    api.hints.tell(ENTITY_REF, { id: 'a', sequence: 1 });
    await pass(60_000);
    expect(told).toEqual([]);
  });
});
