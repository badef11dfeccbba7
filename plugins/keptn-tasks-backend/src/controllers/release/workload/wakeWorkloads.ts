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

import type { ClusterObject } from '../../../cluster/resourceKinds';
import type {
  KeptnWorkload,
  KeptnWorkloadVersion,
} from '../../../domain/release/resources';
import { isVersionAskedFor } from '../../../domain/release/workload/workloadVersionManifest';
import { controllerOf } from '../../trim';
import type { Wake } from '../../Controller';
import type { ReleaseContext } from '../ReleaseContext';
import { isLeftOver } from './findHolder';

/** What wakes the controller of workloads, until the returned function is called. */
export function wakeWorkloads(
  { watches, tasks }: ReleaseContext,
  wake: Wake,
): () => void {
  const wakeOwner = ({ metadata, spec }: KeptnWorkloadVersion) =>
    wake({ namespace: metadata.namespace, name: spec.workloadName });
  const wasLeft = (workload: KeptnWorkload) =>
    watches.workloadVersions.cache
      .find(
        'workload',
        `${workload.metadata.namespace}/${workload.metadata.name}`,
      )
      .some(
        version =>
          version.status?.status === 'Deprecated' &&
          isVersionAskedFor(version, workload),
      );
  const wakeOwned = ({ metadata }: ClusterObject) => {
    const { uid, ownerReferences } = metadata!;
    const above = ownerReferences?.find(({ controller }) => controller)?.uid;
    for (const owner of above ? [uid!, above] : [uid!]) {
      watches.workloads.cache
        .find('owner', owner)
        .filter(workload => isLeftOver(watches, workload) || wasLeft(workload))
        .forEach(workload => wake(workload.metadata));
    }
  };
  const ends = [
    // It asks for another version, or for other checks of the same.
    watches.workloads.onChange(({ object }) => wake(object.metadata)),
    // What it stands for is called something else, or is called that again.
    ...[
      watches.deployments,
      watches.rollouts,
      watches.statefulSets,
      watches.daemonSets,
      watches.replicaSets,
      watches.controllerRevisions,
    ].map(watch => watch?.onChange(({ object }) => wakeOwned(object))),
    // It was deleted, or has ended: there may be one too many. Or a late writer has revived what was superseded.
    watches.workloadVersions.onChange(({ object }) => wakeOwner(object)),
    // A task that was being created while its version was superseded.
    tasks.onChange(({ type, object }) => {
      const owner =
        type === 'added' && controllerOf(object, 'KeptnWorkloadVersion');
      const version =
        owner &&
        watches.workloadVersions.cache.get({
          namespace: object.metadata.namespace,
          name: owner.name,
        });
      if (version && version.status?.status === 'Deprecated') {
        wakeOwner(version);
      }
    }),
  ];
  return () => ends.forEach(end => end?.());
}
