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

import { useCallback, useState } from 'react';

/** Something that is done once, on request. */
export interface Command<TInput, TResult> {
  /** Resolves to undefined when it failed; `error` says why. */
  execute: (input: TInput) => Promise<TResult | undefined>;
  pending: boolean;
  error?: Error;
  reset: () => void;
}

/** Keeps whether a command is under way and how it failed. */
export function useCommand<TInput, TResult>(
  command: (input: TInput) => Promise<TResult>,
): Command<TInput, TResult> {
  const [state, setState] = useState<{ pending: boolean; error?: Error }>({
    pending: false,
  });
  const execute = useCallback(
    async (input: TInput) => {
      setState({ pending: true });
      try {
        const result = await command(input);
        setState({ pending: false });
        return result;
      } catch (error) {
        setState({ pending: false, error: error as Error });
        return undefined;
      }
    },
    [command],
  );
  const reset = useCallback(() => setState({ pending: false }), []);
  return { ...state, execute, reset };
}
