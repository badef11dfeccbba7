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

import { checkLists, metadata, phases, state } from './releases.mjs';
import { AGE, version } from './resource.mjs';
import { dateTime, map, object, string } from './words.mjs';

const workloadFields = {
  app: string('Name of the app.'),
  version: string('Version of the workload.'),
  resourceReference: object(
    'What deploys it.',
    {
      uid: string('Its uid.'),
      kind: string('ReplicaSet, StatefulSet or DaemonSet.'),
      name: string('Its name.'),
    },
    { required: ['kind', 'name', 'uid'] },
  ),
  ...checkLists,
};
const required = ['app', 'resourceReference', 'version'];

const workload = fields => ({
  spec: object('What is deployed, and what is checked around it.', fields, {
    required,
  }),
  status: object('What became of it.', {
    currentVersion: string('The version that was tried last.'),
  }),
});
const workloadColumns = [
  ['AppName', '.spec.app'],
  ['Version', '.spec.version'],
  AGE,
];

export const workloads = {
  kind: 'KeptnWorkload',
  versions: [
    ...['v1', 'v1beta1'].map(name =>
      version(name, workload({ ...workloadFields, metadata }), workloadColumns),
    ),
    ...['v1alpha3', 'v1alpha2', 'v1alpha1'].map(name =>
      version(name, workload(workloadFields), workloadColumns),
    ),
  ],
};

const workloadVersion = (fields, statusFields) => ({
  spec: object(
    'What is deployed, and what is checked around it.',
    {
      ...fields,
      workloadName: string('Name of the KeptnWorkload.'),
      previousVersion: string('The version that was tried before.'),
      traceId: map('Trace context that this release continues.'),
    },
    { required: [...required, 'workloadName'] },
  ),
  status: object('How far it is.', {
    ...phases(),
    deploymentStatus: state('State of the deployment.'),
    ...statusFields,
  }),
});

const workloadVersionColumns = [
  ['AppName', '.spec.app'],
  ['WorkloadName', '.spec.workloadName'],
  ['WorkloadVersion', '.spec.version'],
  ['Phase', '.status.currentPhase'],
  ...[
    ['PreDeploymentStatus', '.status.preDeploymentStatus'],
    ['PreDeploymentEvaluationStatus', '.status.preDeploymentEvaluationStatus'],
    ['DeploymentStatus', '.status.deploymentStatus'],
    ['PostDeploymentStatus', '.status.postDeploymentStatus'],
    [
      'PostDeploymentEvaluationStatus',
      '.status.postDeploymentEvaluationStatus',
    ],
  ].map(([title, path]) => [title, path, 'string', true]),
  AGE,
];

const workloadVersionNow = workloadVersion(
  { ...workloadFields, metadata },
  {
    deploymentStartTime: dateTime('When the deployment began.'),
    appContextMetadata: map('Metadata of the app, as it was at the start.'),
  },
);

export const workloadVersions = {
  kind: 'KeptnWorkloadVersion',
  shortName: 'kwv',
  versions: [
    version('v1', workloadVersionNow, workloadVersionColumns),
    version('v1beta1', workloadVersionNow, workloadVersionColumns),
    version(
      'v1alpha4',
      workloadVersion(workloadFields),
      workloadVersionColumns,
    ),
  ],
};
