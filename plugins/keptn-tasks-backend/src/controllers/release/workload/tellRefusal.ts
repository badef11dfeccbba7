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

import { isClusterError } from '../../../cluster/ClusterError';
import type { ClusterObject } from '../../../cluster/resourceKinds';
import type { ReleaseContext } from '../ReleaseContext';

/** Tells people when the API server refuses what was asked of it; what helps itself soon is not worth a word. */
export async function tellRefusal(
  { events }: ReleaseContext,
  about: ClusterObject & { apiVersion: string; kind: string },
  error: unknown,
  { reason, what }: { reason: string; what: string },
): Promise<void> {
  if (isClusterError(error, 'invalid', 'forbidden', 'not-found')) {
    const message = `${what}: ${error.message}`;
    await events.tell(about, [{ type: 'Warning', reason, message }]);
  }
}
