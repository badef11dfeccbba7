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

import { sleep } from '../common/sleep';
import { PodScope } from './KubeletTools';
import { MissingReferenceError } from './env/References';

const LONGEST_FACTOR = 244;

/** Prepares a Pod's volumes, again and again until all are there; false when the signal came first. */
export async function mountVolumes(
  { tools, pod, directory }: PodScope,
  signal: AbortSignal,
): Promise<boolean> {
  let pending: any[] = pod.spec.volumes ?? [];
  let wait = tools.timings.mountRetryMs;
  const longest = wait * LONGEST_FACTOR;
  while (!signal.aborted) {
    const missing: any[] = [];
    for (const volume of pending) {
      try {
        await directory.setUp(pod, volume, tools.references);
      } catch (error) {
        if (!(error instanceof MissingReferenceError)) throw error;
        missing.push(volume);
        tools.events.record(pod, {
          type: 'Warning',
          reason: 'FailedMount',
          message: `MountVolume.SetUp failed for volume "${volume.name}" : ${error.message}`,
        });
      }
    }
    if (missing.length === 0) return true;
    pending = missing;
    await sleep(wait, signal);
    wait = Math.min(wait * 2, longest);
  }
  return false;
}
