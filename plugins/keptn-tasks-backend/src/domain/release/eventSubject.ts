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

/** What events are about, by the first part of their reasons, with the long names that Keptn has for them. */
const TITLES: Record<string, string> = {
  AppPreDeployTasks: 'App Pre-Deployment Tasks',
  AppPreDeployEvaluations: 'App Pre-Deployment Evaluations',
  AppDeploy: 'App Deployment',
  AppPostDeployTasks: 'App Post-Deployment Tasks',
  AppPostDeployEvaluations: 'App Post-Deployment Evaluations',
  PromotionTasks: 'Promotion Tasks',
  AppCompleted: 'App Completed',
  WorkloadPreDeployTasks: 'Workload Pre-Deployment Tasks',
  WorkloadPreDeployEvaluations: 'Workload Pre-Deployment Evaluations',
  WorkloadDeploy: 'Workload Deployment',
  WorkloadPostDeployTasks: 'Workload Post-Deployment Tasks',
  WorkloadPostDeployEvaluations: 'Workload Post-Deployment Evaluations',
  WorkloadCompleted: 'Workload Completed',
  ReconcileTask: 'Reconcile Task',
  ReconcileEvaluation: 'Reconcile Evaluation',
  ReconcileWorkload: 'Reconcile Workloads',
  CreateTask: 'Create Task',
  CreateEvaluation: 'Create Evaluation',
  CreateWorkload: 'Create Workload',
  UpdateWorkload: 'Update Workload',
  CreateWorkloadVersion: 'Create WorkloadVersion',
  CreateAppVersion: 'Create AppVersion',
  CreateAppCreationRequest: 'Create AppCreationRequest',
  DeprecateAppVersion: 'Deprecate AppVersion',
};

/** Longer ones first: some begin like another. */
const PHASES = Object.keys(TITLES).sort((a, b) => b.length - a.length);

/** What the steps of an object are about where their reason does not say it. */
const PHASE_OF_KIND: Record<string, string> = {
  KeptnTask: 'ReconcileTask',
  KeptnEvaluation: 'ReconcileEvaluation',
};

/** A reason, taken apart. */
export interface EventSubject {
  /** Keptn's short name; absent when there is none for it. */
  phase?: string;
  /** Keptn's long name, else the kind of the object. */
  title: string;
  /** What happened: Started, Finished, Failed and so on. */
  word: string;
}

/** Takes the reason of an event apart: `AppDeployStarted` is `Started` of `App Deployment`. */
export function eventSubject(kind: string, reason: string): EventSubject {
  const said = PHASES.find(name => reason.startsWith(name));
  const phase = said ?? PHASE_OF_KIND[kind];
  const rest = said
    ? reason.slice(said.length)
    : reason.replace(/^(Task|Evaluation)(?=[A-Z])/, '');
  return { phase, title: phase ? TITLES[phase] : kind, word: rest || reason };
}
