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

import {
  RELEASE_GATE_ANNOTATION,
  RELEASE_GATE_AT_ANNOTATION,
  RELEASE_GATE_BY_ANNOTATION,
} from '../annotations';
import type { KeptnWorkloadVersion } from '../resources';

/** Somebody's decision to let the Pods of a version go although its checks have not passed. */
export interface GateRelease {
  /** Never empty: an annotation without a value releases nothing. */
  reason: string;
  /** Entity ref of who decided. */
  by: string;
  at: Date;
}

/**
 * The merge patch by which a KeptnWorkloadVersion carries the decision. It names the uid, so that a version of the same
 * name that was made since is not released by it.
 */
export function releaseGatePatch(
  { metadata }: KeptnWorkloadVersion,
  { reason, by, at }: GateRelease,
): object {
  return {
    metadata: {
      uid: metadata.uid,
      annotations: {
        [RELEASE_GATE_ANNOTATION]: reason,
        [RELEASE_GATE_BY_ANNOTATION]: by,
        [RELEASE_GATE_AT_ANNOTATION]: at.toISOString(),
      },
    },
  };
}
