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

import type { V1ContainerStatus, V1Job, V1Pod } from '@kubernetes/client-node';

/**
 * Status of the container that does the task's work. Others may have been injected beside it, so the Job's own
 * template says which one it is.
 */
export function taskContainerStatus(
  pod: V1Pod,
  job?: V1Job,
): V1ContainerStatus | undefined {
  const statuses = pod.status?.containerStatuses ?? [];
  const name = taskContainerName(pod, job);
  return statuses.find(status => status.name === name) ?? statuses[0];
}

/** Name of the container that does the task's work; its log is the task's log. */
export function taskContainerName(pod: V1Pod, job?: V1Job): string | undefined {
  return (
    job?.spec?.template.spec?.containers[0]?.name ??
    pod.spec?.containers[0]?.name
  );
}
