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

import { RELEASE_GATE_ANNOTATION } from './annotations';
import type { KeptnWorkloadVersion } from './resources';

/**
 * Whether the Pods of a version may run: its deployment has begun, or somebody has released it by hand. A version whose
 * checks failed has no deployment (`Deprecated`), and one that still waits has none yet; both hold their Pods. A
 * deployment that failed later was begun, so that its Pods stay free.
 */
export function isCleared(version: KeptnWorkloadVersion): boolean {
  switch (version.status?.deploymentStatus) {
    case 'Progressing':
    case 'Succeeded':
    case 'Warning':
    case 'Failed':
      return true;
    default:
      return isReleasedByHand(version);
  }
}

/** Whether somebody let the Pods of a version go, whatever its checks say. */
export function isReleasedByHand({ metadata }: KeptnWorkloadVersion): boolean {
  return Boolean(metadata.annotations?.[RELEASE_GATE_ANNOTATION]);
}
