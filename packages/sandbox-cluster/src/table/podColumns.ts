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

import { KubeObject } from '../ClusterApi';
import { PrinterColumn } from '../resources/ResourceType';
import { Json } from '../schema/json';
import { ageColumn, column, nameColumn } from './columns';
import { age, humanDuration } from './duration';

const none = '<none>';
const wide = { priority: 1 };

/** The one word of `kubectl get pods`: the phase, or what is more telling than it. */
export function podStatus(pod: KubeObject): string {
  const status: Json = pod.status ?? {};
  let reason = status.reason || status.phase || 'Unknown';
  const gated = (status.conditions ?? []).some(
    (c: Json) => c.type === 'PodScheduled' && c.reason === 'SchedulingGated',
  );
  if (gated) reason = 'SchedulingGated';
  const initReason = initStatus(pod);
  if (initReason) reason = initReason;
  else {
    let hasRunning = false;
    for (const container of [...(status.containerStatuses ?? [])].reverse()) {
      const { waiting, terminated } = container.state ?? {};
      if (waiting?.reason) reason = waiting.reason;
      else if (terminated) reason = terminatedReason(terminated);
      else if (container.ready && container.state?.running) hasRunning = true;
    }
    if (reason === 'Completed' && hasRunning) reason = 'Running';
  }
  if (!pod.metadata.deletionTimestamp) return reason;
  if (status.reason === 'NodeLost') return 'Unknown';
  return ['Succeeded', 'Failed'].includes(status.phase)
    ? reason
    : 'Terminating';
}

function initStatus(pod: KubeObject): string | undefined {
  const total = pod.spec?.initContainers?.length ?? 0;
  const statuses: Json[] = pod.status?.initContainerStatuses ?? [];
  for (const [index, container] of statuses.entries()) {
    const { terminated, waiting } = container.state ?? {};
    if (terminated?.exitCode === 0) continue;
    if (terminated) return `Init:${terminatedReason(terminated)}`;
    if (waiting?.reason && waiting.reason !== 'PodInitializing') {
      return `Init:${waiting.reason}`;
    }
    return `Init:${index}/${total}`;
  }
  return undefined;
}

function terminatedReason(terminated: Json): string {
  if (terminated.reason) return terminated.reason;
  return terminated.signal
    ? `Signal:${terminated.signal}`
    : `ExitCode:${terminated.exitCode}`;
}

function restarts(pod: KubeObject, now: number): string {
  let count = 0;
  let last = 0;
  for (const container of pod.status?.containerStatuses ?? []) {
    count += container.restartCount ?? 0;
    const finished = Date.parse(container.lastState?.terminated?.finishedAt);
    if (finished > last) last = finished;
  }
  return count && last
    ? `${count} (${humanDuration(now - last)} ago)`
    : `${count}`;
}

export const podColumns: PrinterColumn[] = [
  nameColumn,
  column(
    'Ready',
    'The aggregate readiness state of this pod for accepting traffic.',
    pod => {
      const ready = (pod.status?.containerStatuses ?? []).filter(
        (c: Json) => c.ready && c.state?.running,
      );
      return `${ready.length}/${pod.spec?.containers?.length ?? 0}`;
    },
  ),
  column(
    'Status',
    'The aggregate status of the containers in this pod.',
    podStatus,
  ),
  column(
    'Restarts',
    'The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.',
    restarts,
  ),
  ageColumn,
  column(
    'IP',
    'podIP address allocated to the pod. Routable at least within the cluster. Empty if not yet allocated.',
    pod => pod.status?.podIP || none,
    wide,
  ),
  column(
    'Node',
    'NodeName indicates in which node this pod is scheduled.',
    pod => pod.spec?.nodeName || none,
    wide,
  ),
  column(
    'Nominated Node',
    'nominatedNodeName is set only when this pod preempts other pods on the node.',
    pod => pod.status?.nominatedNodeName || none,
    wide,
  ),
  column(
    'Readiness Gates',
    'If specified, all readiness gates will be evaluated for pod readiness.',
    () => none,
    wide,
  ),
];

function jobStatus(job: KubeObject): string {
  const has = (type: string) =>
    (job.status?.conditions ?? []).some(
      (c: Json) => c.type === type && c.status === 'True',
    );
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  if (job.metadata.deletionTimestamp) return 'Terminating';
  if (has('Suspended')) return 'Suspended';
  if (has('FailureTarget')) return 'FailureTarget';
  if (has('SuccessCriteriaMet')) return 'SuccessCriteriaMet';
  return 'Running';
}

function jobCompletions(job: KubeObject): string {
  const succeeded = job.status?.succeeded ?? 0;
  const { completions, parallelism = 0 } = job.spec ?? {};
  if (completions !== undefined) return `${succeeded}/${completions}`;
  return parallelism > 1
    ? `${succeeded}/1 of ${parallelism}`
    : `${succeeded}/1`;
}

function jobDuration(job: KubeObject, now: number): string {
  const { startTime, completionTime } = job.status ?? {};
  if (!startTime) return '';
  return completionTime
    ? humanDuration(Date.parse(completionTime) - Date.parse(startTime))
    : age(startTime, now);
}

const containers = (job: KubeObject): Json[] =>
  job.spec?.template?.spec?.containers ?? [];

export const jobColumns: PrinterColumn[] = [
  nameColumn,
  column('Status', 'Status of the job.', jobStatus),
  column(
    'Completions',
    'The number of pods which reached phase Succeeded. The value increases monotonically for a given spec. However, it may decrease in reaction to scale down of elastic indexed jobs.',
    jobCompletions,
  ),
  column('Duration', 'Time required to complete the job.', jobDuration),
  ageColumn,
  column(
    'Containers',
    'Names of each container in the template.',
    job =>
      containers(job)
        .map(c => c.name)
        .join(','),
    wide,
  ),
  column(
    'Images',
    'Images referenced by each container in the template.',
    job =>
      containers(job)
        .map(c => c.image)
        .join(','),
    wide,
  ),
  column(
    'Selector',
    'A label query over pods that should match the pod count. Normally, the system sets this field for you.',
    job =>
      Object.entries(job.spec?.selector?.matchLabels ?? {})
        .map(([k, v]) => `${k}=${v}`)
        .join(',') || none,
    wide,
  ),
];
