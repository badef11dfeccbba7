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

import { isControlledBy } from '../../../domain/ownership';
import { isVersionFinished } from '../../../domain/release/repeat';
import type {
  KeptnWorkload,
  KeptnWorkloadVersion,
} from '../../../domain/release/resources';
import { isPastPreChecks } from '../../../domain/release/version/versionState';
import type { ReleaseContext } from '../ReleaseContext';
import { cancelTasks } from './cancelTasks';
import { findLeaver } from './findHolder';
import { parseOwnerKey } from './ownerKeys';
import { supersededBy, supersedeWorkloadVersion } from './supersede';

/**
 * Ends what is under way for a KeptnWorkload whose workload is called something else by now: nobody deploys it any
 * more, and beginning its checks afresh would run them twice. What was deployed before has its checks go on, and what
 * was let go stays free.
 */
export async function endLeftOver(
  context: ReleaseContext,
  workload: KeptnWorkload,
): Promise<void> {
  const versions = versionsOf(context, workload);
  const open = versions.filter(isOpen);
  const leaver = open.length > 0 && (await readLeaver(context, workload));
  const by =
    (leaver || findLeaver(context.watches, workload))?.name ?? 'another name';
  for (const version of leaver ? open : []) {
    await supersedeWorkloadVersion(context, version, by);
  }
  for (const { metadata } of versions) {
    const { status } =
      context.watches.workloadVersions.cache.get(metadata) ?? {};
    if (status?.status === 'Deprecated') {
      await cancelTasks(context, metadata.uid, supersededBy(by));
    }
  }
}

function versionsOf(
  { watches }: ReleaseContext,
  workload: KeptnWorkload,
): KeptnWorkloadVersion[] {
  const { namespace, name } = workload.metadata;
  return watches.workloadVersions.cache
    .find('workload', `${namespace}/${name}`)
    .filter(version => isControlledBy(version, workload));
}

/** Its checks are under way, or its Pods, which are replaced now. */
function isOpen(version: KeptnWorkloadVersion): boolean {
  return (
    !isVersionFinished(version) &&
    (!isPastPreChecks(version) ||
      version.status?.deploymentStatus === 'Progressing')
  );
}

/** The same as `findLeaver`, asked of the cluster itself: what is ended is not taken back. */
async function readLeaver(
  { watches, client }: ReleaseContext,
  workload: KeptnWorkload,
): Promise<ReturnType<typeof findLeaver>> {
  const known = findLeaver(watches, workload);
  if (!known) {
    return undefined;
  }
  const { kind, name } = parseOwnerKey(known.key)!;
  const live = await client.get(kind, { ...known.key, name });
  const watch = {
    Deployment: watches.deployments,
    Rollout: watches.rollouts,
    StatefulSet: watches.statefulSets,
    DaemonSet: watches.daemonSets,
    ReplicaSet: watches.replicaSets,
  }[kind];
  if (live) {
    (watch as { learn(object: object): void } | undefined)?.learn(live);
  }
  return live && findLeaver(watches, workload);
}
