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

import { state } from './releases.mjs';
import { AGE, version } from './resource.mjs';
import { dateTime, duration, integer, object, string } from './words.mjs';

const retries = {
  retries: integer('How often a failed evaluation is repeated.', {
    default: 10,
  }),
  retryInterval: duration('How long to wait before that.', { default: '5s' }),
};

const metricRef = object(
  'Which metric.',
  {
    name: string('Name of a KeptnMetric.'),
    namespace: string('Where it is; where the evaluation is when absent.'),
  },
  { required: ['name'] },
);
const evaluationTarget = string('What its value must be: < or > and a number.');

const objectives = (fields, required) => ({
  type: 'array',
  description: 'Everything that must hold.',
  items: object(undefined, fields, { required }),
});
const byMetric = objectives({ keptnMetricRef: metricRef, evaluationTarget }, [
  'evaluationTarget',
  'keptnMetricRef',
]);

const definition = (fields, required) => ({
  spec: object('What is evaluated.', fields, { required }),
  status: string('Not used.'),
});
const definitionNow = definition({ objectives: byMetric, ...retries }, [
  'objectives',
]);
/** Before there were metrics: a query to a provider. */
const definitionByQuery = definition(
  {
    source: string('Name of a provider.'),
    objectives: objectives(
      { name: string('Name of the value.'), query: string(), evaluationTarget },
      ['evaluationTarget', 'name', 'query'],
    ),
  },
  ['objectives', 'source'],
);

export const evaluationDefinitions = {
  kind: 'KeptnEvaluationDefinition',
  shortName: 'ked',
  versions: [
    version('v1', definitionNow),
    version('v1beta1', definitionNow),
    version('v1alpha3', definition({ objectives: byMetric }, ['objectives'])),
    version('v1alpha2', definitionByQuery),
    version('v1alpha1', definitionByQuery),
  ],
};

const evaluation = (fields = {}) => ({
  spec: object(
    'What is asked for.',
    {
      workload: string('Name of the KeptnWorkload.'),
      workloadVersion: string('Version of the workload; may be empty.'),
      appName: string('Name of the app.'),
      appVersion: string('Version of the app.'),
      evaluationDefinition: string('Name of a KeptnEvaluationDefinition.'),
      checkType: string('pre-eval or post-eval.'),
      ...retries,
      ...fields,
    },
    { required: ['evaluationDefinition', 'workloadVersion'] },
  ),
  status: object('What became of it.', {
    retryCount: { ...integer('How often it was tried.'), default: 0 },
    evaluationStatus: {
      type: 'object',
      description: 'The objectives, by the name of their metric.',
      additionalProperties: object(undefined, {
        value: string('The value that was found.'),
        status: string('Succeeded, Failed or Progressing.'),
        message: string('What is wrong, in a sentence.'),
      }),
    },
    overallStatus: state('Pending, Progressing, Succeeded or Failed.'),
    startTime: dateTime('When it began.'),
    endTime: dateTime('When it ended.'),
  }),
});

const columns = [
  ['AppName', '.spec.appName'],
  ['AppVersion', '.spec.appVersion'],
  ['WorkloadName', '.spec.workload'],
  ['WorkloadVersion', '.spec.workloadVersion'],
  ['RetryCount', '.status.retryCount'],
  ['EvaluationStatus', '.status.evaluationStatus'],
  ['OverallStatus', '.status.overallStatus'],
  AGE,
];

export const evaluations = {
  kind: 'KeptnEvaluation',
  shortName: 'ke',
  versions: [
    ...['v1', 'v1beta1'].map(name => version(name, evaluation(), columns)),
    ...['v1alpha3', 'v1alpha2', 'v1alpha1'].map(name =>
      version(name, evaluation({ failAction: string('Not used.') }), columns),
    ),
  ],
};
