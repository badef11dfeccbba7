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
  VersionObject,
  VersionStatus,
} from '../../../domain/release/phase/Phase';
import { isVersionFinished } from '../../../domain/release/repeat';
import type { Wake } from '../../Controller';
import { controllerOf } from '../../trim';
import type { ReleaseContext } from '../ReleaseContext';

const ITEM_FIELDS = [
  'preDeploymentTaskStatus',
  'preDeploymentEvaluationTaskStatus',
  'postDeploymentTaskStatus',
  'postDeploymentEvaluationTaskStatus',
  'promotionTaskStatus',
] as const satisfies readonly (keyof VersionStatus)[];

/** Wakes versions of a kind when a task or evaluation of theirs changes, or a definition that they wait for appears. */
export function wakeForItems(
  { watches, tasks, definitions }: ReleaseContext,
  kind: 'KeptnAppVersion' | 'KeptnWorkloadVersion',
  versions: () => Iterable<VersionObject>,
  wake: Wake,
): () => void {
  const wakeOwner = (object: ClusterObject) => {
    const owner = controllerOf(object, kind);
    if (owner) {
      wake({ namespace: object.metadata!.namespace!, name: owner.name });
    }
  };
  const wakeWaiting = (change: { type: string; object: ClusterObject }) => {
    if (change.type !== 'added') {
      return;
    }
    for (const version of versions()) {
      if (waitsFor(version, change.object.metadata!.name!)) {
        wake(version.metadata);
      }
    }
  };
  const ends = [
    // The outcome of its tasks is the outcome of a phase.
    tasks.onChange(({ object }) => wakeOwner(object)),
    // The same for its evaluations.
    watches.evaluations.onChange(({ object }) => wakeOwner(object)),
    // Definitions may be applied after what lists them.
    definitions.onChange(wakeWaiting),
    watches.evaluationDefinitions.onChange(wakeWaiting),
  ];
  return () => ends.forEach(end => end());
}

/** Whether an item of a version could not be begun for want of this definition. */
function waitsFor(version: VersionObject, definition: string): boolean {
  const status: VersionStatus = version.status ?? {};
  return (
    !isVersionFinished(version) &&
    ITEM_FIELDS.some(field =>
      status[field]?.some(
        ({ definitionName, name }) => !name && definitionName === definition,
      ),
    )
  );
}
