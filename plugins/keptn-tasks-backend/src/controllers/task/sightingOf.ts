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

import { RUN_ID_ANNOTATION } from '../../domain/annotations';
import type { KeptnTask } from '../../domain/resources';
import { phaseOf, versionOf } from '../../domain/task/phaseOf';
import { triggerOf } from '../../domain/task/triggerOf';
import { toIso } from '../../domain/time';
import type { TaskSighting } from '../../history/RunStore';

/** A KeptnTask as the history meets it for the first time. */
export function sightingOf(cluster: string, task: KeptnTask): TaskSighting {
  const { metadata, spec } = task;
  return {
    cluster,
    uid: metadata.uid,
    namespace: metadata.namespace,
    taskName: metadata.name,
    createdAt: toIso(metadata.creationTimestamp) ?? new Date(0).toISOString(),
    definitionName: spec.taskDefinition,
    phase: phaseOf(task),
    version: versionOf(task),
    context: spec.context,
    trigger: triggerOf(task),
    runId: metadata.annotations?.[RUN_ID_ANNOTATION] || undefined,
    taskSpec: spec,
  };
}
