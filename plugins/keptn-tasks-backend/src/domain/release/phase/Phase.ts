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

import type { ReleasePhaseName } from 'backstage-plugin-keptn-tasks-common';
import type { Notice } from '../../plan';
import type { KeptnTask } from '../../resources';
import type {
  KeptnAppVersion,
  KeptnAppVersionStatus,
  KeptnEvaluation,
  KeptnEvaluationDefinition,
  KeptnWorkloadVersion,
  KeptnWorkloadVersionStatus,
  ReleaseState,
  TraceCarrier,
} from '../resources';
import type { FailureMode, ReleaseSettings } from '../settings';

/** What goes through phases. */
export type VersionObject = KeptnAppVersion | KeptnWorkloadVersion;

/** The fields of both kinds; each has some of them. */
export type VersionStatus = KeptnAppVersionStatus & KeptnWorkloadVersionStatus;

/** Where the state of a phase stands in the status. */
export type StateField =
  | 'preDeploymentStatus'
  | 'preDeploymentEvaluationStatus'
  | 'workloadOverallStatus'
  | 'deploymentStatus'
  | 'postDeploymentStatus'
  | 'postDeploymentEvaluationStatus'
  | 'promotionStatus';

/** Where the items of a phase stand in the status. */
export type ItemsField =
  | 'preDeploymentTaskStatus'
  | 'preDeploymentEvaluationTaskStatus'
  | 'postDeploymentTaskStatus'
  | 'postDeploymentEvaluationTaskStatus'
  | 'promotionTaskStatus';

/** First part of the names of a phase's tasks and evaluations, and their `spec.checkType`. */
export type CheckType = 'pre' | 'post' | 'promotion' | 'pre-eval' | 'post-eval';

export type ItemKind = 'KeptnTask' | 'KeptnEvaluation';
export type ItemObject = KeptnTask | KeptnEvaluation;

/** An object to create for an item of a phase. Its name is stored already. */
export type Creation =
  | { kind: 'KeptnTask'; object: KeptnTask }
  | { kind: 'KeptnEvaluation'; object: KeptnEvaluation };

/** An object that a plan can do nothing without: only the API server can tell whether it is gone. */
export interface Unseen {
  kind: ItemKind;
  name: string;
}

/** What the API server said when it was asked for an object. */
export interface ItemRefusal {
  message: string;
  /** When it said so first. */
  since: Date;
}

/** What is known of the things that items are made of. */
export interface ItemSources {
  hasTaskDefinition(name: string): boolean;
  evaluationDefinition(name: string): KeptnEvaluationDefinition | undefined;
  /** Whether the cluster has metrics at all. */
  metricsServed: boolean;
  task(name: string): KeptnTask | undefined;
  evaluation(name: string): KeptnEvaluation | undefined;
  /** There was an object of this name, and a live read has found it no more. */
  isGone(kind: ItemKind, name: string): boolean;
  refusal(name: string): ItemRefusal | undefined;
}

/** All that decisions about any version depend on. */
export interface PhaseLook {
  version: VersionObject;
  /** What it is to report: what is stored, and what was decided so far. */
  status: VersionStatus;
  /** Counts how often its checks were begun; from 1. */
  attempt: number;
  now: Date;
  /** What a failed check does here, now. */
  failedChecks: FailureMode;
  settings: ReleaseSettings;
  /** Where shared definitions are looked for. */
  keptnNamespace: string;
  sources: ItemSources;
  /** Version of the app that a workload is released with. */
  appVersion?: string;
  /** Trace contexts of phases that began, as far as they are not in the status yet. */
  carriers: Record<string, TraceCarrier>;
}

/** What one phase is and wants done, now. */
export interface PhaseStep {
  state: ReleaseState;
  /** What it keeps in the status beside its state. */
  report?: Partial<VersionStatus>;
  creations?: Creation[];
  notices?: Notice[];
  /** Tasks and evaluations that have come to their end. */
  ended?: ItemObject[];
  unseen?: Unseen[];
  /** Set when time alone can change the answer. */
  requeueAfterMs?: number;
}

/** The tasks or evaluations of a phase. */
export interface ItemList {
  kind: ItemKind;
  field: ItemsField;
  checkType: CheckType;
  /** Names of their definitions, as the version lists them. */
  names(version: VersionObject): string[] | undefined;
}

/** One step on the way of a version. */
export interface Phase<Look extends PhaseLook = PhaseLook> {
  /** As in `status.currentPhase` and in the reasons of events. */
  name: string;
  /** For people. */
  title: string;
  wireName: ReleasePhaseName;
  stateField: StateField;
  items?: ItemList;
  /** It is not gone through, and its state stays as it is. */
  isLeftOut?(look: Look): boolean;
  plan(look: Look): PhaseStep;
  /** Why it has failed: sentences for people. */
  whyFailed(look: Look): string;
}

/** What is told about a version once its status is stored. */
export type VersionStep =
  | { type: 'phase-started'; phase: string }
  | {
      type: 'phase-ended';
      phase: string;
      state: ReleaseState;
      message?: string;
    }
  | { type: 'item-ended'; phase: string; item: ItemObject };
