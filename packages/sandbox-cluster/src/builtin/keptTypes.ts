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

import { ResourceType } from '../resources/ResourceType';
import { anything } from '../schema/dsl';
import { define, Described } from './define';
import { resource } from './schemas/workloads';

/** Kinds that are kept for clients that list them, such as dashboards. Nothing here acts on them. */
function kept(
  group: string,
  version: string,
  described: Omit<Described, 'schema'>,
): ResourceType {
  const schema = resource(described.kind, anything, anything);
  return define(group, version, { ...described, schema });
}

/** Services, CronJobs and the like. */
export const keptTypes: ResourceType[] = [
  kept('', 'v1', {
    kind: 'LimitRange',
    plural: 'limitranges',
    shortNames: ['limits'],
  }),
  kept('', 'v1', {
    kind: 'Service',
    plural: 'services',
    shortNames: ['svc'],
    categories: ['all'],
    status: true,
  }),
  kept('autoscaling', 'v2', {
    kind: 'HorizontalPodAutoscaler',
    plural: 'horizontalpodautoscalers',
    shortNames: ['hpa'],
    categories: ['all'],
    status: true,
  }),
  kept('batch', 'v1', {
    kind: 'CronJob',
    plural: 'cronjobs',
    shortNames: ['cj'],
    categories: ['all'],
    status: true,
  }),
  kept('networking.k8s.io', 'v1', {
    kind: 'Ingress',
    plural: 'ingresses',
    shortNames: ['ing'],
    status: true,
  }),
];
