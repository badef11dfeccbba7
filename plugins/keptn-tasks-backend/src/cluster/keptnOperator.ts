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

import type { ClusterClient } from './ClusterClient';

/** The Lease by which replicas of Keptn's lifecycle operator choose their leader. */
export const KEPTN_OPERATOR_LEASE = '6b866dd9.keptn.sh';

/**
 * Who leads Keptn's own operator, if it is alive: its Lease is held and was renewed within its duration. A holder
 * whose clock differs by less than `toleranceMs` is judged right. `undefined` when nobody does.
 */
export async function findKeptnOperator(
  client: ClusterClient,
  keptnNamespace: string,
  now: Date,
  toleranceMs = 5_000,
): Promise<string | undefined> {
  const lease = await client.get('Lease', {
    namespace: keptnNamespace,
    name: KEPTN_OPERATOR_LEASE,
  });
  const { holderIdentity, renewTime, leaseDurationSeconds } = lease?.spec ?? {};
  if (!holderIdentity || !renewTime) {
    return undefined;
  }
  const lastsMs = (leaseDurationSeconds ?? 15) * 1000;
  const endsAt = new Date(String(renewTime)).getTime() + lastsMs;
  return endsAt + toleranceMs > now.getTime() ? holderIdentity : undefined;
}
