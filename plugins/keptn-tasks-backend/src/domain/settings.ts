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

import type { V1ResourceRequirements } from '@kubernetes/client-node';
import type { PodTemplate } from './definition/podTemplate';

/** What the platform engineer decides about how tasks run in one cluster. */
export interface TaskSettings {
  /** Where shared definitions are looked for when a task's own namespace has none of that name. */
  keptnNamespace: string;
  /** Images of the function runners. */
  images: { deno: string; python: string };
  /** What applies when neither task nor definition says anything. */
  defaults: {
    retries: number;
    /** A duration as Go spells it. */
    timeout: string;
    ttlSecondsAfterFinished: number;
  };
  /** How long something that stands in the way may heal by itself before the task fails. */
  graces: {
    /** Missing or invalid definitions: definitions and tasks are often applied together, in any order. */
    definitionSeconds: number;
    /** An image that cannot be pulled. */
    imagePullSeconds: number;
    /** Everything else that keeps a Pod from starting: Secrets, ConfigMaps, quota, admission. */
    startSeconds: number;
  };
  /** Requests and limits of the function runners. */
  resources: V1ResourceRequirements;
  /** Merged over what this plugin sets on Pods; a definition may go further with its annotation. */
  podTemplate: PodTemplate;
  /** Jobs are created suspended, so that nothing runs. For measurements. */
  suspendJobs: boolean;
}

/** What Keptn does, with the restraint that a shared cluster needs. */
export const defaultTaskSettings: TaskSettings = {
  keptnNamespace: 'keptn-system',
  images: {
    deno: 'ghcr.io/keptn/deno-runtime:v3.0.1',
    python: 'ghcr.io/keptn/python-runtime:v1.0.8',
  },
  defaults: { retries: 10, timeout: '5m', ttlSecondsAfterFinished: 300 },
  graces: { definitionSeconds: 30, imagePullSeconds: 60, startSeconds: 30 },
  resources: {
    requests: { cpu: '50m', memory: '128Mi' },
    limits: { cpu: '1', memory: '512Mi' },
  },
  podTemplate: {},
  suspendJobs: false,
};
