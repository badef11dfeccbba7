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
  NewObject,
  ResourceClient,
  StatusError,
} from '../../ClusterApi';

/** Whether a create was refused because its namespace is on its way out: nothing is to be said or tried again. */
export function isNamespaceLeaving(error: unknown): boolean {
  return (
    error instanceof StatusError &&
    (error.details?.causes ?? []).some(
      ({ reason }) => reason === 'NamespaceTerminating',
    )
  );
}

/** How often the same refusal comes back depends on the caller; this only makes the Pod or says why not. */
export type Creation =
  | { pod: KubeObject }
  | { refusal: Error }
  | { leaving: true };

/** Tries to create a Pod. */
export function createPod(pods: ResourceClient, pod: NewObject): Creation {
  try {
    return { pod: pods.create(pod) };
  } catch (error) {
    if (isNamespaceLeaving(error)) return { leaving: true };
    if (!(error instanceof StatusError)) throw error;
    return { refusal: error };
  }
}
