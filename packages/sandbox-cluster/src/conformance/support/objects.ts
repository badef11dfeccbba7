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

import { target } from '../target';

/** A small ConfigMap. */
export function configMap(name: string, extra: Record<string, any> = {}) {
  const { metadata, ...rest } = extra;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...metadata },
    data: { key: 'value' },
    ...rest,
  };
}

/** A container that runs a shell script. */
export function container(script: string, extra: Record<string, any> = {}) {
  return {
    name: 'main',
    image: target.image ?? 'registry.invalid/none:1',
    imagePullPolicy: 'IfNotPresent',
    command: ['sh', '-c', script],
    ...extra,
  };
}

/** A Pod of one container that runs a shell script once. */
export function pod(
  name: string,
  script: string,
  spec: Record<string, any> = {},
) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 10,
      containers: [container(script)],
      ...spec,
    },
  };
}

/** A Job of one container that runs a shell script. */
export function job(
  name: string,
  script: string,
  spec: Record<string, any> = {},
  podSpec: Record<string, any> = {},
) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: 10,
          containers: [container(script)],
          ...podSpec,
        },
      },
      ...spec,
    },
  };
}

/** Script that says that it is ready, runs until it is told to stop, and then does what it was asked to. */
export function onTerm(action: string): string {
  return `trap "${action}" TERM; echo ready; while true; do sleep 0.2; done`;
}
