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
import { newestListing } from '../../../domain/release/appClearance';
import { rolloutSecondsOf } from '../../../domain/release/blocking';
import type { WorkloadVersionObservation } from '../../../domain/release/planWorkloadVersion';
import { appVersionOf } from '../../../domain/release/planWorkloadVersion';
import { attemptOf } from '../../../domain/release/repeat';
import type {
  KeptnWorkloadVersion,
  TraceCarrier,
} from '../../../domain/release/resources';
import { toMs } from '../../../domain/time';
import type { RolloutOutcome } from '../../../domain/release/rolloutOutcome';
import type { ReleaseContext } from '../ReleaseContext';
import { failedChecksIn, keptnConfigOf } from '../version/failedChecks';
import type { LookHints } from '../version/itemSources';
import { itemSources } from '../version/itemSources';
import { observeGatedPods, observeRollout } from './observeResources';

/** Everything a decision about a version of a workload needs, from what the watches brought. */
export function observeWorkloadVersion(
  context: ReleaseContext,
  version: KeptnWorkloadVersion,
  hints: LookHints & { carriers: Record<string, TraceCarrier> },
): WorkloadVersionObservation & { gatedPods: V1Pod[] } {
  const { watches, tasks, config, settings, now } = context;
  const { namespace, uid } = version.metadata;
  const { app, workloadName } = version.spec;
  const appVersions = watches.appVersions.cache.find(
    'app',
    `${namespace}/${app}`,
  );
  return {
    version,
    status: version.status ?? {},
    attempt: attemptOf(version),
    now: now(),
    failedChecks: failedChecksIn(context, namespace, app),
    settings,
    keptnNamespace: config.keptnNamespace,
    sources: itemSources(context, namespace, hints),
    carriers: hints.carriers,
    appVersion:
      appVersionOf(version, appVersions) ??
      newestListing(version, appVersions)?.spec.version,
    rollout:
      config.mode === 'reconcile'
        ? observeRollout(watches, version)
        : unseenRollout(version),
    rolloutSeconds: rolloutSecondsOf(keptnConfigOf(context), settings),
    gatedPods: observeGatedPods(watches, version),
    ownedTasks: tasks.cache.find('owner', uid),
    app: {
      isKnown: watches.apps.cache.get({ namespace, name: app }) !== undefined,
      versions: appVersions,
    },
    askedFor: watches.workloads.cache.get({ namespace, name: workloadName })
      ?.spec.version,
    supersededBy: newestAfter(
      version,
      watches.workloadVersions.cache.find(
        'workload',
        `${namespace}/${workloadName}`,
      ),
    ),
  };
}

/** Where another operator leads releases, what it deploys is not watched. */
function unseenRollout({ spec }: KeptnWorkloadVersion): RolloutOutcome {
  const { kind, name } = spec.resourceReference;
  return { state: 'progressing', kind, name };
}

/** Name of the youngest version that is younger than this one. */
function newestAfter(
  version: KeptnWorkloadVersion,
  others: KeptnWorkloadVersion[],
): string | undefined {
  const created = ({ metadata }: KeptnWorkloadVersion) =>
    toMs(metadata.creationTimestamp) ?? 0;
  return others
    .filter(
      other =>
        other.metadata.uid !== version.metadata.uid &&
        created(other) >= created(version),
    )
    .sort((a, b) => created(b) - created(a))[0]?.metadata.name;
}
