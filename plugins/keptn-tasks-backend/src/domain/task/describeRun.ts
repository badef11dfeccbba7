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

import { effectiveTask } from './effectiveTask';
import type { Look } from './taskLook';
import type { RunUpdate } from './TaskPlan';

/** What a run is made of, as far as its definition is known: kept, because definitions change. */
export function describeRun({
  task,
  definition: resolution,
  settings,
}: Look): Partial<RunUpdate> {
  const { taskDefinition: name } = task.spec;
  if (resolution.state !== 'resolved') {
    return resolution.namespace
      ? { definition: { name, namespace: resolution.namespace } }
      : {};
  }
  const { effective, hash, snapshot } = resolution;
  const wanted = effectiveTask(task, effective, settings);
  return {
    definition: { name, namespace: effective.namespace, hash },
    runner: effective.runner,
    image: effective.image,
    parameters: wanted.parameters,
    secureParameters: wanted.secureParameters,
    maxAttempts: wanted.retries + 1,
    timeoutSeconds: wanted.timeoutSeconds,
    definitionSnapshot: snapshot,
  };
}
