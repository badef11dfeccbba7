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

/**
 * Starts something slow before the tests and lets each of them await it, so that several slow things run side by
 * side. Put it after the hooks it depends on.
 */
export function inBackground<T>(start: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  beforeAll(() => {
    running = start();
    // Whoever awaits it gets the error; nobody else needs to hear of it.
    running.catch(() => {});
  });
  return () => running ?? Promise.reject(new Error('Not started yet'));
}
