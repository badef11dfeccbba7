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

import type {
  CoreV1Event,
  V1ConfigMap,
  V1Job,
  V1Pod,
} from '@kubernetes/client-node';
import type { Attempt, Run } from 'backstage-plugin-keptn-tasks-common';
import type { DefinitionResolution } from '../definition/resolveDefinition';
import type { Action, Notice } from '../plan';
import type { KeptnTask, KeptnTaskStatus } from '../resources';
import type { KnownAttempt } from './attempts';

/** What the history holds of a task when it is looked at. */
export interface RecordedRun {
  id: string;
  state: Run['state'];
  reason?: string;
  message?: string;
  /** ISO time; set once the run is finished. */
  finishedAt?: string;
  /** ISO time when creating the Job was decided, stored before the request went out. */
  jobIntentAt?: string;
  /** Uid of the Job, stored after it was seen for the first time. */
  jobUid?: string;
  /** Every attempt's log is stored, as far as there was one to store. */
  logsStored: boolean;
  /** Attempts recorded so far, so that each keeps its number when earlier Pods are gone. */
  attempts?: KnownAttempt[];
}

/** All that a decision about a task may depend on, apart from the time and the settings. */
export interface TaskObservation {
  task: KeptnTask;
  recorded: RecordedRun;
  definition: DefinitionResolution;
  /** The ConfigMap that `codeConfigMapKey` names, looked up only while there is no Job. */
  codeConfigMap?: V1ConfigMap;
  /** The Job under the task's name for it, whoever owns it. */
  job?: V1Job;
  /** Pods of that Job. */
  pods: V1Pod[];
  /** Warning events about the Job (FailedCreate) and its Pods (FailedMount). */
  events: CoreV1Event[];
  /**
   * Set when Job, Pods and events were asked of the API server itself for this observation; a conclusion that
   * cannot be taken back rests on nothing less. `jobTrace` tells whether anything shows that a Job of this name
   * once had Pods (Pods that are left, events about it).
   */
  live?: { jobTrace: boolean };
  /** What the API server refused to create at the last try, with no success since. */
  refused?: CreateRefusal;
}

/** The API server's no to a Job or ConfigMap. */
export interface CreateRefusal {
  what: 'Job' | 'ConfigMap';
  name: string;
  /** `invalid`: the object can never be accepted; `forbidden`: quota, admission or a missing right, which may heal. */
  kind: 'invalid' | 'forbidden';
  /** In the API server's words. */
  message: string;
  /** ISO time of the first of these refusals. */
  since: string;
}

/** Everything one look at a task wants done, decided before anything is touched. */
export interface TaskPlan {
  /** Look again with live reads before deciding; nothing else in the plan counts. */
  needsLiveRead?: boolean;
  /** What the history is to hold, stored before anything is done in the cluster. */
  run: RunUpdate;
  /** Carried out in this order. */
  actions: Action[];
  /** What the KeptnTask is to report. Not written when it reports that already. */
  status: KeptnTaskStatus;
  /** Told after the status is stored. */
  notices: Notice[];
  /** Time alone can change the answer then; changes in the cluster wake us by themselves. */
  requeueAfterMs?: number;
}

/** The part of a run that a look at the task determines. */
export interface RunUpdate {
  state: Run['state'];
  reason?: string;
  message?: string;
  startedAt?: string;
  finishedAt?: string;
  cancelRequested?: boolean;
  /** Set in the plan that creates the Job. */
  jobIntentAt?: string;
  jobName?: string;
  jobUid?: string;
  definition?: Run['definition'];
  runner?: Run['runner'];
  image?: string;
  parameters?: {
    name: string;
    value: string;
    source: 'definition' | 'reference' | 'run';
    definition?: string;
  }[];
  secureParameters?: string;
  maxAttempts?: number;
  timeoutSeconds?: number;
  /** YAML. */
  definitionSnapshot?: string;
  attempts: Attempt[];
}
