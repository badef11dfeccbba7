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

import type {
  Definition,
  Environment,
  Run,
} from 'backstage-plugin-keptn-tasks-common';
import { isSamePlace } from './place';
import { judgeReleases, type ReleaseHealth } from './releaseHealth';
import { judgeHealth, type RunHealth } from './runHealth';

/** The answer to "is anything wrong?", about releases or about runs. */
export type EntityHealth =
  | { about: 'releases'; health: ReleaseHealth }
  | { about: 'runs'; health: RunHealth };

/** What to say first. A release that is held matters more than a task that somebody ran on demand. */
const ORDER: Array<
  `releases ${ReleaseHealth['kind']}` | `runs ${RunHealth['kind']}`
> = [
  'releases held',
  'releases failed',
  'runs failed',
  'releases waiting',
  'releases problems',
  'releases warning',
  'releases underWay',
  'runs running',
  'releases passed',
  'runs passed',
  'releases none',
  'runs none',
];

/**
 * Judges an entity by its releases and by the runs that belong to none. The runs of a release are judged by it: what a
 * superseded version failed with is no longer a problem, and what the current one failed with is told as its failure.
 */
export function judgeEntity(known: {
  environments: readonly Environment[];
  definitions: readonly Definition[];
  runs: readonly Run[];
}): EntityHealth {
  const { environments, definitions, runs } = known;
  const standsAlone = (run: Run | undefined) =>
    run?.trigger.source !== 'release' ||
    !environments.some(environment => isSamePlace(environment, run));
  const health = judgeHealth(
    definitions.filter(({ lastRun }) => standsAlone(lastRun)),
    runs.filter(standsAlone),
  );
  const releases = judgeReleases(environments);
  return ORDER.indexOf(`releases ${releases.kind}`) <
    ORDER.indexOf(`runs ${health.kind}`) && releases.kind !== 'none'
    ? { about: 'releases', health: releases }
    : { about: 'runs', health };
}
