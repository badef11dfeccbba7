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

import { KubeObject } from '../../../ClusterApi';
import { LOCAL_IP } from '../env/fieldRef';
import { ContainerRecord } from './ContainerRecord';
import { mergeConditions, wantedConditions } from './podConditions';
import { PodPhase, podPhase } from './podPhase';

/** What the kubelet knows about a Pod on its node. */
export interface PodRecord {
  startTime: string;
  /** Volumes are there and containers may start. */
  readyToStart: boolean;
  init: ContainerRecord[];
  containers: ContainerRecord[];
  /** Set once nothing of the Pod will run again. Until then the phase is not a final one. */
  final?: 'Succeeded' | 'Failed';
  /** Why the kubelet ended the Pod, when it did. */
  reason?: string;
  message?: string;
}

/** The status to store for a Pod. */
export function podStatus(pod: KubeObject, record: PodRecord) {
  const { init, containers, final } = record;
  const { restartPolicy = 'Always' } = pod.spec;
  const computed = final ?? podPhase(restartPolicy, init, containers);
  const { generation } = pod.metadata;
  const started = containers.some(({ containerId }) => containerId);
  const { phase: before, qosClass } = pod.status ?? {};
  return {
    ...(generation !== undefined && { observedGeneration: generation }),
    phase: final ?? shown(computed, before),
    conditions: mergeConditions(
      pod.status?.conditions ?? [],
      wantedConditions(computed, record.readyToStart, init, containers),
      generation,
    ),
    ...(record.message && { message: record.message }),
    ...(record.reason && { reason: record.reason }),
    hostIP: LOCAL_IP,
    hostIPs: [{ ip: LOCAL_IP }],
    ...((started || pod.status?.podIP) && {
      podIP: LOCAL_IP,
      podIPs: [{ ip: LOCAL_IP }],
    }),
    startTime: record.startTime,
    ...(init.length > 0 && {
      initContainerStatuses: init.map(container =>
        containerStatus(
          container,
          container.ready || container.terminated?.exitCode === 0,
        ),
      ),
    }),
    containerStatuses: containers.map(container =>
      containerStatus(container, container.ready),
    ),
    ...(qosClass && { qosClass }),
  };
}

/** A Pod that is about to end is shown as it was until everything of it is cleared away. */
function shown(computed: PodPhase, before: PodPhase | undefined): PodPhase {
  const ending = computed === 'Succeeded' || computed === 'Failed';
  return ending ? before ?? 'Pending' : computed;
}

function containerStatus(container: ContainerRecord, ready: boolean) {
  const { spec, state, last, image, containerId } = container;
  const mounts = (spec.volumeMounts ?? []).map(
    ({ name, mountPath, readOnly }: any) => ({
      name,
      mountPath,
      ...(readOnly && { readOnly, recursiveReadOnly: 'Disabled' }),
    }),
  );
  const { requests } = spec.resources ?? {};
  return {
    name: spec.name,
    state,
    lastState: last,
    ready,
    restartCount: container.restartCount,
    image: image?.full ?? spec.image,
    imageID: image?.id ?? '',
    ...(containerId && { containerID: containerId }),
    started: container.started,
    ...(containerId && requests && { allocatedResources: requests }),
    ...(containerId && { resources: spec.resources ?? {} }),
    ...(mounts.length > 0 && { volumeMounts: mounts }),
  };
}
