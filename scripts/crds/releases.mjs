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

import { dateTime, map, object, string, strings } from './words.mjs';

// What the versions of apps and of workloads share.

export const checkLists = {
  preDeploymentTasks: strings('Task definitions to run before the deployment.'),
  postDeploymentTasks: strings('Task definitions to run after the deployment.'),
  preDeploymentEvaluations: strings(
    'Evaluation definitions to evaluate before the deployment.',
  ),
  postDeploymentEvaluations: strings(
    'Evaluation definitions to evaluate after the deployment.',
  ),
};

export const metadata = map(
  'Told to the tasks in KEPTN_CONTEXT and written on the spans.',
);

/** Filled in as soon as there is a status at all. */
export const state = description => ({
  ...string(description),
  default: 'Pending',
});

export const traceCarrier = description => map(description);

/** Keptn's first version calls the two names of an item after what it is. */
const items = (what, description, names) => ({
  type: 'array',
  description,
  items: object(undefined, {
    [names.definitionName]: string(`Definition of the ${what}.`),
    [names.name]: string(`Name of the object that is the ${what}.`),
    status: state('Pending, Progressing, Succeeded, Failed or Deprecated.'),
    startTime: dateTime('When it began.'),
    endTime: dateTime('When it ended.'),
  }),
});
const names = { definitionName: 'definitionName', name: 'name' };

export const taskItems = description => items('task', description, names);
const evaluationItems = description => items('evaluation', description, names);
const firstTaskItems = description =>
  items('task', description, {
    definitionName: 'taskDefinitionName',
    name: 'taskName',
  });
const firstEvaluationItems = description =>
  items('evaluation', description, {
    definitionName: 'evaluationDefinitionName',
    name: 'evaluationName',
  });

/** The states and items of the phases around a deployment, and the times of it all. */
export function phases({ first = false } = {}) {
  const tasks = first ? firstTaskItems : taskItems;
  const evaluations = first ? firstEvaluationItems : evaluationItems;
  return {
    preDeploymentStatus: state('State of the pre-deployment tasks.'),
    preDeploymentEvaluationStatus: state(
      'State of the pre-deployment evaluations.',
    ),
    postDeploymentStatus: state('State of the post-deployment tasks.'),
    postDeploymentEvaluationStatus: state(
      'State of the post-deployment evaluations.',
    ),
    preDeploymentTaskStatus: tasks('The pre-deployment tasks.'),
    postDeploymentTaskStatus: tasks('The post-deployment tasks.'),
    preDeploymentEvaluationTaskStatus: evaluations(
      'The pre-deployment evaluations.',
    ),
    postDeploymentEvaluationTaskStatus: evaluations(
      'The post-deployment evaluations.',
    ),
    status: state('State of all phases together.'),
    currentPhase: string('The phase under way, failed, or Completed.'),
    phaseTraceIDs: {
      type: 'object',
      description: 'Trace context of each phase.',
      additionalProperties: map(),
    },
    startTime: dateTime('When the first phase began.'),
    endTime: dateTime('When the last phase ended.'),
  };
}
