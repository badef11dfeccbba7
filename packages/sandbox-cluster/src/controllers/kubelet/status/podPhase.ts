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

import { ContainerRecord } from './ContainerRecord';

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

/** The phase that follows from the containers alone. */
export function podPhase(
  restartPolicy: string,
  init: ContainerRecord[],
  containers: ContainerRecord[],
): PodPhase {
  const failedInit = init.some(
    ({ sidecar, terminated }) =>
      !sidecar && terminated && terminated.exitCode !== 0,
  );
  if (failedInit && restartPolicy === 'Never') return 'Failed';
  if (!init.every(({ initialized }) => initialized)) return 'Pending';
  if (containers.some(({ running }) => running)) return 'Running';
  const neverStarted = ({ state, last }: ContainerRecord) =>
    Boolean(state.waiting) && !last.terminated;
  if (containers.some(neverStarted)) return 'Pending';
  const allEnded = containers.every(({ terminated }) => terminated);
  if (!allEnded || restartPolicy === 'Always') return 'Running';
  if (containers.every(({ terminated }) => terminated!.exitCode === 0)) {
    return 'Succeeded';
  }
  return restartPolicy === 'Never' ? 'Failed' : 'Running';
}

/** The phase of a Pod whose containers will not run again. */
export function finalPhase(
  init: ContainerRecord[],
  containers: ContainerRecord[],
): 'Succeeded' | 'Failed' {
  const counted = init.filter(({ sidecar }) => !sidecar);
  const fine = [...counted, ...containers].every(
    ({ terminated }) => terminated?.exitCode === 0,
  );
  return fine ? 'Succeeded' : 'Failed';
}
