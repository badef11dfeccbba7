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

import {
  KubeObject,
  PodLogOptions,
  PodLogSource,
  StatusError,
} from '../../../ClusterApi';
import { badRequest } from '../../../errors/StatusError';
import { LogStore } from './LogStore';
import { readLog } from './readLog';

/** The log endpoint of the kubelet: finds the run that is asked for and answers with the kubelet's words. */
export class PodLogs implements PodLogSource {
  constructor(private readonly store: LogStore) {}

  async open(
    pod: KubeObject,
    options: PodLogOptions,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    const container = containerName(pod, options.container);
    if (!pod.spec.nodeName) return undefined;
    const id = containerId(pod, container, options.previous ?? false);
    const log = this.store.find(pod.metadata.uid, container, id);
    // What the kubelet answers, with status 200, when the runtime has removed the container.
    if (!log) return onlyText(`unable to retrieve container logs for ${id}`);
    return readLog(log, options, signal);
  }
}

async function* onlyText(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

function containerName(pod: KubeObject, wanted?: string): string {
  const names = (list?: any[]) => (list ?? []).map(({ name }) => name);
  const containers = names(pod.spec.containers);
  const init = names(pod.spec.initContainers);
  const { name } = pod.metadata;
  if (!wanted) {
    if (containers.length === 1) return containers[0];
    const inits = init.length
      ? ` or one of the init containers: [${init.join(' ')}]`
      : '';
    throw badRequest(
      `a container name must be specified for pod ${name}, choose one of: [${containers.join(
        ' ',
      )}]${inits}`,
    );
  }
  if (![...containers, ...init].includes(wanted)) {
    throw badRequest(`container ${wanted} is not valid for pod ${name}`);
  }
  return wanted;
}

const PULL_PROBLEMS: Record<string, string> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: 'trying and failing to pull image',
};

/** Which run of the container the log is of: the present one, or the last that there was. */
function containerId(
  pod: KubeObject,
  container: string,
  previous: boolean,
): string {
  const where = `container "${container}" in pod "${pod.metadata.name}"`;
  const status = [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []),
  ].find(({ name }) => name === container);
  const last = status?.lastState?.terminated?.containerID;
  if (previous) {
    if (last) return last;
    throw badRequest(`previous terminated ${where} not found`);
  }
  if (!status) throw waiting(where, 'ContainerCreating');
  const { state = {} } = status;
  if (state.running) return status.containerID;
  if (state.terminated || last) {
    const id = state.terminated?.containerID ?? last;
    if (id) return id;
    throw badRequest(`${where} is terminated`);
  }
  const reason = state.waiting?.reason ?? 'ContainerCreating';
  throw waiting(where, PULL_PROBLEMS[reason] ?? reason);
}

function waiting(where: string, why: string): StatusError {
  return badRequest(`${where} is waiting to start: ${why}`);
}
