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
  | 'exitCode'
  | 'timeout'
  | 'memory'
  | 'lost'
  | 'rights'
  | 'quota'
  | 'admission'
  | 'scheduling'
  | 'evicted'
  | 'deleted';

// Reasons of Kubernetes (Pods, containers, Jobs) and of the KeptnTask's own status.
const HINTS = new Map<string, FailureHint>(
  Object.entries({
    DefinitionNotFound: 'definition',
    DefinitionInvalid: 'definitionInvalid',
    InvalidDefinition: 'definitionInvalid',
    ImagePullFailed: 'image',
    ImagePullBackOff: 'image',
    ErrImagePull: 'image',
    ErrImageNeverPull: 'image',
    ImageInspectError: 'image',
    InvalidImageName: 'image',
    CreateContainerConfigError: 'configuration',
    SecretNotFound: 'configuration',
    SecretKeyNotFound: 'configuration',
    ConfigMapNotFound: 'configuration',
    Error: 'exitCode',
    ExitCode: 'exitCode',
    ContainerFailed: 'exitCode',
    PodFailurePolicy: 'exitCode',
    BackoffLimitExceeded: 'exitCode',
    DeadlineExceeded: 'timeout',
    Timeout: 'timeout',
    OOMKilled: 'memory',
    JobLost: 'lost',
    NodeLost: 'lost',
    PodLost: 'lost',
    Forbidden: 'rights',
    Unauthorized: 'rights',
    MissingRight: 'rights',
    QuotaExceeded: 'quota',
    AdmissionDenied: 'admission',
    AdmissionRefused: 'admission',
    Invalid: 'admission',
    Unschedulable: 'scheduling',
    Evicted: 'evicted',
    Preempted: 'evicted',
    TaskDeleted: 'deleted',
  } as const),
);

/** What somebody can do about a run that failed or waits for this reason; undefined when we know nothing better. */
export function failureHint(
  reason: string | undefined,
): FailureHint | undefined {
  return reason ? HINTS.get(reason) : undefined;
}
