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

/** How far a run has come. `Cancelled` is `Failed` with reason `Cancelled` on the KeptnTask. @public */
export type RunState = components['schemas']['RunState'];

/** Every state of a run, in the order in which people look for them. @public */
export const RUN_STATES = [
  'Failed',
  'Progressing',
  'Pending',
  'Succeeded',
  'Cancelled',
] as const satisfies readonly RunState[];

/** What happened when a task was asked for, as lists show it. @public */
export type Run = components['schemas']['Run'];

/** Everything kept of one run. @public */
export type RunDetail = components['schemas']['RunDetail'];

/** A page of runs, newest first. @public */
export type RunPage = components['schemas']['RunPage'];

/** Runs by state; a count equal to `limit` means "at least". @public */
export type RunCounts = components['schemas']['RunCounts'];

/** One of the tries within a run: one Pod. @public */
export type Attempt = components['schemas']['Attempt'];

/** A step of a run from one state to another. @public */
export type Transition = components['schemas']['Transition'];

/** An effective parameter and which place won. @public */
export type Parameter = components['schemas']['Parameter'];

/** An earlier run of the same definition in the same place, enough to compare with. @public */
export type RelatedRun = components['schemas']['RelatedRun'];

/** When a task runs in a deployment; `none` when it was started on demand. @public */
export type Phase = components['schemas']['Phase'];

/** What runs the code of a definition. @public */
export type Runner = components['schemas']['Runner'];

/** What started a run. @public */
export type Trigger = components['schemas']['Trigger'];

/** KEPTN_CONTEXT, as the task saw it. @public */
export type TaskContext = components['schemas']['TaskContext'];

/** Whether a run in this state will not change again. @public */
export function isRunFinished(state: RunState): boolean {
  return state !== 'Pending' && state !== 'Progressing';
}
