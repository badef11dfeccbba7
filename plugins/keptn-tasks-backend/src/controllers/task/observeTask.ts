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
  CoreV1Event,
  V1ConfigMap,
  V1Job,
  V1Pod,
} from '@kubernetes/client-node';
import type { ClusterClient } from '../../cluster/ClusterClient';
import type { ResourceWatch } from '../../cluster/ResourceWatch';
import type { DefinitionResolution } from '../../domain/definition/resolveDefinition';
import { resolveDefinition } from '../../domain/definition/resolveDefinition';
import { jobName } from '../../domain/names';
import type { KeptnTask } from '../../domain/resources';
import type { TaskSettings } from '../../domain/settings';
import { isFinished } from '../../domain/state';
import { isPodFinished } from '../../domain/task/attempts';
import { codeConfigMapKey } from '../../domain/task/codeForTask';
import type {
  CreateRefusal,
  RecordedRun,
  TaskObservation,
} from '../../domain/task/TaskPlan';
import type { ClusterWatches } from '../ClusterWatches';
import { controllerOf, trimEvent, trimJob, trimPod } from '../trim';

/** Where a look at a task reads. */
export interface TaskSources {
  watches: ClusterWatches;
  definitions: ResourceWatch<'KeptnTaskDefinition'>;
  client: ClusterClient;
  settings: TaskSettings;
}

/** What is known of a task before the cluster is looked at. */
export interface KnownTask {
  task: KeptnTask;
  recorded: RecordedRun;
  refused?: CreateRefusal;
}

/** Everything a decision about a task needs, from what the watches brought. */
export async function observeTask(
  sources: TaskSources,
  known: KnownTask,
): Promise<TaskObservation> {
  const { watches } = sources;
  const { task } = known;
  const job = watches.jobs.cache.get({
    namespace: task.metadata.namespace,
    name: observedJobName(task),
  });
  const pods = job ? watches.pods.cache.find('job', job.metadata!.uid!) : [];
  return {
    ...known,
    ...(await observeDefinition(sources, task, job)),
    job,
    pods,
    events: eventsAbout(watches, job, pods),
  };
}

/**
 * The same, with Job, Pods and events asked of the API server itself: what cannot be taken back rests on nothing
 * less.
 */
export async function observeTaskLive(
  sources: TaskSources,
  known: KnownTask,
): Promise<TaskObservation> {
  const { client, watches } = sources;
  const { task } = known;
  const { namespace } = task.metadata;
  const name = observedJobName(task);
  const [job, pods, jobEvents] = await Promise.all([
    client.get('Job', { namespace, name }),
    client.list('Pod', { namespace, labelSelector: `job-name=${name}` }),
    client.list('Event', {
      namespace,
      fieldSelector: `involvedObject.kind=Job,involvedObject.name=${name}`,
    }),
  ]);
  const uid = job?.metadata?.uid;
  const its = pods.filter(pod => controllerOf(pod, 'Job')?.uid === uid);
  return {
    ...known,
    ...(await observeDefinition(sources, task, job)),
    job: job && trimJob(job),
    pods: its.map(trimPod),
    events: [
      ...jobEvents.map(trimEvent),
      ...its.flatMap(pod =>
        watches.podEvents.cache.find('about', pod.metadata!.uid!),
      ),
    ],
    live: { jobTrace: pods.length > 0 || jobEvents.length > 0 },
  };
}

/** The Job that the task says is its own, or the one that we would make. */
export function observedJobName(task: KeptnTask): string {
  return task.status?.jobName || jobName(task);
}

/**
 * Whether the Job counts more Pods as ended than the watch of Pods has shown to be: the news about them is still on
 * its way, or they are gone.
 */
export function hasUnseenPods({ job, pods, live }: TaskObservation): boolean {
  const { succeeded = 0, failed = 0 } = job?.status ?? {};
  const ended = pods.filter(pod => isPodFinished(pod, job));
  return !live && succeeded + failed > ended.length;
}

/** Needed only while there is no Job: what runs already does not change with its definition. */
async function observeDefinition(
  { definitions, client, settings, watches }: TaskSources,
  task: KeptnTask,
  job: V1Job | undefined,
): Promise<{ definition: DefinitionResolution; codeConfigMap?: V1ConfigMap }> {
  const { namespace } = task.metadata;
  const definition = resolveDefinition(
    task.spec.taskDefinition,
    namespace,
    (place, name) => definitions.cache.get({ namespace: place, name }),
    settings,
  );
  if (
    definition.state !== 'resolved' ||
    job ||
    isFinished(task.status?.status)
  ) {
    return { definition };
  }
  const key =
    watches.configMaps && codeConfigMapKey(definition.effective, namespace);
  const codeConfigMap =
    key && (watches.configMaps!.cache.get(key) ?? client.get('ConfigMap', key));
  return { definition, codeConfigMap: await codeConfigMap };
}

function eventsAbout(
  watches: ClusterWatches,
  job: V1Job | undefined,
  pods: V1Pod[],
): CoreV1Event[] {
  if (!job) {
    return [];
  }
  return [
    ...watches.jobEvents.cache.find('about', job.metadata!.uid!),
    ...pods.flatMap(pod =>
      watches.podEvents.cache.find('about', pod.metadata!.uid!),
    ),
  ];
}
