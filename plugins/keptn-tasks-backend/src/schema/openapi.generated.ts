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

export const spec = {
  openapi: '3.1.0',
  info: {
    title: 'keptn-tasks',
    version: '1',
    description:
      'Runs of Keptn deployment tasks: what an entity can run, what ran, why it failed, and its logs. Releases of apps and workloads: where they are and what holds them.',
    license: {
      name: 'Apache-2.0',
      url: 'https://www.apache.org/licenses/LICENSE-2.0.html',
    },
  },
  servers: [{ url: '/' }],
  paths: {
    '/runs': {
      get: {
        operationId: 'listRuns',
        summary: 'Runs of an entity, newest first',
        parameters: [
          { $ref: '#/components/parameters/EntityRef' },
          { $ref: '#/components/parameters/ClusterFilter' },
          { $ref: '#/components/parameters/NamespaceFilter' },
          { $ref: '#/components/parameters/DefinitionFilter' },
          { $ref: '#/components/parameters/StateFilter' },
          { $ref: '#/components/parameters/PhaseFilter' },
          { $ref: '#/components/parameters/TriggerFilter' },
          { $ref: '#/components/parameters/After' },
          { $ref: '#/components/parameters/Before' },
          {
            name: 'limit',
            in: 'query',
            description: 'How many runs a page has at most.',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 25 },
          },
          {
            name: 'cursor',
            in: 'query',
            description: 'Where the previous page ended (`nextCursor`).',
            schema: { type: 'string', maxLength: 500 },
          },
        ],
        responses: {
          '200': {
            description: 'A page of runs',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/RunPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'triggerRun',
        summary: 'Start a run',
        parameters: [
          {
            name: 'Idempotency-Key',
            in: 'header',
            description:
              'A request repeated with the same key answers with the same run and starts nothing.',
            schema: { type: 'string', minLength: 1, maxLength: 200 },
          },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/TriggerRequest' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The run that the idempotency key already stands for',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/RunDetail' },
              },
            },
          },
          '201': {
            description: 'The run that was started',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/RunDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/runs/counts': {
      get: {
        operationId: 'countRuns',
        summary:
          'How many runs of an entity are in each state, counted up to 1,000 per state',
        parameters: [
          { $ref: '#/components/parameters/EntityRef' },
          { $ref: '#/components/parameters/ClusterFilter' },
          { $ref: '#/components/parameters/NamespaceFilter' },
          { $ref: '#/components/parameters/DefinitionFilter' },
          { $ref: '#/components/parameters/PhaseFilter' },
          { $ref: '#/components/parameters/TriggerFilter' },
          { $ref: '#/components/parameters/After' },
          { $ref: '#/components/parameters/Before' },
        ],
        responses: {
          '200': {
            description: 'Counts by state',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/RunCounts' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/runs/{id}': {
      get: {
        operationId: 'getRun',
        summary: 'Everything kept of one run',
        parameters: [
          { $ref: '#/components/parameters/RunId' },
          { $ref: '#/components/parameters/AccessEntityRef' },
        ],
        responses: {
          '200': {
            description: 'The run',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/RunDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/runs/{id}/log': {
      get: {
        operationId: 'getRunLog',
        summary:
          'The log of one attempt. As JSON the lines stored so far; as text/plain a download; as text/event-stream a replay from the start that follows until the attempt has ended.',
        parameters: [
          { $ref: '#/components/parameters/RunId' },
          { $ref: '#/components/parameters/AccessEntityRef' },
          {
            name: 'attempt',
            in: 'query',
            description:
              'Number of the attempt, from 1. The last one when left out.',
            schema: { type: 'integer', minimum: 1, maximum: 2147483647 },
          },
          {
            name: 'from',
            in: 'query',
            description:
              'First line wanted, from 0. Lets a reader go on after a lost connection.',
            schema: {
              type: 'integer',
              minimum: 0,
              maximum: 2147483647,
              default: 0,
            },
          },
        ],
        responses: {
          '200': {
            description: 'The log',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/RunLog' },
              },
              'text/plain': { schema: { type: 'string' } },
              'text/event-stream': {
                schema: {
                  type: 'string',
                  description:
                    'Events `lines` (data: LogLine[]), `attempt` (data: Attempt, when the attempt changed) and `end` (data: `{}`), the id of an event is the number of the next line.',
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/runs/{id}/rerun': {
      post: {
        operationId: 'rerun',
        summary: 'Start the same task again, as it was or with changes',
        parameters: [
          { $ref: '#/components/parameters/RunId' },
          {
            name: 'Idempotency-Key',
            in: 'header',
            description:
              'A request repeated with the same key answers with the same run and starts nothing.',
            schema: { type: 'string', minLength: 1, maxLength: 200 },
          },
        ],
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/RerunRequest' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The run that the idempotency key already stands for',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/RunDetail' },
              },
            },
          },
          '201': {
            description: 'The run that was started',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/RunDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/runs/{id}/cancel': {
      post: {
        operationId: 'cancelRun',
        summary: 'Ask a run to stop. Its Pods are stopped, its logs are kept.',
        parameters: [{ $ref: '#/components/parameters/RunId' }],
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/CancelRequest' },
            },
          },
        },
        responses: {
          '202': {
            description:
              'The run as it is now; it ends as Cancelled once its Pods have stopped',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/RunDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/transitions': {
      get: {
        operationId: 'followTransitions',
        summary:
          'Server-sent events that tell which runs and releases of an entity have changed (events `run` and `release`, data: RunHint). A hint only: readers fetch what it is about.',
        parameters: [{ $ref: '#/components/parameters/EntityRef' }],
        responses: {
          '200': {
            description: 'The stream',
            content: { 'text/event-stream': { schema: { type: 'string' } } },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/definitions': {
      get: {
        operationId: 'listDefinitions',
        summary: 'What an entity can run, and where',
        parameters: [{ $ref: '#/components/parameters/EntityRef' }],
        responses: {
          '200': {
            description: 'Definitions with their last results',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/DefinitionList' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/environments': {
      get: {
        operationId: 'listEnvironments',
        summary:
          "Where an entity's releases are: for each app in each place, the version that is asked for now with its workloads, and the ones before it; problems first",
        parameters: [{ $ref: '#/components/parameters/EntityRef' }],
        responses: {
          '200': {
            description: 'Environments',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/EnvironmentList' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/releases': {
      get: {
        operationId: 'listReleases',
        summary: "Releases of an entity's app and workloads, newest first",
        parameters: [
          { $ref: '#/components/parameters/EntityRef' },
          { $ref: '#/components/parameters/ClusterFilter' },
          { $ref: '#/components/parameters/NamespaceFilter' },
          {
            name: 'kind',
            in: 'query',
            schema: { $ref: '#/components/schemas/ReleaseKind' },
          },
          {
            name: 'app',
            in: 'query',
            schema: { type: 'string', maxLength: 253, pattern: '^[^\\x00]*$' },
          },
          {
            name: 'workload',
            in: 'query',
            description: 'Name of the KeptnWorkload, `<app>-<workload>`.',
            schema: { type: 'string', maxLength: 253, pattern: '^[^\\x00]*$' },
          },
          {
            name: 'version',
            in: 'query',
            schema: { type: 'string', maxLength: 253, pattern: '^[^\\x00]*$' },
          },
          {
            name: 'state',
            in: 'query',
            description: 'One or more states.',
            schema: {
              type: 'array',
              items: { $ref: '#/components/schemas/ReleaseState' },
            },
          },
          {
            name: 'limit',
            in: 'query',
            description: 'How many releases a page has at most.',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 25 },
          },
          {
            name: 'cursor',
            in: 'query',
            description: 'Where the previous page ended (`nextCursor`).',
            schema: { type: 'string', maxLength: 500 },
          },
        ],
        responses: {
          '200': {
            description: 'A page of releases',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ReleasePage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/releases/{id}': {
      get: {
        operationId: 'getRelease',
        summary: 'Everything kept of one release',
        parameters: [
          { $ref: '#/components/parameters/ReleaseId' },
          { $ref: '#/components/parameters/EntityRef' },
        ],
        responses: {
          '200': {
            description: 'The release',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ReleaseDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/releases/{id}/repeat': {
      post: {
        operationId: 'repeatChecks',
        summary:
          "Repeat the checks of an app's version, and those of its workloads that have failed, by raising its revision. Of a workload's version that has failed: repeat its own.",
        parameters: [{ $ref: '#/components/parameters/ReleaseId' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/RepeatChecksRequest' },
            },
          },
        },
        responses: {
          '202': {
            description:
              'The release as it is now; the repetition appears as a release of its own',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ReleaseDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/releases/{id}/release-gate': {
      post: {
        operationId: 'releaseGate',
        summary:
          "Let the Pods of a workload's version go although its checks have not passed",
        parameters: [{ $ref: '#/components/parameters/ReleaseId' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ReleaseGateRequest' },
            },
          },
        },
        responses: {
          '202': {
            description:
              'The release as it is now; its Pods are let go a moment later',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ReleaseDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/clusters': {
      get: {
        operationId: 'listClusters',
        summary: 'Configured clusters and their health',
        responses: {
          '200': {
            description: 'Clusters',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ClusterList' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
  },
  components: {
    parameters: {
      RunId: {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'string', format: 'uuid' },
      },
      ReleaseId: {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'string', format: 'uuid' },
      },
      EntityRef: {
        name: 'entityRef',
        in: 'query',
        allowReserved: true,
        required: true,
        description:
          'The catalog entity whose tasks are meant, for example `component:default/checkout`.',
        schema: { $ref: '#/components/schemas/EntityRef' },
      },
      AccessEntityRef: {
        name: 'entityRef',
        in: 'query',
        allowReserved: true,
        required: false,
        description:
          'The entity through which the caller sees the run. Needed for runs that were not started for an entity.',
        schema: { $ref: '#/components/schemas/EntityRef' },
      },
      ClusterFilter: {
        name: 'cluster',
        in: 'query',
        schema: { type: 'string', maxLength: 253 },
      },
      NamespaceFilter: {
        name: 'namespace',
        in: 'query',
        schema: { type: 'string', maxLength: 63 },
      },
      DefinitionFilter: {
        name: 'definition',
        in: 'query',
        schema: { type: 'string', maxLength: 253, pattern: '^[^\\x00]*$' },
      },
      StateFilter: {
        name: 'state',
        in: 'query',
        description: 'One or more states.',
        schema: {
          type: 'array',
          items: { $ref: '#/components/schemas/RunState' },
        },
      },
      PhaseFilter: {
        name: 'phase',
        in: 'query',
        schema: { $ref: '#/components/schemas/Phase' },
      },
      TriggerFilter: {
        name: 'trigger',
        in: 'query',
        schema: { $ref: '#/components/schemas/TriggerSource' },
      },
      After: {
        name: 'after',
        in: 'query',
        allowReserved: true,
        description: 'Only runs created at or after this time.',
        schema: { type: 'string', format: 'date-time' },
      },
      Before: {
        name: 'before',
        in: 'query',
        allowReserved: true,
        description: 'Only runs created before this time.',
        schema: { type: 'string', format: 'date-time' },
      },
    },
    responses: {
      Error: {
        description: 'What went wrong, in one sentence',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
    },
    schemas: {
      EntityRef: {
        type: 'string',
        minLength: 3,
        maxLength: 500,
        pattern: '^[^:/\\s\\x00]+:[^:/\\s\\x00]+/[^:/\\s\\x00]+$',
      },
      RunState: {
        type: 'string',
        description:
          'How far a run has come. `Cancelled` is `Failed` with reason `Cancelled` on the KeptnTask.',
        enum: ['Pending', 'Progressing', 'Succeeded', 'Failed', 'Cancelled'],
      },
      Phase: {
        type: 'string',
        description:
          'When the task runs in a deployment; `none` when it was started on demand.',
        enum: ['pre', 'post', 'promotion', 'none'],
      },
      TriggerSource: {
        type: 'string',
        description:
          '`portal`: a person or service through this API; `rerun`: the same, repeating another run; `cluster`: somebody created the KeptnTask in the cluster; `release`: a deployment phase.',
        enum: ['portal', 'rerun', 'cluster', 'release'],
      },
      Runner: { type: 'string', enum: ['deno', 'python', 'container'] },
      Trigger: {
        type: 'object',
        required: ['source'],
        additionalProperties: false,
        properties: {
          source: { $ref: '#/components/schemas/TriggerSource' },
          by: {
            type: 'string',
            description:
              'Entity ref of the person (portal, rerun) or the field manager (cluster), for example `kubectl`.',
          },
        },
      },
      TaskContext: {
        type: 'object',
        description: 'KEPTN_CONTEXT, as the task saw it.',
        additionalProperties: false,
        properties: {
          workloadName: { type: 'string' },
          appName: { type: 'string' },
          appVersion: { type: 'string' },
          workloadVersion: { type: 'string' },
          taskType: { type: 'string' },
          objectType: { type: 'string' },
          metadata: {
            type: 'object',
            additionalProperties: { type: 'string' },
          },
          traceparent: { type: 'string' },
        },
      },
      DefinitionRef: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: {
          name: { type: 'string' },
          namespace: {
            type: 'string',
            description:
              'Where it was found; absent while it has not been found.',
          },
          hash: {
            type: 'string',
            description:
              "Hash of the definition's content with its references followed; equal hashes ran the same thing.",
          },
        },
      },
      Run: {
        type: 'object',
        required: [
          'id',
          'cluster',
          'namespace',
          'taskName',
          'definition',
          'phase',
          'state',
          'attempts',
          'trigger',
          'createdAt',
        ],
        additionalProperties: false,
        properties: {
          id: { type: 'string', format: 'uuid' },
          cluster: { type: 'string' },
          namespace: { type: 'string' },
          taskName: { type: 'string', description: 'Name of the KeptnTask.' },
          definition: { $ref: '#/components/schemas/DefinitionRef' },
          runner: { $ref: '#/components/schemas/Runner' },
          phase: { $ref: '#/components/schemas/Phase' },
          version: {
            type: 'string',
            description:
              'Version of the workload or app that the task ran for.',
          },
          context: { $ref: '#/components/schemas/TaskContext' },
          entityRef: { type: 'string' },
          state: { $ref: '#/components/schemas/RunState' },
          reason: { type: 'string' },
          message: { type: 'string' },
          attempts: { type: 'integer', minimum: 0 },
          trigger: { $ref: '#/components/schemas/Trigger' },
          rerunOf: { type: 'string', format: 'uuid' },
          cancelRequested: { type: 'boolean' },
          createdAt: { type: 'string', format: 'date-time' },
          startedAt: {
            type: 'string',
            format: 'date-time',
            description: 'When its Job was made.',
          },
          finishedAt: { type: 'string', format: 'date-time' },
        },
      },
      RunPage: {
        type: 'object',
        required: ['items'],
        additionalProperties: false,
        properties: {
          items: { type: 'array', items: { $ref: '#/components/schemas/Run' } },
          nextCursor: { type: 'string' },
        },
      },
      RunCounts: {
        type: 'object',
        required: ['states', 'limit'],
        additionalProperties: false,
        properties: {
          states: { type: 'object', additionalProperties: { type: 'integer' } },
          limit: {
            type: 'integer',
            description: 'A count equal to this means "at least".',
          },
        },
      },
      Parameter: {
        type: 'object',
        required: ['name', 'value', 'source'],
        additionalProperties: false,
        properties: {
          name: { type: 'string' },
          value: { type: 'string' },
          source: {
            type: 'string',
            description: 'Which place won.',
            enum: ['definition', 'reference', 'run'],
          },
          definition: {
            type: 'string',
            description:
              'Name of the definition that it came from, unless source is run.',
          },
        },
      },
      Attempt: {
        type: 'object',
        required: ['number', 'state'],
        additionalProperties: false,
        properties: {
          number: { type: 'integer', minimum: 1 },
          state: {
            type: 'string',
            enum: ['Pending', 'Running', 'Succeeded', 'Failed'],
          },
          podName: { type: 'string' },
          nodeName: { type: 'string' },
          exitCode: { type: 'integer' },
          reason: { type: 'string' },
          message: { type: 'string' },
          createdAt: { type: 'string', format: 'date-time' },
          startedAt: {
            type: 'string',
            format: 'date-time',
            description: 'When the container started.',
          },
          finishedAt: { type: 'string', format: 'date-time' },
          logLines: { type: 'integer', minimum: 0 },
          logComplete: { type: 'boolean' },
        },
      },
      Transition: {
        type: 'object',
        required: ['at', 'state'],
        additionalProperties: false,
        properties: {
          at: { type: 'string', format: 'date-time' },
          state: { $ref: '#/components/schemas/RunState' },
          reason: { type: 'string' },
          message: { type: 'string' },
        },
      },
      RunDetail: {
        type: 'object',
        required: ['run', 'parameters', 'attempts', 'transitions', 'logTail'],
        additionalProperties: false,
        properties: {
          run: { $ref: '#/components/schemas/Run' },
          taskUid: { type: 'string' },
          jobName: { type: 'string' },
          maxAttempts: { type: 'integer', minimum: 1 },
          timeoutSeconds: { type: 'integer', minimum: 0 },
          image: { type: 'string' },
          parameters: {
            type: 'array',
            items: { $ref: '#/components/schemas/Parameter' },
          },
          secureParameters: {
            type: 'string',
            description: 'Name of the Secret. Its values are never read.',
          },
          attempts: {
            type: 'array',
            items: { $ref: '#/components/schemas/Attempt' },
          },
          transitions: {
            type: 'array',
            items: { $ref: '#/components/schemas/Transition' },
          },
          logTail: {
            type: 'array',
            description: 'The last lines of the last attempt.',
            items: { $ref: '#/components/schemas/LogLine' },
          },
          definitionSnapshot: {
            type: 'string',
            description:
              'The definition as it was when the run began, with its references followed, as YAML.',
          },
          manifest: {
            type: 'string',
            description:
              'A KeptnTask that asks for the same, as YAML, to apply by hand.',
          },
          previous: {
            description:
              'The run of the same definition in the same place before this one.',
            $ref: '#/components/schemas/RelatedRun',
          },
          lastGood: {
            description:
              'The last successful run of the same definition in the same place before this one.',
            $ref: '#/components/schemas/RelatedRun',
          },
        },
      },
      RelatedRun: {
        type: 'object',
        required: ['id', 'state', 'createdAt', 'definition', 'parameters'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', format: 'uuid' },
          state: { $ref: '#/components/schemas/RunState' },
          createdAt: { type: 'string', format: 'date-time' },
          finishedAt: { type: 'string', format: 'date-time' },
          version: { type: 'string' },
          definition: { $ref: '#/components/schemas/DefinitionRef' },
          parameters: {
            type: 'array',
            items: { $ref: '#/components/schemas/Parameter' },
          },
        },
      },
      LogLine: {
        type: 'object',
        required: ['n', 'text'],
        additionalProperties: false,
        properties: {
          n: {
            type: 'integer',
            description:
              'Number of the line, from 0. Numbers missing in between were dropped by the size cap.',
          },
          at: { type: 'string', format: 'date-time' },
          text: { type: 'string' },
        },
      },
      RunLog: {
        type: 'object',
        required: ['attempt', 'lines', 'complete'],
        additionalProperties: false,
        properties: {
          attempt: { type: 'integer', minimum: 1 },
          lines: {
            type: 'array',
            items: { $ref: '#/components/schemas/LogLine' },
          },
          complete: { type: 'boolean', description: 'Nothing will be added.' },
          droppedLines: {
            type: 'integer',
            description:
              'Lines between head and tail that the size cap dropped.',
          },
        },
      },
      RunHint: {
        type: 'object',
        required: ['id', 'sequence'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', format: 'uuid' },
          sequence: { type: 'integer' },
          of: {
            type: 'string',
            description: 'What has changed; a run when absent.',
            enum: ['run', 'release'],
          },
        },
      },
      TriggerRequest: {
        type: 'object',
        required: ['entityRef', 'cluster', 'namespace', 'definition'],
        additionalProperties: false,
        properties: {
          entityRef: { $ref: '#/components/schemas/EntityRef' },
          cluster: { type: 'string', minLength: 1, maxLength: 253 },
          namespace: { type: 'string', minLength: 1, maxLength: 63 },
          definition: { type: 'string', minLength: 1, maxLength: 253 },
          parameters: { $ref: '#/components/schemas/ParameterValues' },
          secureParameters: {
            type: 'string',
            minLength: 1,
            maxLength: 253,
            description: 'Name of a Secret in the namespace.',
          },
          context: { $ref: '#/components/schemas/TaskContext' },
          retries: { type: 'integer', minimum: 0, maximum: 1000 },
          timeout: {
            type: 'string',
            maxLength: 50,
            description: 'A duration such as `90s` or `1h30m`.',
          },
        },
      },
      RerunRequest: {
        type: 'object',
        additionalProperties: false,
        properties: {
          entityRef: { $ref: '#/components/schemas/EntityRef' },
          parameters: {
            description:
              "The run's own parameters, all of them. Those of the earlier run when left out.",
            $ref: '#/components/schemas/ParameterValues',
          },
          secureParameters: { type: 'string', minLength: 1, maxLength: 253 },
          retries: { type: 'integer', minimum: 0, maximum: 1000 },
          timeout: { type: 'string', maxLength: 50 },
        },
      },
      CancelRequest: {
        type: 'object',
        additionalProperties: false,
        properties: {
          entityRef: { $ref: '#/components/schemas/EntityRef' },
          reason: { type: 'string', maxLength: 500 },
        },
      },
      ParameterValues: {
        type: 'object',
        maxProperties: 100,
        additionalProperties: { type: 'string', maxLength: 65536 },
      },
      Target: {
        type: 'object',
        description: 'A place where the entity may run tasks.',
        required: ['cluster', 'namespace', 'available'],
        additionalProperties: false,
        properties: {
          cluster: { type: 'string' },
          clusterTitle: { type: 'string' },
          namespace: { type: 'string' },
          available: { type: 'boolean' },
          message: {
            type: 'string',
            description: 'Why it is not available, and what to do about it.',
          },
        },
      },
      DefinitionParameter: {
        type: 'object',
        required: ['name', 'value', 'source'],
        additionalProperties: false,
        properties: {
          name: { type: 'string' },
          value: { type: 'string' },
          source: { type: 'string', enum: ['definition', 'reference'] },
          definition: { type: 'string' },
        },
      },
      RecentRun: {
        type: 'object',
        required: ['id', 'state', 'createdAt'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', format: 'uuid' },
          state: { $ref: '#/components/schemas/RunState' },
          createdAt: { type: 'string', format: 'date-time' },
          durationMs: { type: 'integer', minimum: 0 },
        },
      },
      Definition: {
        type: 'object',
        required: [
          'cluster',
          'namespace',
          'name',
          'shared',
          'parameters',
          'recentRuns',
        ],
        additionalProperties: false,
        properties: {
          cluster: { type: 'string' },
          namespace: {
            type: 'string',
            description: 'Where a run of it would take place.',
          },
          name: { type: 'string' },
          shared: {
            type: 'boolean',
            description:
              "It stands in the Keptn namespace and not in the target's own.",
          },
          description: { type: 'string' },
          runner: { $ref: '#/components/schemas/Runner' },
          image: { type: 'string' },
          phase: {
            description:
              'The phase of its last run, `none` when it only ran on demand.',
            $ref: '#/components/schemas/Phase',
          },
          parameters: {
            type: 'array',
            items: { $ref: '#/components/schemas/DefinitionParameter' },
          },
          secureParameters: { type: 'string' },
          retries: { type: 'integer' },
          timeout: { type: 'string' },
          hash: { type: 'string' },
          problem: {
            type: 'string',
            description: 'Why it cannot run, in one sentence.',
          },
          lastRun: { $ref: '#/components/schemas/Run' },
          recentRuns: {
            type: 'array',
            description: 'The last 20 finished runs, oldest first.',
            items: { $ref: '#/components/schemas/RecentRun' },
          },
        },
      },
      DefinitionList: {
        type: 'object',
        required: ['items', 'targets'],
        additionalProperties: false,
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/Definition' },
          },
          targets: {
            type: 'array',
            items: { $ref: '#/components/schemas/Target' },
          },
          problem: {
            type: 'string',
            description:
              'Why the entity reaches no place at all, in one sentence.',
          },
        },
      },
      ReleaseKind: { type: 'string', enum: ['app', 'workload'] },
      ReleaseState: {
        type: 'string',
        description:
          'How far a release, one of its phases or one of their items has come. `Deprecated`: skipped, because an earlier phase failed or a newer version came. `Warning`: failed where failures do not block.',
        enum: [
          'Pending',
          'Progressing',
          'Succeeded',
          'Warning',
          'Failed',
          'Deprecated',
        ],
      },
      ReleasePhaseName: {
        type: 'string',
        enum: [
          'preTasks',
          'preEvaluations',
          'deployment',
          'postTasks',
          'postEvaluations',
          'promotion',
        ],
      },
      ReleaseItem: {
        type: 'object',
        description: 'A task or an evaluation of a phase.',
        required: ['definition', 'kind', 'state'],
        additionalProperties: false,
        properties: {
          definition: { type: 'string' },
          kind: { type: 'string', enum: ['task', 'evaluation'] },
          name: {
            type: 'string',
            description: 'Of the KeptnTask or KeptnEvaluation.',
          },
          state: { $ref: '#/components/schemas/ReleaseState' },
          startedAt: { type: 'string', format: 'date-time' },
          finishedAt: { type: 'string', format: 'date-time' },
          message: {
            type: 'string',
            description: 'Why it waits or has failed, in one sentence.',
          },
          runId: {
            type: 'string',
            format: 'uuid',
            description: 'The run of the task.',
          },
        },
      },
      ReleasePhase: {
        type: 'object',
        required: ['name', 'state', 'items'],
        additionalProperties: false,
        properties: {
          name: { $ref: '#/components/schemas/ReleasePhaseName' },
          state: { $ref: '#/components/schemas/ReleaseState' },
          startedAt: { type: 'string', format: 'date-time' },
          finishedAt: { type: 'string', format: 'date-time' },
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/ReleaseItem' },
          },
          message: { type: 'string' },
        },
      },
      ReleaseHold: {
        type: 'object',
        description: 'What keeps a release from going on.',
        required: ['reason', 'message', 'since', 'gateReleasable'],
        additionalProperties: false,
        properties: {
          reason: {
            type: 'string',
            description: 'A CamelCase word for machines.',
          },
          message: { type: 'string', description: 'One sentence for people.' },
          since: { type: 'string', format: 'date-time' },
          phase: { $ref: '#/components/schemas/ReleasePhaseName' },
          definition: {
            type: 'string',
            description: 'The task or evaluation that is to blame.',
          },
          runId: { type: 'string', format: 'uuid' },
          gateReleasable: {
            type: 'boolean',
            description: 'Its Pods wait at a gate that a person may open.',
          },
        },
      },
      ReleaseRollout: {
        type: 'object',
        description: "How far the Pods of a workload's version are.",
        required: ['kind', 'name'],
        additionalProperties: false,
        properties: {
          kind: { type: 'string' },
          name: { type: 'string' },
          desired: { type: 'integer', minimum: 0 },
          updated: { type: 'integer', minimum: 0 },
          available: { type: 'integer', minimum: 0 },
          message: { type: 'string' },
        },
      },
      GatedPods: {
        type: 'object',
        required: ['count', 'names'],
        additionalProperties: false,
        properties: {
          count: { type: 'integer', minimum: 0 },
          names: {
            type: 'array',
            description: 'The first ten.',
            items: { type: 'string' },
          },
          since: { type: 'string', format: 'date-time' },
        },
      },
      ReleasedGate: {
        type: 'object',
        required: ['reason', 'at'],
        additionalProperties: false,
        properties: {
          by: { type: 'string', description: 'Entity ref of the person.' },
          reason: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
        },
      },
      Release: {
        type: 'object',
        description:
          'One version of an app or a workload on its way through its phases; one attempt at that.',
        required: [
          'id',
          'cluster',
          'namespace',
          'kind',
          'name',
          'appName',
          'version',
          'attempt',
          'state',
          'phases',
          'createdAt',
        ],
        additionalProperties: false,
        properties: {
          id: { type: 'string', format: 'uuid' },
          cluster: { type: 'string' },
          clusterTitle: { type: 'string' },
          namespace: { type: 'string' },
          kind: { $ref: '#/components/schemas/ReleaseKind' },
          name: {
            type: 'string',
            description: 'Of the KeptnAppVersion or KeptnWorkloadVersion.',
          },
          appName: { type: 'string' },
          workloadName: {
            type: 'string',
            description:
              "Name of the KeptnWorkload, `<app>-<workload>`; of a workload's version only.",
          },
          version: { type: 'string' },
          previousVersion: { type: 'string' },
          revision: { type: 'integer', description: 'Of the KeptnApp.' },
          attempt: { type: 'integer', minimum: 1 },
          state: { $ref: '#/components/schemas/ReleaseState' },
          phase: {
            description:
              'The phase that it is in, or in which it ended; absent before the first and after the last.',
            $ref: '#/components/schemas/ReleasePhaseName',
          },
          phases: {
            type: 'array',
            description:
              'All of them, in their order, those with nothing to do included.',
            items: { $ref: '#/components/schemas/ReleasePhase' },
          },
          workloads: {
            type: 'array',
            description: "Of an app's version, the workloads that make it up.",
            items: {
              type: 'object',
              required: ['workloadName', 'version', 'state'],
              additionalProperties: false,
              properties: {
                workloadName: { type: 'string' },
                version: { type: 'string' },
                state: { $ref: '#/components/schemas/ReleaseState' },
              },
            },
          },
          hold: { $ref: '#/components/schemas/ReleaseHold' },
          rollout: { $ref: '#/components/schemas/ReleaseRollout' },
          gatedPods: { $ref: '#/components/schemas/GatedPods' },
          gateReleased: { $ref: '#/components/schemas/ReleasedGate' },
          notes: {
            type: 'array',
            description:
              'What is worth knowing about it, for example why its checks were not repeated. One sentence each.',
            items: { type: 'string' },
          },
          reason: { type: 'string' },
          message: {
            type: 'string',
            description: 'Why it has failed or was skipped.',
          },
          traceparent: {
            type: 'string',
            description: 'The trace that it belongs to.',
          },
          createdAt: { type: 'string', format: 'date-time' },
          startedAt: { type: 'string', format: 'date-time' },
          finishedAt: { type: 'string', format: 'date-time' },
          activatedAt: {
            type: 'string',
            format: 'date-time',
            description:
              'When this version was asked for last; later than its creation after a rollback.',
          },
        },
      },
      ReleasePage: {
        type: 'object',
        required: ['items'],
        additionalProperties: false,
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/Release' },
          },
          nextCursor: { type: 'string' },
        },
      },
      ReleaseStep: {
        type: 'object',
        description: 'A step of a release from one state or phase to another.',
        required: ['at', 'state'],
        additionalProperties: false,
        properties: {
          at: { type: 'string', format: 'date-time' },
          state: { $ref: '#/components/schemas/ReleaseState' },
          phase: { $ref: '#/components/schemas/ReleasePhaseName' },
          message: { type: 'string' },
        },
      },
      ReleaseRun: {
        type: 'object',
        description:
          'A run of one of its tasks, with the attempts that the timeline shows.',
        required: ['run', 'attempts'],
        additionalProperties: false,
        properties: {
          run: { $ref: '#/components/schemas/Run' },
          attempts: {
            type: 'array',
            items: { $ref: '#/components/schemas/Attempt' },
          },
        },
      },
      ReleaseDetail: {
        type: 'object',
        required: ['release', 'workloads', 'steps', 'runs', 'previous'],
        additionalProperties: false,
        properties: {
          release: { $ref: '#/components/schemas/Release' },
          app: {
            description:
              "Of a workload's version, the newest release of its app that has it.",
            $ref: '#/components/schemas/Release',
          },
          workloads: {
            type: 'array',
            description:
              "Of an app's version, the releases of its workloads as far as they are known.",
            items: { $ref: '#/components/schemas/Release' },
          },
          steps: {
            type: 'array',
            description: 'Oldest first.',
            items: { $ref: '#/components/schemas/ReleaseStep' },
          },
          runs: {
            type: 'array',
            description: "Runs of its tasks and of its workloads' tasks.",
            items: { $ref: '#/components/schemas/ReleaseRun' },
          },
          previous: {
            type: 'array',
            description: 'The releases before it, newest first, at most ten.',
            items: { $ref: '#/components/schemas/Release' },
          },
        },
      },
      WorkloadProblem: {
        type: 'object',
        description:
          'What keeps a workload, or a part of its checks, from being looked after.',
        required: ['kind', 'name', 'messages'],
        additionalProperties: false,
        properties: {
          kind: { type: 'string' },
          name: { type: 'string' },
          workloadName: { type: 'string' },
          messages: { type: 'array', items: { type: 'string' } },
        },
      },
      Environment: {
        type: 'object',
        description: 'An app, or workloads of it, in one place.',
        required: [
          'cluster',
          'namespace',
          'appName',
          'workloads',
          'previous',
          'problems',
        ],
        additionalProperties: false,
        properties: {
          cluster: { type: 'string' },
          clusterTitle: { type: 'string' },
          namespace: { type: 'string' },
          appName: { type: 'string' },
          app: {
            description:
              'The version that is asked for now. Absent while the app is being discovered.',
            $ref: '#/components/schemas/Release',
          },
          workloads: {
            type: 'array',
            description:
              'Those of the entity, each with the version that is asked for now.',
            items: { $ref: '#/components/schemas/Release' },
          },
          previous: {
            type: 'array',
            description:
              'The releases before the current ones, newest first, at most five: of the app, or of the one workload that the entity stands for.',
            items: { $ref: '#/components/schemas/Release' },
          },
          problems: {
            type: 'array',
            items: { $ref: '#/components/schemas/WorkloadProblem' },
          },
        },
      },
      EnvironmentList: {
        type: 'object',
        required: ['items'],
        additionalProperties: false,
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/Environment' },
          },
          problem: {
            type: 'string',
            description:
              'Why the entity reaches no place at all, in one sentence.',
          },
        },
      },
      RepeatChecksRequest: {
        type: 'object',
        required: ['entityRef'],
        additionalProperties: false,
        properties: { entityRef: { $ref: '#/components/schemas/EntityRef' } },
      },
      ReleaseGateRequest: {
        type: 'object',
        required: ['entityRef', 'reason'],
        additionalProperties: false,
        properties: {
          entityRef: { $ref: '#/components/schemas/EntityRef' },
          reason: { type: 'string', minLength: 3, maxLength: 500 },
        },
      },
      MissingRight: {
        type: 'object',
        required: ['verb', 'resource', 'message'],
        additionalProperties: false,
        properties: {
          verb: { type: 'string' },
          group: { type: 'string' },
          resource: { type: 'string' },
          namespace: { type: 'string' },
          message: { type: 'string' },
        },
      },
      ClusterHealth: {
        type: 'object',
        required: [
          'name',
          'mode',
          'reachable',
          'reconciling',
          'missingRights',
          'missingResources',
        ],
        additionalProperties: false,
        properties: {
          name: { type: 'string' },
          title: { type: 'string' },
          mode: { type: 'string', enum: ['reconcile', 'observe'] },
          reachable: { type: 'boolean' },
          reconciling: {
            type: 'boolean',
            description: 'This replica is at work on the cluster.',
          },
          message: {
            type: 'string',
            description: 'What is wrong, and what to do about it.',
          },
          version: { type: 'string' },
          missingResources: {
            type: 'array',
            description: 'Custom resources that the cluster does not serve.',
            items: { type: 'string' },
          },
          missingRights: {
            type: 'array',
            items: { $ref: '#/components/schemas/MissingRight' },
          },
          leader: { type: 'string', description: 'Who holds the lease.' },
          keptnOperator: {
            type: 'string',
            description:
              'The live Keptn operator that keeps this plugin from reconciling.',
          },
          gates: {
            type: 'object',
            description: 'How Pods are held until their checks have passed.',
            required: ['mode', 'ready'],
            additionalProperties: false,
            properties: {
              mode: {
                type: 'string',
                enum: ['declared', 'policy', 'webhook', 'off'],
              },
              ready: {
                type: 'boolean',
                description: 'Pods are held as the mode says.',
              },
              message: {
                type: 'string',
                description: 'What is missing, and what to do about it.',
              },
              certificateExpiresAt: { type: 'string', format: 'date-time' },
            },
          },
          lagMs: {
            type: 'integer',
            description: 'Age of the oldest piece of work that waits.',
          },
          queueLength: { type: 'integer' },
          lastContactAt: { type: 'string', format: 'date-time' },
        },
      },
      ClusterList: {
        type: 'object',
        required: ['items'],
        additionalProperties: false,
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/ClusterHealth' },
          },
        },
      },
      Error: {
        type: 'object',
        required: ['error'],
        properties: {
          error: {
            type: 'object',
            required: ['name', 'message'],
            properties: {
              name: { type: 'string' },
              message: { type: 'string' },
            },
          },
        },
      },
    },
  },
} as const;
