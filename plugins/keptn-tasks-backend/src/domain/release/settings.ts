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

/** What a failed check does to a deployment. */
export type FailureMode = 'block' | 'warn';

/** How the scheduling gate gets onto Pods; `off`: nothing is held, and gates that are found are removed. */
export const GATE_MODES = ['declared', 'policy', 'webhook', 'off'] as const;
export type GateMode = (typeof GATE_MODES)[number];

/** What the platform engineer decides about releases in one cluster. */
export interface ReleaseSettings {
  /** What a failed check does where neither namespace nor app say anything. A KeptnConfig goes before it. */
  failedChecks: FailureMode;
  /** How long the workloads of an app are waited for before the app is made of them. */
  discoverySeconds: number;
  /** How long a rollout may take after its gate was opened. */
  rolloutSeconds: number;
  /** How long a missing task or evaluation definition may be waited for before its phase fails. */
  definitionGraceSeconds: number;
  /** Versions kept in the cluster for each app and for each workload, besides those in use. */
  keepVersions: number;
  /** Whether promotion tasks run. */
  promotionTasks: boolean;
}

/** What Keptn does, except that old versions go. */
export const defaultReleaseSettings: ReleaseSettings = {
  failedChecks: 'block',
  discoverySeconds: 30,
  rolloutSeconds: 300,
  definitionGraceSeconds: 120,
  keepVersions: 10,
  promotionTasks: true,
};
