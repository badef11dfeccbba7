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

import type { V1ObjectMeta } from '@kubernetes/client-node';

/** Begins every key that Keptn reads. */
export const KEY_PREFIX = 'keptn.sh/';

/** What people write on a Pod template or workload, and what Kubernetes recommends instead where it has a word. */
export const KEYS = {
  workload: { keptn: 'keptn.sh/workload', common: 'app.kubernetes.io/name' },
  version: { keptn: 'keptn.sh/version', common: 'app.kubernetes.io/version' },
  app: { keptn: 'keptn.sh/app', common: 'app.kubernetes.io/part-of' },
  container: { keptn: 'keptn.sh/container' },
  preDeploymentTasks: { keptn: 'keptn.sh/pre-deployment-tasks' },
  postDeploymentTasks: { keptn: 'keptn.sh/post-deployment-tasks' },
  preDeploymentEvaluations: { keptn: 'keptn.sh/pre-deployment-evaluations' },
  postDeploymentEvaluations: { keptn: 'keptn.sh/post-deployment-evaluations' },
  metadata: { keptn: 'keptn.sh/metadata' },
} as const satisfies Record<string, Key>;

export type KeyName = keyof typeof KEYS;

/** The four that list definitions. */
export const LIST_KEYS = [
  'preDeploymentTasks',
  'postDeploymentTasks',
  'preDeploymentEvaluations',
  'postDeploymentEvaluations',
] as const satisfies readonly KeyName[];

interface Key {
  keptn: string;
  common?: string;
}

/** The part of an object's metadata that people write. */
export type Words = Pick<V1ObjectMeta, 'annotations' | 'labels'>;

/**
 * What an object says under a key: annotations go before labels, Keptn's key before the common one. What is empty
 * counts as absent, and blanks around a value do not count.
 */
export function lookUp(
  words: Words | undefined,
  name: KeyName,
): string | undefined {
  const { keptn, common }: Key = KEYS[name];
  const { annotations, labels } = words ?? {};
  return [
    annotations?.[keptn],
    labels?.[keptn],
    common && annotations?.[common],
    common && labels?.[common],
  ]
    .map(value => value?.trim())
    .find(Boolean);
}
