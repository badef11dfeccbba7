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

import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { taskContainerStatus } from '../taskContainer';
import type { Finding } from './Finding';
import { tellingLine } from './tellingLine';

/** What an exit code above 128 means most of the time. */
const SIGNALS: Record<number, string> = {
  129: 'SIGHUP',
  130: 'SIGINT',
  131: 'SIGQUIT',
  134: 'SIGABRT',
  135: 'SIGBUS',
  136: 'SIGFPE',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
};

/** How a Pod that failed came to its end. `which` names the attempt: `Attempt 2 of 3`. */
export function podEnd(pod: V1Pod, which: string, job?: V1Job): Finding {
  const { reason, message, conditions } = pod.status ?? {};
  const status = taskContainerStatus(pod, job);
  const terminated = status?.state?.terminated;
  const node = pod.spec?.nodeName ? ` on node ${pod.spec.nodeName}` : '';

  if (reason === 'Evicted') {
    return {
      reason: 'Evicted',
      message: `${which} was evicted${node}: ${
        message ?? 'the node was short of resources'
      }`,
    };
  }
  const disruption = conditions?.find(
    ({ type, status: holds }) =>
      type === 'DisruptionTarget' && holds === 'True',
  );
  if (
    reason === 'NodeLost' ||
    reason === 'NodeShutdown' ||
    disruption?.reason === 'DeletionByPodGC' ||
    disruption?.reason === 'DeletionByTaintManager'
  ) {
    return {
      reason: 'NodeLost',
      message: `${which} ended with its node${
        pod.spec?.nodeName ? ` ${pod.spec.nodeName}` : ''
      }: ${disruption?.message ?? message ?? 'the node does not answer'}`,
    };
  }
  if (disruption) {
    return {
      reason: 'Evicted',
      message: `${which} had to make room${node}: ${
        disruption.message ?? disruption.reason ?? ''
      }`,
    };
  }
  if (terminated?.reason === 'OOMKilled') {
    const limit = memoryLimit(pod, status?.name);
    return {
      reason: 'OutOfMemory',
      message: `${which} used more memory than ${
        limit ? `its limit of ${limit}` : 'it may'
      } and was killed.`,
    };
  }
  if (
    terminated?.reason === 'StartError' ||
    terminated?.reason === 'ContainerCannotRun'
  ) {
    return {
      reason: 'StartFailed',
      message: `${which} could not start: ${startError(terminated.message)}`,
    };
  }
  if (terminated) {
    const { exitCode } = terminated;
    const signal = SIGNALS[exitCode] ? ` (${SIGNALS[exitCode]})` : '';
    const line = tellingLine(terminated.message);
    return {
      reason: 'ExitCode',
      message: `${which} ended with exit code ${exitCode}${signal}${
        line ? `: ${line}` : '.'
      }`,
    };
  }
  return {
    reason: 'StartFailed',
    message: `${which} failed before it started${
      message || reason ? `: ${message ?? reason}` : '.'
    }`,
  };
}

function memoryLimit(pod: V1Pod, container: string | undefined) {
  return pod.spec?.containers.find(({ name }) => name === container)?.resources
    ?.limits?.memory;
}

/** The end of the runtime's chain of complaints is the part that helps. */
function startError(message: string | undefined): string {
  const parts = message?.split('unable to start container process: ') ?? [];
  return parts.at(-1) || 'the container runtime gives no reason';
}
