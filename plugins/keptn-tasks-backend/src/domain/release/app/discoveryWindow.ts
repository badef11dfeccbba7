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

import { toMs } from '../../time';
import { APP_TYPE_ANNOTATION, SINGLE_SERVICE } from '../annotations';
import type { KeptnAppCreationRequest, KeptnConfig } from '../resources';
import type { ReleaseSettings } from '../settings';

/** How long the workloads of an app are waited for; a KeptnConfig in the Keptn namespace goes before our settings. */
export function discoverySeconds(
  settings: ReleaseSettings,
  configs: Iterable<KeptnConfig>,
  keptnNamespace: string,
): number {
  const [seconds] = [...configs]
    .filter(({ metadata }) => metadata.namespace === keptnNamespace)
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .map(({ spec }) => spec?.keptnAppCreationRequestTimeoutSeconds)
    .filter(value => value !== undefined);
  return seconds ?? settings.discoverySeconds;
}

/** How long a request has still to wait for more workloads; an app of one workload waits for none. */
export function remainingWindowMs(
  { metadata }: KeptnAppCreationRequest,
  seconds: number,
  now: Date,
): number {
  if (metadata.annotations?.[APP_TYPE_ANNOTATION] === SINGLE_SERVICE) {
    return 0;
  }
  const since = toMs(metadata.creationTimestamp) ?? now.getTime();
  return Math.max(0, since + seconds * 1_000 - now.getTime());
}
