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

import type { ClusterConfig } from './ClusterConfig';
import type { ServedKinds } from './discovery';
import { GATE_NAME } from './gatePolicy';
import { RECONCILER_LEASE } from './LeaderElection';

/** A right that the plugin uses in a cluster. */
export interface RequiredRight {
  group: string;
  resource: string;
  verbs: string[];
  /** Only in the Keptn namespace; in all namespaces when absent. */
  where?: 'keptn-namespace';
  /** Only on the object of this name. */
  name?: string;
  /**
   * Without it there is nothing to work with. Other rights may also be given in some namespaces only: the work goes
   * on, and what is refused is said where it is refused.
   */
  vital?: boolean;
  /** Asked for only where the cluster serves the kind. */
  served?: Exclude<keyof ServedKinds, 'message'>;
}

const KEPTN = 'lifecycle.keptn.sh';
const ADMISSION = 'admissionregistration.k8s.io';
const READ = ['get', 'list', 'watch'];

/** What is read in either mode. */
const READING: RequiredRight[] = [
  { group: KEPTN, resource: 'keptntasks', verbs: READ, vital: true },
  { group: KEPTN, resource: 'keptntaskdefinitions', verbs: READ, vital: true },
  { group: 'batch', resource: 'jobs', verbs: READ, vital: true },
  { group: '', resource: 'pods', verbs: READ, vital: true },
  { group: '', resource: 'pods/log', verbs: ['get'] },
  { group: '', resource: 'events', verbs: ['list', 'watch'], vital: true },
  {
    group: 'coordination.k8s.io',
    resource: 'leases',
    verbs: ['get'],
    where: 'keptn-namespace',
  },
];

/** The releases of another operator, where they are recorded. */
const READING_RELEASES: RequiredRight[] = [
  'keptnappversions',
  'keptnworkloadversions',
  'keptnevaluations',
].map(
  (resource): RequiredRight => ({
    group: KEPTN,
    resource,
    verbs: READ,
    served: 'releases',
  }),
);

/** What only a reconciler does. */
const WRITING: RequiredRight[] = [
  { group: KEPTN, resource: 'keptntasks', verbs: ['create', 'patch'] },
  { group: KEPTN, resource: 'keptntasks/status', verbs: ['patch'] },
  // Demanded of whoever makes an object that blocks its owner's deletion, where that is enforced.
  { group: KEPTN, resource: 'keptntasks/finalizers', verbs: ['update'] },
  { group: KEPTN, resource: 'keptntaskdefinitions/status', verbs: ['patch'] },
  {
    group: KEPTN,
    resource: 'keptntaskdefinitions/finalizers',
    verbs: ['update'],
  },
  { group: 'batch', resource: 'jobs', verbs: ['create', 'patch', 'delete'] },
  { group: '', resource: 'configmaps', verbs: READ, vital: true },
  { group: '', resource: 'configmaps', verbs: ['create', 'update', 'delete'] },
  { group: '', resource: 'events', verbs: ['create'] },
  {
    group: 'coordination.k8s.io',
    resource: 'leases',
    // A name cannot limit what has no object yet.
    verbs: ['create'],
    where: 'keptn-namespace',
    vital: true,
  },
  {
    group: 'coordination.k8s.io',
    resource: 'leases',
    verbs: ['update'],
    where: 'keptn-namespace',
    name: RECONCILER_LEASE,
    vital: true,
  },
];

/** What looking after releases takes beyond that. Tasks run without. */
const RELEASING: RequiredRight[] = [
  // What people write, and what is made of it.
  ...[
    'keptnapps',
    'keptnappcontexts',
    'keptnappcreationrequests',
    'keptnworkloads',
    'keptnevaluationdefinitions',
  ].map(resource => ({ group: KEPTN, resource, verbs: READ })),
  {
    group: KEPTN,
    resource: 'keptnapps',
    // Those made of workloads go with the last of them.
    verbs: ['create', 'patch', 'delete'],
  },
  {
    group: KEPTN,
    resource: 'keptnappcreationrequests',
    verbs: ['create', 'delete'],
  },
  {
    group: KEPTN,
    resource: 'keptnworkloads',
    // A KeptnWorkload gets another owner, which some clusters allow only to those who may delete it.
    verbs: ['create', 'patch', 'delete'],
  },
  ...['keptnappversions', 'keptnworkloadversions'].map(resource => ({
    group: KEPTN,
    resource,
    verbs: ['create', 'patch', 'delete'],
  })),
  { group: KEPTN, resource: 'keptnevaluations', verbs: ['create'] },
  ...[
    'keptnapps',
    'keptnappversions',
    'keptnworkloads',
    'keptnworkloadversions',
    'keptnevaluations',
  ].map(resource => ({
    group: KEPTN,
    resource: `${resource}/status`,
    verbs: ['patch'],
  })),
  // Of what owns others, as for tasks.
  ...[
    'keptnapps',
    'keptnappversions',
    'keptnworkloads',
    'keptnworkloadversions',
  ].map(resource => ({
    group: KEPTN,
    resource: `${resource}/finalizers`,
    verbs: ['update'],
  })),
  // Workloads, their revisions, and whether a namespace has opted in.
  ...[
    'deployments',
    'replicasets',
    'statefulsets',
    'daemonsets',
    'controllerrevisions',
  ].map(resource => ({ group: 'apps', resource, verbs: READ })),
  { group: '', resource: 'namespaces', verbs: READ },
  // Opens gates.
  { group: '', resource: 'pods', verbs: ['patch'] },
].map((right): RequiredRight => ({ ...right, served: 'releases' }));

/** The same of what not every cluster has. */
const OPTIONAL: RequiredRight[] = [
  {
    group: 'argoproj.io',
    resource: 'rollouts',
    verbs: READ,
    served: 'rollouts',
  },
  {
    group: 'metrics.keptn.sh',
    resource: 'keptnmetrics',
    verbs: READ,
    served: 'metrics',
  },
  {
    group: 'options.keptn.sh',
    resource: 'keptnconfigs',
    verbs: READ,
    served: 'keptnConfigs',
  },
  // Whether what puts gates onto Pods is there.
  ...['mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'].map(
    (resource): RequiredRight => ({
      group: ADMISSION,
      resource,
      verbs: ['get'],
      name: GATE_NAME,
      served: 'mutatingPolicies',
    }),
  ),
  {
    group: ADMISSION,
    resource: 'mutatingwebhookconfigurations',
    verbs: ['get'],
    name: GATE_NAME,
  },
];

/** What somebody who starts tasks from the portal needs where another operator runs them. */
const TRIGGERING: RequiredRight[] = [
  { group: KEPTN, resource: 'keptntasks', verbs: ['create'] },
];

/**
 * Every right that the plugin asks for in a mode: the one source for the check at its start and for the manifests in
 * `deploy/rbac`. With `served`, without those on kinds that the cluster does not have.
 */
export function requiredRights(
  mode: ClusterConfig['mode'],
  served?: ServedKinds,
): RequiredRight[] {
  return [
    ...READING,
    ...READING_RELEASES,
    ...(mode === 'reconcile'
      ? [...WRITING, ...RELEASING, ...OPTIONAL]
      : TRIGGERING),
  ].filter(right => !served || !right.served || served[right.served]);
}
