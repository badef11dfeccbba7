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
}

const KEPTN = 'lifecycle.keptn.sh';
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

/** What somebody who starts tasks from the portal needs where another operator runs them. */
const TRIGGERING: RequiredRight[] = [
  { group: KEPTN, resource: 'keptntasks', verbs: ['create'] },
];

/**
 * Every right that the plugin asks for in a mode: the one source for the check at its start and for the manifests in
 * `deploy/rbac`.
 */
export function requiredRights(mode: ClusterConfig['mode']): RequiredRight[] {
  return [...READING, ...(mode === 'reconcile' ? WRITING : TRIGGERING)];
}
