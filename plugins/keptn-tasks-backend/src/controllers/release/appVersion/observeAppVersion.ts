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

import type { ListedWorkload } from '../../../domain/release/appPhases';
import {
  workloadObjectName,
  workloadVersionNames,
} from '../../../domain/release/names';
import type { AppVersionObservation } from '../../../domain/release/planAppVersion';
import { attemptOf } from '../../../domain/release/repeat';
import type {
  KeptnAppVersion,
  TraceCarrier,
} from '../../../domain/release/resources';
import { toMs } from '../../../domain/time';
import type { ReleaseContext } from '../ReleaseContext';
import { failedChecksIn } from '../version/failedChecks';
import type { LookHints } from '../version/itemSources';
import { itemSources } from '../version/itemSources';

/** Everything a decision about a version of an app needs, from what the watches brought. */
export function observeAppVersion(
  context: ReleaseContext,
  version: KeptnAppVersion,
  hints: LookHints & { carriers: Record<string, TraceCarrier> },
): AppVersionObservation {
  const { watches, tasks, config, settings, now } = context;
  const { namespace, uid } = version.metadata;
  const { appName } = version.spec;
  const attempts = watches.appVersions.cache.find(
    'app',
    `${namespace}/${appName}`,
  );
  return {
    version,
    status: version.status ?? {},
    attempt: attemptOf(version),
    now: now(),
    failedChecks: failedChecksIn(context, namespace, appName),
    settings,
    keptnNamespace: config.keptnNamespace,
    sources: itemSources(context, namespace, hints),
    carriers: hints.carriers,
    workloads: listedWorkloads(context, version),
    repeats: repeatsChecks(version, attempts),
    ownedTasks: tasks.cache.find('owner', uid),
    supersededBy: attempts
      .filter(other => isLater(other, version))
      .sort((a, b) => (isLater(a, b) ? -1 : 1))[0]?.metadata.name,
  };
}

function listedWorkloads(
  { watches }: ReleaseContext,
  { metadata, spec }: KeptnAppVersion,
): ListedWorkload[] {
  return (spec.workloads ?? []).map(({ name, version }) => {
    const workloadName = workloadObjectName(spec.appName, name);
    return {
      name,
      version,
      workloadName,
      workloadVersion: workloadVersionNames(workloadName, version)
        .map(one =>
          watches.workloadVersions.cache.get({
            namespace: metadata.namespace,
            name: one,
          }),
        )
        // One of another workload may be called alike.
        .find(
          one =>
            one?.spec.workloadName === workloadName &&
            one.spec.version.toLowerCase() === version.toLowerCase(),
        ),
    };
  });
}

/** Whether the app's revision was raised for it. */
function repeatsChecks(
  version: KeptnAppVersion,
  attempts: KeptnAppVersion[],
): boolean {
  const [before] = attempts
    .filter(other => isLater(version, other))
    .sort((a, b) => (isLater(a, b) ? -1 : 1));
  return before !== undefined && revisionOf(version) > revisionOf(before);
}

function isLater(a: KeptnAppVersion, b: KeptnAppVersion): boolean {
  const [ofA, ofB] = [a, b].map(
    ({ metadata }) => toMs(metadata.creationTimestamp) ?? 0,
  );
  return ofA === ofB ? revisionOf(a) > revisionOf(b) : ofA > ofB;
}

function revisionOf({ spec }: KeptnAppVersion): number {
  return spec.revision ?? 1;
}
