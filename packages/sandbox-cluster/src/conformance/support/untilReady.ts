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

import type { ApiClient } from '../client/ApiClient';
import { eventually } from './eventually';
import { pods } from './paths';

/** Waits until the script of a Pod has said "ready": from then on it answers to TERM. */
export async function untilReady(
  api: ApiClient,
  namespace: string,
  name: string,
): Promise<void> {
  await eventually(`${name} ready`, async () => {
    const { text } = await api.get(pods(namespace, name, 'log'));
    return text.includes('ready\n') ? true : undefined;
  });
}
