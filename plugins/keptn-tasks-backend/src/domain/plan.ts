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

import type { CoreV1Event, V1ConfigMap, V1Job } from '@kubernetes/client-node';

/** A change to make in the cluster. Doing it twice has the effect of doing it once. */
export type Action =
  | { type: 'create-config-map'; configMap: V1ConfigMap }
  | { type: 'update-config-map'; configMap: V1ConfigMap }
  | { type: 'delete-config-map'; namespace: string; name: string; uid: string }
  | { type: 'create-job'; job: V1Job }
  /** The Pods are stopped first when `propagation` is Foreground: the Job stays until they are gone. */
  | {
      type: 'delete-job';
      namespace: string;
      name: string;
      uid: string;
      propagation: 'Foreground' | 'Background';
    }
  /** Lets Kubernetes clean up the finished Job by itself. */
  | {
      type: 'set-job-ttl';
      namespace: string;
      name: string;
      uid: string;
      ttlSecondsAfterFinished: number;
    };

/** Something worth telling about a KeptnTask or KeptnTaskDefinition, as a Kubernetes event. */
export interface Notice {
  type: NonNullable<CoreV1Event['type']> & ('Normal' | 'Warning');
  /** CamelCase word for machines. */
  reason: string;
  /** One sentence for people. */
  message: string;
}
