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

import type { V1Pod } from '@kubernetes/client-node';
import { currentAppVersionNames } from '../../../domain/release/app/appVersionManifest';
import { isListed } from '../../../domain/release/app/planRepeats';
import { isVersionFinished } from '../../../domain/release/repeat';
import type { KeptnWorkloadVersion } from '../../../domain/release/resources';
import { revisionKeyOf } from '../../../domain/release/revision';
import { prunableVersions } from '../../../domain/release/version/prunableVersions';
import { revisionsOf } from '../../../domain/release/workload/workloadVersionManifest';
import { recordedOnly } from '../app/recordedOnly';
import type { ReleaseContext } from '../ReleaseContext';

/**
 * Deletes versions of a workload that are too many, with their tasks. Those that are asked for, under way, listed by
 * the app, run by a Pod, or not yet wholly in the history stay.
 */
export async function pruneWorkloadVersions(
  context: ReleaseContext,
  others: KeptnWorkloadVersion[],
): Promise<void> {
  const keep = context.settings.keepVersions;
  const options = {
    keep,
    isInUse: (version: KeptnWorkloadVersion) =>
      !isVersionFinished(version) || isListedByApp(context, version),
  };
  // Pods are asked for only when there is anything to delete.
  if (prunableVersions(others, options).length === 0) {
    return;
  }
  const pods = await podsOf(context, others[0].metadata.namespace);
  const unused = prunableVersions(others, {
    keep,
    isInUse: version => options.isInUse(version) || isRun(version, pods),
  });
  for (const { metadata } of await recordedOnly(context, unused)) {
    const { uid } = metadata;
    await context.client.delete('KeptnWorkloadVersion', metadata, { uid });
  }
}

/** Whether the app's current version, or one that is under way, lists it. */
function isListedByApp(
  { watches }: ReleaseContext,
  version: KeptnWorkloadVersion,
): boolean {
  const { namespace } = version.metadata;
  const { app } = version.spec;
  const owner = watches.apps.cache.get({ namespace, name: app });
  const current = owner ? currentAppVersionNames(owner) : [];
  return watches.appVersions.cache
    .find('app', `${namespace}/${app}`)
    .filter(
      one => current.includes(one.metadata.name) || !isVersionFinished(one),
    )
    .some(one => isListed(one, version));
}

async function podsOf(
  { watches, client }: ReleaseContext,
  namespace: string,
): Promise<V1Pod[]> {
  // Pods of other namespaces are not kept in memory.
  return watches.isOptedIn(namespace)
    ? [...watches.pods.cache.values()].filter(
        ({ metadata }) => metadata?.namespace === namespace,
      )
    : client.list('Pod', { namespace });
}

function isRun(version: KeptnWorkloadVersion, pods: V1Pod[]): boolean {
  const revisions = new Set(revisionsOf(version));
  const { uid } = version.spec.resourceReference;
  return pods.some(pod =>
    revisions.size > 0
      ? revisions.has(revisionKeyOf(pod) ?? '')
      : pod.metadata?.ownerReferences?.some(owner => owner.uid === uid),
  );
}
