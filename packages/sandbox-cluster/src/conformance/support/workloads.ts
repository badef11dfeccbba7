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

import type { ApiClient } from '../client/ApiClient';
import { container } from './objects';
import { eventually } from './eventually';
import { pods } from './paths';

/** Runs until it is told to end, and then ends at once. */
const SERVE = 'trap "exit 0" TERM; while true; do sleep 0.2; done';

/** A workload of apps/v1 whose Pods run for ever. */
export function workload(
  kind: string,
  name: string,
  spec: Record<string, any> = {},
  podSpec: Record<string, any> = {},
) {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          terminationGracePeriodSeconds: 5,
          containers: [container(SERVE)],
          ...podSpec,
        },
      },
      ...spec,
    },
  };
}

/** A merge patch that gives a workload another template. */
export function anotherVersion(version: string) {
  const annotations = { 'conformance.example.test/version': version };
  return { spec: { template: { metadata: { annotations } } } };
}

/** Waits until an object fits; fails with its status otherwise. */
export async function untilFits(
  api: ApiClient,
  path: string,
  what: string,
  fits: (object: any) => unknown,
  timeoutMs = 120_000,
): Promise<any> {
  let last: any;
  try {
    return await eventually(
      what,
      async () => {
        const { body, status } = await api.get(path);
        last = body;
        return status === 200 && (await fits(body)) ? body : undefined;
      },
      timeoutMs,
    );
  } catch (error) {
    const shown = JSON.stringify(last?.status ?? last);
    throw new Error(`${(error as Error).message}: ${shown}`);
  }
}

/** The controller has seen the present spec. */
export const isObserved = ({ status, metadata }: any) =>
  status?.observedGeneration === metadata.generation;

/** Everything that a Deployment wants is there and available, from its present template. */
export const isRolledOut = (deployment: any) =>
  isObserved(deployment) &&
  ['replicas', 'updatedReplicas', 'availableReplicas'].every(
    count => (deployment.status[count] ?? 0) === deployment.spec.replicas,
  );

/** The condition of this type as `status reason`. */
export function conditionOf(object: any, type: string): string | undefined {
  const found = (object.status?.conditions ?? []).find(
    (entry: any) => entry.type === type,
  );
  return found && `${found.status} ${found.reason}`;
}

/** Objects of a collection that carry the label `app`. */
export async function ofApp(
  api: ApiClient,
  collection: string,
  app: string,
): Promise<any[]> {
  const { body } = await api.get(collection, {
    query: { labelSelector: `app=${app}` },
  });
  return body.items;
}

/** Takes the gates off a Pod. */
export async function openGates(
  api: ApiClient,
  namespace: string,
  name: string,
): Promise<void> {
  await api.patch(
    pods(namespace, name),
    [{ op: 'remove', path: '/spec/schedulingGates' }],
    'json',
  );
}
