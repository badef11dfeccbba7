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

import { isListed } from '../../../domain/release/app/planRepeats';
import { isVersionFinished } from '../../../domain/release/repeat';
import type {
  KeptnApp,
  KeptnAppVersion,
  KeptnWorkloadVersion,
} from '../../../domain/release/resources';
import { isPastPreChecks } from '../../../domain/release/version/versionState';
import type { ReleaseContext } from '../ReleaseContext';
import { cancelTasks } from '../workload/cancelTasks';
import {
  supersedeAppVersion,
  supersededBy,
  supersedeWorkloadVersion,
} from '../workload/supersede';
import { isCurrent } from './ensureAppVersion';

/**
 * Ends the attempts of an app that are under way although it asks for another one, and the checks of workloads that
 * only those list; what they have started is stopped. `false` when the app has changed meanwhile.
 */
export async function supersedeAppVersions(
  context: ReleaseContext,
  app: KeptnApp,
  current: KeptnAppVersion,
  others: KeptnAppVersion[],
): Promise<boolean> {
  const by = current.metadata.name;
  const underWay = others.filter(other => !isVersionFinished(other));
  if (underWay.length > 0 && !(await isCurrent(context, app))) {
    return false;
  }
  // The app first: one whose workload is superseded before it is counts as failed.
  for (const other of underWay) {
    await supersedeAppVersion(context, other, by);
  }
  for (const other of others) {
    const { uid } = other.metadata;
    const isEnded = underWay.some(one => one.metadata.uid === uid);
    if (!isEnded && other.status?.status !== 'Deprecated') {
      continue;
    }
    await cancelTasks(context, uid, supersededBy(by));
    // Of one that ended before, only what was left over by somebody who was interrupted here.
    const heirs = isEnded ? [current] : heirsOf(context, current);
    for (const version of abandoned(context, other, heirs)) {
      await supersedeWorkloadVersion(context, version, by);
      await cancelTasks(context, version.metadata.uid, supersededBy(by));
    }
  }
  return true;
}

/** Attempts of the app whose workloads may be under way. */
function heirsOf(
  { watches }: ReleaseContext,
  current: KeptnAppVersion,
): KeptnAppVersion[] {
  const { metadata, spec } = current;
  return watches.appVersions.cache
    .find('app', `${metadata.namespace}/${spec.appName}`)
    .filter(({ status }) => status?.status !== 'Deprecated');
}

/** Workload versions whose checks are under way for an attempt that is over, and that none of the others lists. */
function abandoned(
  { watches }: ReleaseContext,
  other: KeptnAppVersion,
  heirs: KeptnAppVersion[],
): KeptnWorkloadVersion[] {
  const { namespace } = other.metadata;
  return watches.workloadVersions.cache
    .find('app', `${namespace}/${other.spec.appName}`)
    .filter(
      version =>
        version.status?.startTime !== undefined &&
        !isVersionFinished(version) &&
        !isPastPreChecks(version) &&
        isListed(other, version) &&
        !heirs.some(heir => isListed(heir, version)),
    );
}
