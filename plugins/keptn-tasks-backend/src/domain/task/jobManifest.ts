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

import type { V1Job } from '@kubernetes/client-node';
import { inheritedKeys, inheritedPodKeys } from '../annotations';
import {
  COMPONENT,
  COMPONENT_LABEL,
  labelValue,
  MANAGED_BY,
  MANAGED_BY_LABEL,
  PHASE_LABEL,
  TASK_DEFINITION_LABEL,
  TASK_NAME_LABEL,
} from '../labels';
import { jobName } from '../names';
import { ownerReference } from '../ownership';
import type { KeptnTask } from '../resources';
import type { TaskSettings } from '../settings';
import type { EffectiveTask } from './effectiveTask';
import { phaseOf } from './phaseOf';
import { podSpec } from './podSpec';

/**
 * The Job of a task. It gets no time to live: it must not vanish before its outcome is recorded. A failed attempt
 * keeps its Pod and its log, and the next one gets a new Pod.
 *
 * @param configMapName - ConfigMap beside the Job that holds the code of a function; absent when it has a URL
 */
export function jobManifest(
  task: KeptnTask,
  effective: EffectiveTask,
  configMapName: string | undefined,
  settings: TaskSettings,
): V1Job {
  const { labels, annotations } = task.metadata;
  const ours = ownLabels(task);
  const podAnnotations = inheritedPodKeys(annotations);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(task),
      namespace: task.metadata.namespace,
      labels: { ...inheritedKeys(labels), ...ours },
      annotations: { ...inheritedKeys(annotations), ...keptnAnnotations(task) },
      ownerReferences: [ownerReference(task)],
    },
    spec: {
      backoffLimit: effective.retries,
      activeDeadlineSeconds: effective.timeoutSeconds,
      ...(settings.suspendJobs && { suspend: true }),
      template: {
        metadata: {
          labels: { ...inheritedPodKeys(labels), ...ours },
          ...(Object.keys(podAnnotations).length && {
            annotations: podAnnotations,
          }),
        },
        spec: podSpec(task, effective, configMapName, settings),
      },
    },
  };
}

/** Labels of a Job, its Pods and whatever else is made for a task. */
export function ownLabels(task: KeptnTask): Record<string, string> {
  const phase = phaseOf(task);
  return {
    [MANAGED_BY_LABEL]: MANAGED_BY,
    [COMPONENT_LABEL]: COMPONENT,
    [TASK_NAME_LABEL]: labelValue(task.metadata.name),
    [TASK_DEFINITION_LABEL]: labelValue(task.spec.taskDefinition),
    ...(phase !== 'none' && { [PHASE_LABEL]: phase }),
  };
}

/** As Keptn writes them: set even when they are empty. */
function keptnAnnotations({ metadata, spec }: KeptnTask) {
  const context = spec.context ?? {};
  const app = { 'keptn.sh/app': context.appName ?? '' };
  const taskName = { 'keptn.sh/task-name': metadata.name };
  return context.workloadName
    ? {
        ...app,
        'keptn.sh/workload': context.workloadName,
        'keptn.sh/version': context.workloadVersion ?? '',
        ...taskName,
      }
    : {
        ...app,
        'keptn.sh/version': context.appVersion ?? '',
        ...taskName,
      };
}
