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

import { parameters, secureParameters } from './parameters.mjs';
import { AGE, version } from './resource.mjs';
import { dateTime, duration, integer, map, object, string } from './words.mjs';

const contextFields = {
  appName: string(),
  appVersion: string(),
  objectType: string(),
  taskType: string(),
  workloadName: string(),
  workloadVersion: string(),
};

const taskStatus = {
  endTime: dateTime('When it ended.'),
  jobName: string('Name of the Job that does it.'),
  message: string('What happened, in a sentence.'),
  startTime: dateTime('When it began.'),
  status: string('Pending, Progressing, Succeeded or Failed.'),
};
const taskReason = { reason: string('What happened, in a word.') };

/** Retries and timeout have no default here: absent, they are those of the definition. */
const taskNow = metadata => ({
  spec: object(
    'What is asked for.',
    {
      checkType: string('pre, post or promotion.'),
      context: object('What the code is told in KEPTN_CONTEXT.', {
        ...contextFields,
        ...(metadata && { metadata: map('Anything else worth knowing.') }),
      }),
      parameters,
      retries: integer(
        "How often a failed attempt is repeated; the definition's when absent.",
      ),
      secureParameters,
      taskDefinition: string(
        'Name of a KeptnTaskDefinition in this namespace or in the Keptn namespace.',
      ),
      timeout: duration(
        "How long all attempts together may take, at least 1s; the definition's when absent.",
      ),
    },
    { required: ['taskDefinition'] },
  ),
  status: object('What became of it.', { ...taskStatus, ...taskReason }),
});

const taskBefore = {
  spec: object(
    'What is asked for.',
    {
      app: string(),
      appVersion: string(),
      checkType: string(),
      context: object(
        'What the code is told in KEPTN_CONTEXT.',
        contextFields,
        {
          required: Object.keys(contextFields),
        },
      ),
      parameters,
      secureParameters,
      taskDefinition: string('Name of a KeptnTaskDefinition.'),
      workload: string(),
      workloadVersion: string(),
    },
    {
      required: [
        'app',
        'appVersion',
        'context',
        'taskDefinition',
        'workload',
        'workloadVersion',
      ],
    },
  ),
  status: object('What became of it.', taskStatus),
};

const taskColumns = [
  ['AppName', '.spec.context.appName'],
  ['AppVersion', '.spec.context.appVersion'],
  ['WorkloadName', '.spec.context.workloadName'],
  ['WorkloadVersion', '.spec.context.workloadVersion'],
  ['Job Name', '.status.jobName'],
  ['Status', '.status.status'],
  ['Reason', '.status.reason'],
  AGE,
];

export const tasks = {
  kind: 'KeptnTask',
  versions: [
    version('v1', taskNow(true), taskColumns),
    version('v1beta1', taskNow(true), taskColumns),
    version('v1alpha3', taskNow(false), taskColumns),
    version('v1alpha2', taskBefore, taskColumns),
    version('v1alpha1', taskBefore, taskColumns),
  ],
};
