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

import type { components } from './schema/openapi.generated';

/** One version of an app or a workload on its way through its phases. @public */
export type Release = components['schemas']['Release'];

/** App or workload. @public */
export type ReleaseKind = components['schemas']['ReleaseKind'];

/** How far a release, a phase or an item has come. @public */
export type ReleaseState = components['schemas']['ReleaseState'];

/** Every state of a release, in the order in which people look for them. @public */
export const RELEASE_STATES = [
  'Failed',
  'Progressing',
  'Pending',
  'Warning',
  'Succeeded',
  'Deprecated',
] as const satisfies readonly ReleaseState[];

/** A phase of a release. @public */
export type ReleasePhase = components['schemas']['ReleasePhase'];

/** @public */
export type ReleasePhaseName = components['schemas']['ReleasePhaseName'];

/** The phases of a release in their order; workloads have no promotion. @public */
export const RELEASE_PHASES = [
  'preTasks',
  'preEvaluations',
  'deployment',
  'postTasks',
  'postEvaluations',
  'promotion',
] as const satisfies readonly ReleasePhaseName[];

/** A task or an evaluation of a phase. @public */
export type ReleaseItem = components['schemas']['ReleaseItem'];

/** What keeps a release from going on. @public */
export type ReleaseHold = components['schemas']['ReleaseHold'];

/** How far the Pods of a workload's version are. @public */
export type ReleaseRollout = components['schemas']['ReleaseRollout'];

/** Everything kept of one release. @public */
export type ReleaseDetail = components['schemas']['ReleaseDetail'];

/** A step of a release. @public */
export type ReleaseStep = components['schemas']['ReleaseStep'];

/** A page of releases, newest first. @public */
export type ReleasePage = components['schemas']['ReleasePage'];

/** An app, or workloads of it, in one place. @public */
export type Environment = components['schemas']['Environment'];

/** @public */
export type EnvironmentList = components['schemas']['EnvironmentList'];

/** What keeps a workload, or a part of its checks, from being looked after. @public */
export type WorkloadProblem = components['schemas']['WorkloadProblem'];

/** Whether a release in this state will not change again. @public */
export function isReleaseFinished(state: ReleaseState): boolean {
  return state !== 'Pending' && state !== 'Progressing';
}
