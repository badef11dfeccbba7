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

import { useCallback, useRef } from 'react';
import { createIdempotencyKey } from '../lib/idempotencyKey';

/**
 * The key of a request: the same as long as the same is asked for, so that trying again after a lost answer starts
 * nothing twice, and another one as soon as something else is asked for.
 */
export function useIdempotencyKey(): (request: unknown) => string {
  const last = useRef<{ content: string; key: string }>();
  return useCallback(request => {
    const content = JSON.stringify(request);
    if (last.current?.content !== content) {
      last.current = { content, key: createIdempotencyKey() };
    }
    return last.current.key;
  }, []);
}
