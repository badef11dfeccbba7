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

import type { ClusterHealth } from 'backstage-plugin-keptn-tasks-common';
import type { ClusterClient } from '../cluster/ClusterClient';
import type { KeptnTaskDefinition } from '../domain/resources';

/** What the service needs of the work on a cluster. Only `client` talks to it; the rest is answered from caches. */
export interface TaskCluster {
  name: string;
  title?: string;
  mode: 'reconcile' | 'observe';
  /** Where definitions are that every namespace shares. */
  keptnNamespace: string;
  client: Pick<ClusterClient, 'get' | 'create' | 'patch'>;
  /** Whether the definitions have been read; those of a cluster that was just started, or is away, may not be. */
  definitionsKnown(): boolean;
  listDefinitions(namespace: string): KeptnTaskDefinition[];
  getDefinition(
    namespace: string,
    name: string,
  ): KeptnTaskDefinition | undefined;
  health(): ClusterHealth;
}

/** The configured clusters. */
export interface TaskClusters {
  get(name: string): TaskCluster | undefined;
  list(): TaskCluster[];
}
