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
import { resolveDefinition } from '../definition/resolveDefinition';
import { jobName } from '../names';
import type {
  KeptnTask,
  KeptnTaskDefinition,
  KeptnTaskDefinitionSpec,
} from '../resources';
import { defaultTaskSettings } from '../settings';
import { jobManifest } from '../task/jobManifest';
import { effectiveTask } from '../task/effectiveTask';
import type { TaskObservation } from '../task/TaskPlan';

/** When everything in tests begins. */
export const START = '2026-01-01T12:00:00.000Z';

/** A moment so many seconds after the beginning. */
export function at(seconds: number): Date {
  return new Date(new Date(START).getTime() + seconds * 1000);
}

export function aTask(
  overrides: {
    metadata?: Partial<KeptnTask['metadata']>;
    spec?: Partial<KeptnTask['spec']>;
    status?: KeptnTask['status'];
  } = {},
): KeptnTask {
  return {
    apiVersion: 'lifecycle.keptn.sh/v1',
    kind: 'KeptnTask',
    metadata: {
      name: 'smoke-1',
      namespace: 'shop',
      uid: '0f0c7d54-0000-4000-8000-000000000001',
      creationTimestamp: at(0),
      ...overrides.metadata,
    },
    spec: { taskDefinition: 'smoke', ...overrides.spec },
    ...(overrides.status && { status: overrides.status }),
  };
}

export function aDefinition(
  spec: KeptnTaskDefinitionSpec = {
    deno: { inline: { code: 'console.log(1)' } },
  },
  metadata: Partial<KeptnTaskDefinition['metadata']> = {},
): KeptnTaskDefinition {
  return {
    apiVersion: 'lifecycle.keptn.sh/v1',
    kind: 'KeptnTaskDefinition',
    metadata: {
      name: 'smoke',
      namespace: 'shop',
      uid: 'def00000-0000-4000-8000-000000000001',
      ...metadata,
    },
    spec,
  };
}

/** Finds definitions among those given. */
export function lookupAmong(...definitions: KeptnTaskDefinition[]) {
  return (namespace: string, name: string) =>
    definitions.find(
      ({ metadata }) =>
        metadata.namespace === namespace && metadata.name === name,
    );
}

/** What becomes of the definition `smoke` among those given. */
export function resolved(...definitions: KeptnTaskDefinition[]) {
  return resolveDefinition(
    'smoke',
    'shop',
    lookupAmong(...definitions),
    defaultTaskSettings,
  );
}

/** The Job of a task, as the cluster shows it. */
export function aJob(
  task: KeptnTask = aTask(),
  overrides: {
    metadata?: Partial<V1Job['metadata']>;
    spec?: Partial<V1Job['spec']>;
    status?: V1Job['status'];
  } = {},
): V1Job {
  const resolution = resolved(aDefinition());
  if (resolution.state !== 'resolved') {
    throw new Error(resolution.message);
  }
  const job = jobManifest(
    task,
    effectiveTask(task, resolution.effective, defaultTaskSettings),
    'keptnfn-smoke',
    defaultTaskSettings,
  );
  return {
    ...job,
    metadata: {
      ...job.metadata,
      uid: 'j0b00000-0000-4000-8000-000000000001',
      creationTimestamp: at(1),
      ...overrides.metadata,
    },
    spec: { ...job.spec!, ...overrides.spec },
    status: overrides.status ?? {},
  };
}

export function aPod(
  overrides: {
    metadata?: Partial<V1Pod['metadata']>;
    spec?: Partial<V1Pod['spec']>;
    status?: V1Pod['status'];
  } = {},
): V1Pod {
  return {
    metadata: {
      name: `${jobName(aTask())}-aaaaa`,
      namespace: 'shop',
      uid: 'b0d00000-0000-4000-8000-000000000001',
      creationTimestamp: at(2),
      ...overrides.metadata,
    },
    spec: {
      nodeName: 'node-1',
      restartPolicy: 'Never',
      containers: [
        {
          name: 'keptn-function-runner',
          image: 'ghcr.io/keptn/deno-runtime:v3.0.1',
          resources: defaultTaskSettings.resources,
        },
      ],
      ...overrides.spec,
    },
    status: overrides.status ?? { phase: 'Pending' },
  };
}

type ContainerState = NonNullable<
  NonNullable<
    NonNullable<V1Pod['status']>['containerStatuses']
  >[number]['state']
>;

/** Status of a Pod whose container is in this state. */
export function podStatus(
  phase: string,
  state: ContainerState,
  rest: Partial<NonNullable<V1Pod['status']>> = {},
): V1Pod['status'] {
  return {
    phase,
    startTime: at(2),
    containerStatuses: [
      {
        name: 'keptn-function-runner',
        image: 'ghcr.io/keptn/deno-runtime:v3.0.1',
        imageID: '',
        ready: false,
        restartCount: 0,
        state,
      },
    ],
    ...rest,
  };
}

/** Status of a Pod that ended with this code. */
export function endedWith(
  exitCode: number,
  terminated: Partial<NonNullable<ContainerState['terminated']>> = {},
) {
  return podStatus(exitCode === 0 ? 'Succeeded' : 'Failed', {
    terminated: {
      exitCode,
      reason: exitCode === 0 ? 'Completed' : 'Error',
      startedAt: at(3),
      finishedAt: at(5),
      ...terminated,
    },
  });
}

/** A task that was just created and whose definition is there. */
export function anObservation(
  overrides: Partial<TaskObservation> = {},
): TaskObservation {
  return {
    task: aTask(),
    recorded: { id: 'run-1', state: 'Pending', logsStored: false },
    definition: resolved(aDefinition()),
    pods: [],
    events: [],
    ...overrides,
  };
}
