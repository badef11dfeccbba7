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

import type { NewObject } from 'sandbox-cluster';

const schema = {
  openAPIV3Schema: {
    type: 'object',
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: {
        type: 'object',
        required: ['fetchIntervalSeconds', 'provider', 'query'],
        properties: {
          fetchIntervalSeconds: { type: 'integer' },
          provider: {
            type: 'object',
            required: ['name'],
            properties: { name: { type: 'string' } },
          },
          query: { type: 'string' },
        },
      },
      status: {
        type: 'object',
        properties: {
          value: { type: 'string' },
          rawValue: { type: 'string', format: 'byte' },
          lastUpdated: { type: 'string', format: 'date-time' },
          errMsg: { type: 'string' },
        },
      },
    },
  },
};

/** What the metrics operator installs, as far as evaluations read it. */
export const keptnMetricCrd: NewObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'keptnmetrics.metrics.keptn.sh' },
  spec: {
    group: 'metrics.keptn.sh',
    names: {
      kind: 'KeptnMetric',
      listKind: 'KeptnMetricList',
      plural: 'keptnmetrics',
      singular: 'keptnmetric',
    },
    scope: 'Namespaced',
    conversion: { strategy: 'None' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema,
      },
    ],
  },
};
