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

import type { KeptnTask } from './resources';

/** Set on a KeptnTask to stop it; the value is the reason. */
export const CANCEL_ANNOTATION = 'keptn-tasks/cancel';
/** W3C trace context that the task's code is to continue. */
export const TRACEPARENT_ANNOTATION = 'keptn-tasks/traceparent';
/** On a definition: JSON or YAML of a partial PodSpec for its Pods. */
export const POD_TEMPLATE_ANNOTATION = 'keptn-tasks/pod-template';
/** The run that a KeptnTask was created for. */
export const RUN_ID_ANNOTATION = 'keptn-tasks/run-id';
export const ENTITY_REF_ANNOTATION = 'keptn-tasks/entity-ref';
export const TRIGGERED_BY_ANNOTATION = 'keptn-tasks/triggered-by';
export const RERUN_OF_ANNOTATION = 'keptn-tasks/rerun-of';
/** On a definition: what it is for, in one sentence. */
export const DESCRIPTION_ANNOTATION = 'keptn-tasks/description';

const RUN_SPECIFIC = new Set([
  CANCEL_ANNOTATION,
  TRACEPARENT_ANNOTATION,
  RUN_ID_ANNOTATION,
  ENTITY_REF_ANNOTATION,
  TRIGGERED_BY_ANNOTATION,
  RERUN_OF_ANNOTATION,
]);

/** Keys by which delivery tools recognise what they own; on a Job they would claim an object that is not theirs. */
const TRACKING_KEYS = [
  /^kubectl\.kubernetes\.io\//,
  /^([a-z0-9-]+\.)?argocd\.argoproj\.io\//,
  /^app\.kubernetes\.io\/instance$/,
  /^helm\.sh\//,
  /^meta\.helm\.sh\//,
  /^kustomize\.toolkit\.fluxcd\.io\//,
  /^helm\.toolkit\.fluxcd\.io\//,
];

/**
 * Labels that would make a task's own Pod look like a workload to whatever looks for workloads, the scheduling gate
 * among them.
 */
const WORKLOAD_KEYS = new Set([
  'keptn.sh/app',
  'keptn.sh/workload',
  'keptn.sh/version',
  'keptn.sh/container',
  'app.kubernetes.io/name',
  'app.kubernetes.io/part-of',
  'app.kubernetes.io/version',
]);

/** The reason why somebody wants the task stopped, or `undefined` when nobody does. */
export function cancelReason(task: KeptnTask): string | undefined {
  const value = task.metadata.annotations?.[CANCEL_ANNOTATION];
  return value && value !== 'false' ? value : undefined;
}

/** Labels or annotations of a task that go on to its Job. */
export function inheritedKeys(
  of: Record<string, string> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(of ?? {}).filter(
      ([key]) =>
        !RUN_SPECIFIC.has(key) && !TRACKING_KEYS.some(known => known.test(key)),
    ),
  );
}

/** The same for its Pods. */
export function inheritedPodKeys(
  of: Record<string, string> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inheritedKeys(of)).filter(
      ([key]) => !WORKLOAD_KEYS.has(key),
    ),
  );
}
