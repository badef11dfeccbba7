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

import { checkLists, metadata, phases, state, taskItems } from './releases.mjs';
import { AGE, version } from './resource.mjs';
import { map, object, string, strings } from './words.mjs';

/**
 * Keptn converts apps and app versions between their API versions with a webhook of its operator. Without that operator
 * nobody would answer it, so the API server only swaps the version here: what a version has and v1 has not is accepted
 * and then dropped, as Keptn's conversion drops it. Set to null, because a webhook that stays behind in a definition of
 * Keptn's would be refused.
 */
const conversion = { strategy: 'None', webhook: null };

const workload = (rest = {}) =>
  object(
    undefined,
    {
      name: string('Name of the workload, without the name of the app.'),
      version: string('Version of the workload.'),
    },
    { required: ['name', 'version'], ...rest },
  );

const firstAppFields = {
  version: string('Version of the app.'),
  workloads: {
    type: 'array',
    description: 'The workloads that make up this version.',
    items: workload(),
  },
};
const appFields = {
  ...firstAppFields,
  revision: {
    type: 'integer',
    description: 'Raise it to repeat the checks of the same version.',
    default: 1,
  },
};

const contextFields = {
  ...checkLists,
  promotionTasks: strings(
    'Task definitions to run after everything else has succeeded.',
  ),
  metadata,
  spanLinks: strings('Traces to link to, as W3C traceparent values.'),
};

const app = fields => ({
  spec: object('What is released.', fields, { required: ['version'] }),
  status: object('What became of it.', {
    currentVersion: string('The version that was tried last.'),
  }),
});

export const apps = {
  kind: 'KeptnApp',
  conversion,
  versions: [
    version('v1', app(appFields)),
    version('v1beta1', app(appFields)),
    version('v1alpha3', app({ ...appFields, ...checkLists })),
    version('v1alpha2', app({ ...appFields, ...checkLists })),
    version('v1alpha1', app({ ...firstAppFields, ...checkLists })),
  ],
};

const context = {
  spec: object(
    'What is checked around the deployments of the app of the same name.',
    contextFields,
  ),
  status: object(undefined, { status: string('Not used.') }),
};

export const appContexts = {
  kind: 'KeptnAppContext',
  versions: [version('v1', context), version('v1beta1', context)],
};

const appVersionColumns = [
  ['AppName', '.spec.appName'],
  ['Version', '.spec.version'],
  ['Phase', '.status.currentPhase'],
  ['PreDeploymentStatus', '.status.preDeploymentStatus'],
  ['PreDeploymentEvaluationStatus', '.status.preDeploymentEvaluationStatus'],
  ['WorkloadOverallStatus', '.status.workloadOverallStatus'],
  ['PostDeploymentStatus', '.status.postDeploymentStatus'],
  ['PostDeploymentEvaluationStatus', '.status.postDeploymentEvaluationStatus'],
].map(([title, path]) => [title, path, 'string', path.endsWith('Status')]);
const promotionColumn = [
  'PromotionStatus',
  '.status.promotionStatus',
  'string',
  true,
];

const appVersion = (fields, statusFields) => ({
  spec: object(
    'A frozen copy of the app and its context.',
    {
      ...fields,
      appName: string('Name of the app.'),
      previousVersion: string('The version that was tried before.'),
      traceId: map('Trace context that this release continues.'),
    },
    { required: ['appName', 'version'] },
  ),
  status: object('How far it is.', {
    ...statusFields,
    workloadOverallStatus: state('State of all workloads together.'),
    workloadStatus: {
      type: 'array',
      description: 'The workloads.',
      items: object(undefined, {
        workload: workload({ description: 'Which one.' }),
        status: state('State of its version.'),
      }),
    },
  }),
});

const appVersionNow = appVersion(
  { ...appFields, ...contextFields },
  {
    ...phases(),
    promotionStatus: state('State of the promotion tasks.'),
    promotionTaskStatus: taskItems('The promotion tasks.'),
  },
);
const appVersionBefore = appVersion({ ...appFields, ...checkLists }, phases());

export const appVersions = {
  kind: 'KeptnAppVersion',
  shortName: 'kav',
  conversion,
  versions: [
    ...['v1', 'v1beta1'].map(name =>
      version(name, appVersionNow, [
        ...appVersionColumns,
        promotionColumn,
        AGE,
      ]),
    ),
    ...['v1alpha3', 'v1alpha2'].map(name =>
      version(name, appVersionBefore, [...appVersionColumns, AGE]),
    ),
    version(
      'v1alpha1',
      appVersion({ ...firstAppFields, ...checkLists }, phases({ first: true })),
      [...appVersionColumns, AGE],
    ),
  ],
};

const creationRequest = {
  spec: object(
    'Asks for an app to be made of the workloads that name it.',
    { appName: string('Name of the app.') },
    { required: ['appName'] },
  ),
  status: string('Not used.'),
};

export const appCreationRequests = {
  kind: 'KeptnAppCreationRequest',
  versions: ['v1', 'v1beta1', 'v1alpha3'].map(name =>
    version(name, creationRequest),
  ),
};
