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

import { randomUUID } from 'crypto';
import type {
  Release,
  ReleaseItem,
  ReleasePhase,
  ReleasePhaseName,
} from 'backstage-plugin-keptn-tasks-common';
import type { ReleaseSighting } from '../history/ReleaseStore';
import { at } from './historyBuilders';

type SeenRelease = ReleaseSighting['release'];

/** The phases of a release that is in its pre-deployment tasks, with these items. */
export function phasesWith(
  items: ReleaseItem[],
  overrides: Partial<Record<ReleasePhaseName, Partial<ReleasePhase>>> = {},
): ReleasePhase[] {
  const names = [
    'preTasks',
    'preEvaluations',
    'deployment',
    'postTasks',
    'postEvaluations',
  ] as const;
  return names.map(name => ({
    name,
    state: 'Pending',
    items: name === 'preTasks' ? items : [],
    ...overrides[name],
  }));
}

/** A version of the workload `checkout` of the app `shop`, on its way. */
export function aRelease(
  overrides: Partial<SeenRelease> & {
    cluster: string;
    uid?: string;
  },
): ReleaseSighting {
  const { uid = randomUUID(), ...rest } = overrides;
  const kind = rest.kind ?? 'workload';
  const version = rest.version ?? '2.4.0';
  const appName = rest.appName ?? 'shop';
  const workloadName =
    kind === 'workload'
      ? rest.workloadName ?? `${appName}-checkout`
      : undefined;
  const release: SeenRelease = {
    namespace: 'shop',
    kind,
    name: `${workloadName ?? appName}-${version}`,
    appName,
    ...(workloadName ? { workloadName } : {}),
    version,
    attempt: 1,
    state: 'Progressing',
    phase: 'preTasks',
    phases: phasesWith([
      {
        definition: 'smoke-test',
        kind: 'task',
        name: 'pre-smoke-test-12345',
        state: 'Progressing',
      },
    ]),
    createdAt: at('10:00:00'),
    startedAt: at('10:00:01'),
    ...rest,
  };
  return {
    cluster: release.cluster,
    namespace: release.namespace,
    kind: release.kind,
    uid,
    attempt: release.attempt,
    release,
  };
}

/** A version of the app `shop`. */
export function anAppRelease(
  overrides: Parameters<typeof aRelease>[0],
): ReleaseSighting {
  return aRelease({
    kind: 'app',
    workloads: [
      { workloadName: 'shop-checkout', version: '2.4.0', state: 'Progressing' },
    ],
    ...overrides,
  });
}

/** The same object, as a later look has found it. */
export function later(
  sighting: ReleaseSighting,
  changes: Partial<SeenRelease>,
): ReleaseSighting {
  const release = { ...sighting.release, ...changes };
  return { ...sighting, attempt: release.attempt, release };
}

/** How a release ends. */
export function ended(
  state: Release['state'] = 'Succeeded',
  changes: Partial<SeenRelease> = {},
): Partial<SeenRelease> {
  return { state, finishedAt: at('10:05:00'), phase: undefined, ...changes };
}
