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

import {
  isReleaseFinished,
  type Environment,
  type Release,
  type ReleaseDetail,
} from 'backstage-plugin-keptn-tasks-common';
import type { ReleaseHealth, ReleaseTrouble } from './releaseHealth';
import { subjectOf } from './releaseNames';
import { failedItem, isBeforeDeployment, isMoving } from './releasePhases';

/**
 * Judges one place by the versions that are asked for there now.
 * @param subject - what is asked about; what the environment is about when left out
 */
export function judge(
  environment: Environment,
  subject = subjectOf(environment),
): ReleaseHealth {
  const { app, workloads, problems } = environment;
  if (!subject) return problemsOf(environment) ?? { kind: 'none' };
  const releases = [...(app ? [app] : []), ...workloads];
  const gated = workloads.filter(({ hold }) => hold?.gateReleasable);
  const pods = sum(workloads.map(({ gatedPods }) => gatedPods?.count ?? 0));
  const troubleWith = (blamed: Release, part: Partial<ReleaseTrouble>) => ({
    environment,
    subject,
    blamed,
    since: blamed.hold?.since ?? blamed.finishedAt ?? blamed.createdAt,
    gated,
    pods,
    ...part,
  });

  const failed = releases.filter(({ state }) => state === 'Failed');
  if (failed.length > 0) {
    const blamed = mostToBlame(failed);
    const found = failedItem(blamed);
    const trouble = troubleWith(blamed, {
      definition: found?.item.definition ?? blamed.hold?.definition,
      runId: found?.item.runId ?? blamed.hold?.runId,
      message: found?.item.message ?? blamed.hold?.message ?? blamed.message,
      ...(found?.item.finishedAt && { since: found.item.finishedAt }),
    });
    const holds =
      pods > 0 ||
      gated.length > 0 ||
      (blamed.hold !== undefined && isBeforeDeployment(blamed.phase));
    return { kind: holds ? 'held' : 'failed', trouble, others: 0 };
  }

  const unfinished = releases.filter(({ state }) => !isReleaseFinished(state));
  const waits =
    unfinished.find(one => waitsForSomebody(one)) ??
    (unfinished.some(isMoving) ? undefined : unfinished.find(one => one.hold));
  if (waits?.hold) {
    const { definition, runId, message, since } = waits.hold;
    const trouble = troubleWith(waits, { definition, runId, message, since });
    return { kind: 'waiting', trouble, others: 0 };
  }
  if (problems.length > 0) return problemsOf(environment)!;
  const warned = releases.filter(({ state }) => state === 'Warning');
  if (warned.length > 0 && unfinished.length === 0) {
    const blamed = warned.find(one => failedItem(one)) ?? warned[0];
    const found = failedItem(blamed);
    const trouble = troubleWith(blamed, {
      definition: found?.item.definition,
      runId: found?.item.runId,
      message: found?.item.message ?? blamed.message,
      since: blamed.finishedAt ?? blamed.createdAt,
    });
    return { kind: 'warning', trouble, others: 0 };
  }
  if (unfinished.length > 0) {
    const moving = isMoving(subject) ? subject : unfinished.find(isMoving);
    return { kind: 'underWay', releases: [moving ?? unfinished[0]] };
  }
  return subject.state === 'Succeeded' || subject.state === 'Warning'
    ? { kind: 'passed', last: subject }
    : { kind: 'none' };
}

/** Judges a release by itself, by its workloads and, of a workload, by its app. */
export function judgeDetail({
  release,
  app,
  workloads,
}: Pick<ReleaseDetail, 'release' | 'app' | 'workloads'>): ReleaseHealth {
  const isApp = release.kind === 'app';
  const { cluster, namespace, appName } = release;
  const environment: Environment = {
    cluster,
    namespace,
    appName,
    app: isApp ? release : app,
    workloads: isApp ? workloads : [release],
    previous: [],
    problems: [],
  };
  // An app that has gone on to its checks after the deployment says nothing about a workload that is through.
  return !isApp &&
    isReleaseFinished(release.state) &&
    release.state !== 'Failed'
    ? judge({ ...environment, app: undefined }, release)
    : judge(environment, release);
}

/** An app fails because one of its workloads has: then the workload says why. */
function mostToBlame(failed: Release[]): Release {
  return (
    failed.find(release => failedItem(release)) ??
    failed.find(({ kind }) => kind === 'workload') ??
    failed[0]
  );
}

/**
 * A hold that names a phase or a check is about something that does not get on: it matters although other things go
 * on. One that names neither waits for its turn.
 */
function waitsForSomebody({ hold }: Release): boolean {
  return hold?.definition !== undefined || hold?.phase !== undefined;
}

function problemsOf(environment: Environment): ReleaseHealth | undefined {
  const [problem] = environment.problems;
  return problem && { kind: 'problems', environment, problem, others: 0 };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
