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

/** What to do about a failure; the sentence is `hint.<name>` in the translations. */
export type FailureHint =
  | 'definition'
  | 'definitionInvalid'
  | 'image'
  | 'configuration'
  | 'start'
  | 'exitCode'
  | 'timeout'
  | 'memory'
  | 'lost'
  | 'rights'
  | 'quota'
  | 'admission'
  | 'scheduling'
  | 'waiting'
  | 'evicted'
  | 'deleted';

// Reasons of the KeptnTask's status. Most are ours; those of Kubernetes itself are there for tasks that another
// operator runs.
const REASONS: Record<FailureHint, readonly string[]> = {
  definition: ['DefinitionMissing', 'ReferenceMissing'],
  definitionInvalid: ['DefinitionInvalid', 'ReferenceCycle', 'TaskInvalid'],
  image: [
    'ImagePullFailed',
    'ImageInvalid',
    'ErrImagePull',
    'ImagePullBackOff',
  ],
  configuration: [
    'SecretMissing',
    'SecretKeyMissing',
    'ConfigMapMissing',
    'ConfigMapKeyMissing',
    'ServiceAccountMissing',
    'CreateContainerConfigError',
  ],
  start: ['StartFailed', 'StartError'],
  exitCode: [
    'ExitCode',
    'Error',
    'AttemptFailed',
    'PodFailurePolicy',
    'BackoffLimitExceeded',
  ],
  timeout: ['DeadlineExceeded'],
  memory: ['OutOfMemory', 'OOMKilled'],
  lost: ['JobLost', 'JobDeleted', 'NodeLost'],
  rights: ['Forbidden'],
  quota: ['QuotaExceeded'],
  admission: [
    'AdmissionDenied',
    'PodSecurityDenied',
    'CreateRefused',
    'JobRefused',
    'JobNameTaken',
  ],
  scheduling: ['Unschedulable'],
  waiting: [
    'WaitingForPods',
    'WaitingForImage',
    'WaitingForVolume',
    'SchedulingGated',
    'ContainerCreating',
  ],
  evicted: ['Evicted', 'Preempted'],
  deleted: ['TaskDeleted'],
};

const HINTS = new Map(
  Object.entries(REASONS).flatMap(([hint, reasons]) =>
    reasons.map(reason => [reason, hint as FailureHint] as const),
  ),
);

/** What somebody can do about a run that failed or waits for this reason; undefined when we know nothing better. */
export function failureHint(
  reason: string | undefined,
): FailureHint | undefined {
  return reason ? HINTS.get(reason) : undefined;
}
