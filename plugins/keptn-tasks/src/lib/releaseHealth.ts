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
  Environment,
  Release,
  WorkloadProblem,
} from 'backstage-plugin-keptn-tasks-common';
import { judge } from './judgePlace';

/** What keeps a release from going on, or what has failed in it. */
export interface ReleaseTrouble {
  environment: Environment;
  /** What people look for: the app, or the workload that the entity stands for. */
  subject: Release;
  /** Whose check or rollout is to blame. */
  blamed: Release;
  /** The task or evaluation to blame. */
  definition?: string;
  runId?: string;
  /** Why, in one sentence. */
  message?: string;
  since: string;
  /** Workloads whose Pods wait at a gate that a person may open. */
  gated: Release[];
  /** How many Pods wait. */
  pods: number;
}

/** How the releases of one place or of all of them are. */
export type ReleaseHealth =
  | { kind: 'none' }
  /** A failed check keeps it from being deployed. */
  | { kind: 'held'; trouble: ReleaseTrouble; others: number }
  /** Its rollout or a check after it failed, or nothing is held by the failure. */
  | { kind: 'failed'; trouble: ReleaseTrouble; others: number }
  /** It waits for something that nobody has done yet. */
  | { kind: 'waiting'; trouble: ReleaseTrouble; others: number }
  | {
      kind: 'problems';
      environment: Environment;
      problem: WorkloadProblem;
      others: number;
    }
  /** A check failed where failures do not block. */
  | { kind: 'warning'; trouble: ReleaseTrouble; others: number }
  | { kind: 'underWay'; releases: Release[] }
  | { kind: 'passed'; last: Release };

/** The kinds, what people have to know first in front. */
const RANKS: Array<ReleaseHealth['kind']> = [
  'held',
  'failed',
  'waiting',
  'problems',
  'warning',
  'underWay',
  'passed',
  'none',
];

/** How urgent something is; the smallest number is the most urgent. */
export function rankOf({ kind }: ReleaseHealth): number {
  return RANKS.indexOf(kind);
}

/** The environments, those with problems first. Those that are equally well keep their order. */
export function problemsFirst(environments: readonly Environment[]) {
  return environments
    .map(environment => ({ environment, rank: rankOf(judge(environment)) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ environment }) => environment);
}

/** Judges every place and tells the most urgent: "why is it not deploying?" before anything else. */
export function judgeReleases(
  environments: readonly Environment[],
): ReleaseHealth {
  const verdicts = environments.map(environment => judge(environment));
  const kind = RANKS.find(rank => verdicts.some(one => one.kind === rank));
  const worst = verdicts.filter(verdict => verdict.kind === kind);
  const [first] = worst;
  if (!first) return { kind: 'none' };
  const troubled = verdicts.filter(isTrouble).length;
  switch (first.kind) {
    case 'held':
    case 'failed':
    case 'waiting':
    case 'problems':
    case 'warning':
      return { ...first, others: troubled - 1 };
    case 'underWay':
      return {
        kind: 'underWay',
        releases: worst.flatMap(one =>
          one.kind === 'underWay' ? one.releases : [],
        ),
      };
    case 'passed':
      return worst.reduce((a, b) =>
        a.kind === 'passed' &&
        b.kind === 'passed' &&
        endOf(b.last) > endOf(a.last)
          ? b
          : a,
      );
    default:
      return first;
  }
}

function isTrouble({ kind }: ReleaseHealth): boolean {
  return RANKS.indexOf(kind) <= RANKS.indexOf('warning');
}

function endOf({ finishedAt, createdAt }: Release): number {
  return Date.parse(finishedAt ?? createdAt);
}
