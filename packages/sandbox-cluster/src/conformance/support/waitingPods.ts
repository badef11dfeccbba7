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
import { container, pod } from './objects';
import { pods } from './paths';
import type { Timeline } from './timeline';

/** Part of the spec of a Pod: its only container, with something changed. */
export function withContainer(extra: Record<string, any>) {
  return { containers: [container('sleep 3600', extra)] };
}

/** Creates a Pod that would sleep if it could start. */
export function createSleeper(
  api: ApiClient,
  namespace: string,
  name: string,
  spec: Record<string, any>,
) {
  return api.post(pods(namespace), pod(name, 'sleep 3600', spec));
}

/** Resolves with the Pod once its container waits for the reason. */
export async function untilWaiting(
  timeline: Timeline,
  name: string,
  reason: string,
): Promise<any> {
  const { object } = await timeline.untilPod(
    name,
    reason,
    candidate =>
      candidate.status.containerStatuses?.[0]?.state.waiting?.reason === reason,
    120_000,
  );
  return object;
}
