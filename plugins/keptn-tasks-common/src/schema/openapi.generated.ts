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

// Generated from openapi.yaml by scripts/generate-openapi.mjs. Do not edit.

export interface paths {
  '/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Runs of an entity, newest first */
    get: operations['listRuns'];
    put?: never;
    /** Start a run */
    post: operations['triggerRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/counts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How many runs of an entity are in each state, counted up to 1,000 per state */
    get: operations['countRuns'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Everything kept of one run */
    get: operations['getRun'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{id}/log': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The log of one attempt. As JSON the lines stored so far; as text/plain a download; as text/event-stream a replay from the start that follows until the attempt has ended. */
    get: operations['getRunLog'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{id}/rerun': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Start the same task again, as it was or with changes */
    post: operations['rerun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ask a run to stop. Its Pods are stopped, its logs are kept. */
    post: operations['cancelRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/transitions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Server-sent events that tell which runs and releases of an entity have changed (events `run` and `release`, data: RunHint). A hint only: readers fetch what it is about. */
    get: operations['followTransitions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/definitions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What an entity can run, and where */
    get: operations['listDefinitions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/environments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where an entity's releases are: for each app in each place, the version that is asked for now with its workloads, and the ones before it; problems first */
    get: operations['listEnvironments'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/releases': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Releases of an entity's app and workloads, newest first */
    get: operations['listReleases'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/releases/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Everything kept of one release */
    get: operations['getRelease'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/releases/{id}/repeat': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Repeat the checks of an app's version, and those of its workloads that have failed, by raising its revision. Of a workload's version that has failed: repeat its own. */
    post: operations['repeatChecks'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/releases/{id}/release-gate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Let the Pods of a workload's version go although its checks have not passed */
    post: operations['releaseGate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/clusters': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Configured clusters and their health */
    get: operations['listClusters'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    EntityRef: string;
    /**
     * @description How far a run has come. `Cancelled` is `Failed` with reason `Cancelled` on the KeptnTask.
     * @enum {string}
     */
    RunState: 'Pending' | 'Progressing' | 'Succeeded' | 'Failed' | 'Cancelled';
    /**
     * @description When the task runs in a deployment; `none` when it was started on demand.
     * @enum {string}
     */
    Phase: 'pre' | 'post' | 'promotion' | 'none';
    /**
     * @description `portal`: a person or service through this API; `rerun`: the same, repeating another run; `cluster`: somebody created the KeptnTask in the cluster; `release`: a deployment phase.
     * @enum {string}
     */
    TriggerSource: 'portal' | 'rerun' | 'cluster' | 'release';
    /** @enum {string} */
    Runner: 'deno' | 'python' | 'container';
    Trigger: {
      source: components['schemas']['TriggerSource'];
      /** @description Entity ref of the person (portal, rerun) or the field manager (cluster), for example `kubectl`. */
      by?: string;
    };
    /** @description KEPTN_CONTEXT, as the task saw it. */
    TaskContext: {
      workloadName?: string;
      appName?: string;
      appVersion?: string;
      workloadVersion?: string;
      taskType?: string;
      objectType?: string;
      metadata?: {
        [key: string]: string;
      };
      traceparent?: string;
    };
    DefinitionRef: {
      name: string;
      /** @description Where it was found; absent while it has not been found. */
      namespace?: string;
      /** @description Hash of the definition's content with its references followed; equal hashes ran the same thing. */
      hash?: string;
    };
    Run: {
      /** Format: uuid */
      id: string;
      cluster: string;
      namespace: string;
      /** @description Name of the KeptnTask. */
      taskName: string;
      definition: components['schemas']['DefinitionRef'];
      runner?: components['schemas']['Runner'];
      phase: components['schemas']['Phase'];
      /** @description Version of the workload or app that the task ran for. */
      version?: string;
      context?: components['schemas']['TaskContext'];
      entityRef?: string;
      state: components['schemas']['RunState'];
      reason?: string;
      message?: string;
      attempts: number;
      trigger: components['schemas']['Trigger'];
      /** Format: uuid */
      rerunOf?: string;
      cancelRequested?: boolean;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description When its Job was made.
       */
      startedAt?: string;
      /** Format: date-time */
      finishedAt?: string;
    };
    RunPage: {
      items: components['schemas']['Run'][];
      nextCursor?: string;
    };
    RunCounts: {
      states: {
        [key: string]: number;
      };
      /** @description A count equal to this means "at least". */
      limit: number;
    };
    Parameter: {
      name: string;
      value: string;
      /**
       * @description Which place won.
       * @enum {string}
       */
      source: 'definition' | 'reference' | 'run';
      /** @description Name of the definition that it came from, unless source is run. */
      definition?: string;
    };
    Attempt: {
      number: number;
      /** @enum {string} */
      state: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
      podName?: string;
      nodeName?: string;
      exitCode?: number;
      reason?: string;
      message?: string;
      /** Format: date-time */
      createdAt?: string;
      /**
       * Format: date-time
       * @description When the container started.
       */
      startedAt?: string;
      /** Format: date-time */
      finishedAt?: string;
      logLines?: number;
      logComplete?: boolean;
    };
    Transition: {
      /** Format: date-time */
      at: string;
      state: components['schemas']['RunState'];
      reason?: string;
      message?: string;
    };
    RunDetail: {
      run: components['schemas']['Run'];
      taskUid?: string;
      jobName?: string;
      maxAttempts?: number;
      timeoutSeconds?: number;
      image?: string;
      parameters: components['schemas']['Parameter'][];
      /** @description Name of the Secret. Its values are never read. */
      secureParameters?: string;
      attempts: components['schemas']['Attempt'][];
      transitions: components['schemas']['Transition'][];
      /** @description The last lines of the last attempt. */
      logTail: components['schemas']['LogLine'][];
      /** @description The definition as it was when the run began, with its references followed, as YAML. */
      definitionSnapshot?: string;
      /** @description A KeptnTask that asks for the same, as YAML, to apply by hand. */
      manifest?: string;
      /** @description The run of the same definition in the same place before this one. */
      previous?: components['schemas']['RelatedRun'];
      /** @description The last successful run of the same definition in the same place before this one. */
      lastGood?: components['schemas']['RelatedRun'];
    };
    RelatedRun: {
      /** Format: uuid */
      id: string;
      state: components['schemas']['RunState'];
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      finishedAt?: string;
      version?: string;
      definition: components['schemas']['DefinitionRef'];
      parameters: components['schemas']['Parameter'][];
    };
    LogLine: {
      /** @description Number of the line, from 0. Numbers missing in between were dropped by the size cap. */
      n: number;
      /** Format: date-time */
      at?: string;
      text: string;
    };
    RunLog: {
      attempt: number;
      lines: components['schemas']['LogLine'][];
      /** @description Nothing will be added. */
      complete: boolean;
      /** @description Lines between head and tail that the size cap dropped. */
      droppedLines?: number;
    };
    RunHint: {
      /** Format: uuid */
      id: string;
      sequence: number;
      /**
       * @description What has changed; a run when absent.
       * @enum {string}
       */
      of?: 'run' | 'release';
    };
    TriggerRequest: {
      entityRef: components['schemas']['EntityRef'];
      cluster: string;
      namespace: string;
      definition: string;
      parameters?: components['schemas']['ParameterValues'];
      /** @description Name of a Secret in the namespace. */
      secureParameters?: string;
      context?: components['schemas']['TaskContext'];
      retries?: number;
      /** @description A duration such as `90s` or `1h30m`. */
      timeout?: string;
    };
    RerunRequest: {
      entityRef?: components['schemas']['EntityRef'];
      /** @description The run's own parameters, all of them. Those of the earlier run when left out. */
      parameters?: components['schemas']['ParameterValues'];
      secureParameters?: string;
      retries?: number;
      timeout?: string;
    };
    CancelRequest: {
      entityRef?: components['schemas']['EntityRef'];
      reason?: string;
    };
    ParameterValues: {
      [key: string]: string;
    };
    /** @description A place where the entity may run tasks. */
    Target: {
      cluster: string;
      clusterTitle?: string;
      namespace: string;
      available: boolean;
      /** @description Why it is not available, and what to do about it. */
      message?: string;
    };
    DefinitionParameter: {
      name: string;
      value: string;
      /** @enum {string} */
      source: 'definition' | 'reference';
      definition?: string;
    };
    RecentRun: {
      /** Format: uuid */
      id: string;
      state: components['schemas']['RunState'];
      /** Format: date-time */
      createdAt: string;
      durationMs?: number;
    };
    Definition: {
      cluster: string;
      /** @description Where a run of it would take place. */
      namespace: string;
      name: string;
      /** @description It stands in the Keptn namespace and not in the target's own. */
      shared: boolean;
      description?: string;
      runner?: components['schemas']['Runner'];
      image?: string;
      /** @description The phase of its last run, `none` when it only ran on demand. */
      phase?: components['schemas']['Phase'];
      parameters: components['schemas']['DefinitionParameter'][];
      secureParameters?: string;
      retries?: number;
      timeout?: string;
      hash?: string;
      /** @description Why it cannot run, in one sentence. */
      problem?: string;
      lastRun?: components['schemas']['Run'];
      /** @description The last 20 finished runs, oldest first. */
      recentRuns: components['schemas']['RecentRun'][];
    };
    DefinitionList: {
      items: components['schemas']['Definition'][];
      targets: components['schemas']['Target'][];
      /** @description Why the entity reaches no place at all, in one sentence. */
      problem?: string;
    };
    /** @enum {string} */
    ReleaseKind: 'app' | 'workload';
    /**
     * @description How far a release, one of its phases or one of their items has come. `Deprecated`: skipped, because an earlier phase failed or a newer version came. `Warning`: failed where failures do not block.
     * @enum {string}
     */
    ReleaseState:
      | 'Pending'
      | 'Progressing'
      | 'Succeeded'
      | 'Warning'
      | 'Failed'
      | 'Deprecated';
    /** @enum {string} */
    ReleasePhaseName:
      | 'preTasks'
      | 'preEvaluations'
      | 'deployment'
      | 'postTasks'
      | 'postEvaluations'
      | 'promotion';
    /** @description A task or an evaluation of a phase. */
    ReleaseItem: {
      definition: string;
      /** @enum {string} */
      kind: 'task' | 'evaluation';
      /** @description Of the KeptnTask or KeptnEvaluation. */
      name?: string;
      state: components['schemas']['ReleaseState'];
      /** Format: date-time */
      startedAt?: string;
      /** Format: date-time */
      finishedAt?: string;
      /** @description Why it waits or has failed, in one sentence. */
      message?: string;
      /**
       * Format: uuid
       * @description The run of the task.
       */
      runId?: string;
    };
    ReleasePhase: {
      name: components['schemas']['ReleasePhaseName'];
      state: components['schemas']['ReleaseState'];
      /** Format: date-time */
      startedAt?: string;
      /** Format: date-time */
      finishedAt?: string;
      items: components['schemas']['ReleaseItem'][];
      message?: string;
    };
    /** @description What keeps a release from going on. */
    ReleaseHold: {
      /** @description A CamelCase word for machines. */
      reason: string;
      /** @description One sentence for people. */
      message: string;
      /** Format: date-time */
      since: string;
      phase?: components['schemas']['ReleasePhaseName'];
      /** @description The task or evaluation that is to blame. */
      definition?: string;
      /** Format: uuid */
      runId?: string;
      /** @description Its Pods wait at a gate that a person may open. */
      gateReleasable: boolean;
    };
    /** @description How far the Pods of a workload's version are. */
    ReleaseRollout: {
      kind: string;
      name: string;
      desired?: number;
      updated?: number;
      available?: number;
      message?: string;
    };
    GatedPods: {
      count: number;
      /** @description The first ten. */
      names: string[];
      /** Format: date-time */
      since?: string;
    };
    ReleasedGate: {
      /** @description Entity ref of the person. */
      by?: string;
      reason: string;
      /** Format: date-time */
      at: string;
    };
    /** @description One version of an app or a workload on its way through its phases; one attempt at that. */
    Release: {
      /** Format: uuid */
      id: string;
      cluster: string;
      clusterTitle?: string;
      namespace: string;
      kind: components['schemas']['ReleaseKind'];
      /** @description Of the KeptnAppVersion or KeptnWorkloadVersion. */
      name: string;
      appName: string;
      /** @description Name of the KeptnWorkload, `<app>-<workload>`; of a workload's version only. */
      workloadName?: string;
      version: string;
      previousVersion?: string;
      /** @description Of the KeptnApp. */
      revision?: number;
      attempt: number;
      state: components['schemas']['ReleaseState'];
      /** @description The phase that it is in, or in which it ended; absent before the first and after the last. */
      phase?: components['schemas']['ReleasePhaseName'];
      /** @description All of them, in their order, those with nothing to do included. */
      phases: components['schemas']['ReleasePhase'][];
      /** @description Of an app's version, the workloads that make it up. */
      workloads?: {
        workloadName: string;
        version: string;
        state: components['schemas']['ReleaseState'];
      }[];
      hold?: components['schemas']['ReleaseHold'];
      rollout?: components['schemas']['ReleaseRollout'];
      gatedPods?: components['schemas']['GatedPods'];
      gateReleased?: components['schemas']['ReleasedGate'];
      /** @description What is worth knowing about it, for example why its checks were not repeated. One sentence each. */
      notes?: string[];
      reason?: string;
      /** @description Why it has failed or was skipped. */
      message?: string;
      /** @description The trace that it belongs to. */
      traceparent?: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      startedAt?: string;
      /** Format: date-time */
      finishedAt?: string;
      /**
       * Format: date-time
       * @description When this version was asked for last; later than its creation after a rollback.
       */
      activatedAt?: string;
    };
    ReleasePage: {
      items: components['schemas']['Release'][];
      nextCursor?: string;
    };
    /** @description A step of a release from one state or phase to another. */
    ReleaseStep: {
      /** Format: date-time */
      at: string;
      state: components['schemas']['ReleaseState'];
      phase?: components['schemas']['ReleasePhaseName'];
      message?: string;
    };
    /** @description A run of one of its tasks, with the attempts that the timeline shows. */
    ReleaseRun: {
      run: components['schemas']['Run'];
      attempts: components['schemas']['Attempt'][];
    };
    ReleaseDetail: {
      release: components['schemas']['Release'];
      /** @description Of a workload's version, the newest release of its app that has it. */
      app?: components['schemas']['Release'];
      /** @description Of an app's version, the releases of its workloads as far as they are known. */
      workloads: components['schemas']['Release'][];
      /** @description Oldest first. */
      steps: components['schemas']['ReleaseStep'][];
      /** @description Runs of its tasks and of its workloads' tasks. */
      runs: components['schemas']['ReleaseRun'][];
      /** @description The releases before it, newest first, at most ten. */
      previous: components['schemas']['Release'][];
    };
    /** @description What keeps a workload, or a part of its checks, from being looked after. */
    WorkloadProblem: {
      kind: string;
      name: string;
      workloadName?: string;
      messages: string[];
    };
    /** @description An app, or workloads of it, in one place. */
    Environment: {
      cluster: string;
      clusterTitle?: string;
      namespace: string;
      appName: string;
      /** @description The version that is asked for now. Absent while the app is being discovered. */
      app?: components['schemas']['Release'];
      /** @description Those of the entity, each with the version that is asked for now. */
      workloads: components['schemas']['Release'][];
      /** @description The releases before the current ones, newest first, at most five: of the app, or of the one workload that the entity stands for. */
      previous: components['schemas']['Release'][];
      problems: components['schemas']['WorkloadProblem'][];
    };
    EnvironmentList: {
      items: components['schemas']['Environment'][];
      /** @description Why the entity reaches no place at all, in one sentence. */
      problem?: string;
    };
    RepeatChecksRequest: {
      entityRef: components['schemas']['EntityRef'];
    };
    ReleaseGateRequest: {
      entityRef: components['schemas']['EntityRef'];
      reason: string;
    };
    MissingRight: {
      verb: string;
      group?: string;
      resource: string;
      namespace?: string;
      message: string;
    };
    ClusterHealth: {
      name: string;
      title?: string;
      /** @enum {string} */
      mode: 'reconcile' | 'observe';
      reachable: boolean;
      /** @description This replica is at work on the cluster. */
      reconciling: boolean;
      /** @description What is wrong, and what to do about it. */
      message?: string;
      version?: string;
      /** @description Custom resources that the cluster does not serve. */
      missingResources: string[];
      missingRights: components['schemas']['MissingRight'][];
      /** @description Who holds the lease. */
      leader?: string;
      /** @description The live Keptn operator that keeps this plugin from reconciling. */
      keptnOperator?: string;
      /** @description How Pods are held until their checks have passed. */
      gates?: {
        /** @enum {string} */
        mode: 'declared' | 'policy' | 'webhook' | 'off';
        /** @description Pods are held as the mode says. */
        ready: boolean;
        /** @description What is missing, and what to do about it. */
        message?: string;
        /** Format: date-time */
        certificateExpiresAt?: string;
      };
      /** @description Age of the oldest piece of work that waits. */
      lagMs?: number;
      queueLength?: number;
      /** Format: date-time */
      lastContactAt?: string;
    };
    ClusterList: {
      items: components['schemas']['ClusterHealth'][];
    };
    Error: {
      error: {
        name: string;
        message: string;
      };
    };
  };
  responses: {
    /** @description What went wrong, in one sentence */
    Error: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'];
      };
    };
  };
  parameters: {
    RunId: string;
    ReleaseId: string;
    /** @description The catalog entity whose tasks are meant, for example `component:default/checkout`. */
    EntityRef: components['schemas']['EntityRef'];
    /** @description The entity through which the caller sees the run. Needed for runs that were not started for an entity. */
    AccessEntityRef: components['schemas']['EntityRef'];
    ClusterFilter: string;
    NamespaceFilter: string;
    DefinitionFilter: string;
    /** @description One or more states. */
    StateFilter: components['schemas']['RunState'][];
    PhaseFilter: components['schemas']['Phase'];
    TriggerFilter: components['schemas']['TriggerSource'];
    /** @description Only runs created at or after this time. */
    After: string;
    /** @description Only runs created before this time. */
    Before: string;
  };
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listRuns: {
    parameters: {
      query: {
        /** @description The catalog entity whose tasks are meant, for example `component:default/checkout`. */
        entityRef: components['parameters']['EntityRef'];
        cluster?: components['parameters']['ClusterFilter'];
        namespace?: components['parameters']['NamespaceFilter'];
        definition?: components['parameters']['DefinitionFilter'];
        /** @description One or more states. */
        state?: components['parameters']['StateFilter'];
        phase?: components['parameters']['PhaseFilter'];
        trigger?: components['parameters']['TriggerFilter'];
        /** @description Only runs created at or after this time. */
        after?: components['parameters']['After'];
        /** @description Only runs created before this time. */
        before?: components['parameters']['Before'];
        /** @description How many runs a page has at most. */
        limit?: number;
        /** @description Where the previous page ended (`nextCursor`). */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of runs */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  triggerRun: {
    parameters: {
      query?: never;
      header?: {
        /** @description A request repeated with the same key answers with the same run and starts nothing. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TriggerRequest'];
      };
    };
    responses: {
      /** @description The run that the idempotency key already stands for */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDetail'];
        };
      };
      /** @description The run that was started */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDetail'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  countRuns: {
    parameters: {
      query: {
        /** @description The catalog entity whose tasks are meant, for example `component:default/checkout`. */
        entityRef: components['parameters']['EntityRef'];
        cluster?: components['parameters']['ClusterFilter'];
        namespace?: components['parameters']['NamespaceFilter'];
        definition?: components['parameters']['DefinitionFilter'];
        phase?: components['parameters']['PhaseFilter'];
        trigger?: components['parameters']['TriggerFilter'];
        /** @description Only runs created at or after this time. */
        after?: components['parameters']['After'];
        /** @description Only runs created before this time. */
        before?: components['parameters']['Before'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Counts by state */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunCounts'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getRun: {
    parameters: {
      query?: {
        /** @description The entity through which the caller sees the run. Needed for runs that were not started for an entity. */
        entityRef?: components['parameters']['AccessEntityRef'];
      };
      header?: never;
      path: {
        id: components['parameters']['RunId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The run */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDetail'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getRunLog: {
    parameters: {
      query?: {
        /** @description The entity through which the caller sees the run. Needed for runs that were not started for an entity. */
        entityRef?: components['parameters']['AccessEntityRef'];
        /** @description Number of the attempt, from 1. The last one when left out. */
        attempt?: number;
        /** @description First line wanted, from 0. Lets a reader go on after a lost connection. */
        from?: number;
      };
      header?: never;
      path: {
        id: components['parameters']['RunId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The log */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunLog'];
          'text/plain': string;
          'text/event-stream': string;
        };
      };
      default: components['responses']['Error'];
    };
  };
  rerun: {
    parameters: {
      query?: never;
      header?: {
        /** @description A request repeated with the same key answers with the same run and starts nothing. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: components['parameters']['RunId'];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RerunRequest'];
      };
    };
    responses: {
      /** @description The run that the idempotency key already stands for */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDetail'];
        };
      };
      /** @description The run that was started */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDetail'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  cancelRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components['parameters']['RunId'];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['CancelRequest'];
      };
    };
    responses: {
      /** @description The run as it is now; it ends as Cancelled once its Pods have stopped */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDetail'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  followTransitions: {
    parameters: {
      query: {
        /** @description The catalog entity whose tasks are meant, for example `component:default/checkout`. */
        entityRef: components['parameters']['EntityRef'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The stream */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      default: components['responses']['Error'];
    };
  };
  listDefinitions: {
    parameters: {
      query: {
        /** @description The catalog entity whose tasks are meant, for example `component:default/checkout`. */
        entityRef: components['parameters']['EntityRef'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Definitions with their last results */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DefinitionList'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listEnvironments: {
    parameters: {
      query: {
        /** @description The catalog entity whose tasks are meant, for example `component:default/checkout`. */
        entityRef: components['parameters']['EntityRef'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Environments */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EnvironmentList'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listReleases: {
    parameters: {
      query: {
        /** @description The catalog entity whose tasks are meant, for example `component:default/checkout`. */
        entityRef: components['parameters']['EntityRef'];
        cluster?: components['parameters']['ClusterFilter'];
        namespace?: components['parameters']['NamespaceFilter'];
        kind?: components['schemas']['ReleaseKind'];
        app?: string;
        /** @description Name of the KeptnWorkload, `<app>-<workload>`. */
        workload?: string;
        version?: string;
        /** @description One or more states. */
        state?: components['schemas']['ReleaseState'][];
        /** @description How many releases a page has at most. */
        limit?: number;
        /** @description Where the previous page ended (`nextCursor`). */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of releases */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReleasePage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getRelease: {
    parameters: {
      query: {
        /** @description The catalog entity whose tasks are meant, for example `component:default/checkout`. */
        entityRef: components['parameters']['EntityRef'];
      };
      header?: never;
      path: {
        id: components['parameters']['ReleaseId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The release */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReleaseDetail'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  repeatChecks: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components['parameters']['ReleaseId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RepeatChecksRequest'];
      };
    };
    responses: {
      /** @description The release as it is now; the repetition appears as a release of its own */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReleaseDetail'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  releaseGate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components['parameters']['ReleaseId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReleaseGateRequest'];
      };
    };
    responses: {
      /** @description The release as it is now; its Pods are let go a moment later */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReleaseDetail'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listClusters: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Clusters */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ClusterList'];
        };
      };
      default: components['responses']['Error'];
    };
  };
}
