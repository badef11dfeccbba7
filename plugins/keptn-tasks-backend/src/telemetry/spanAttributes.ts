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

import type { VersionObject } from '../controllers/release/ReleaseTelemetry';
import type { KeptnEvaluation } from '../domain/release/resources';
import type { KeptnTask } from '../domain/resources';
import type { Labels } from './labels';
import {
  appLabels,
  evaluationLabels,
  taskLabels,
  workloadLabels,
} from './labels';

/** They say where a span is, not what it is about. */
const PROPAGATION = ['traceparent', 'tracestate', 'baggage'];

/** What a version is, and all of its metadata, under the names that they have there. */
export function versionAttributes(
  cluster: string,
  version: VersionObject,
): Labels {
  return version.kind === 'KeptnAppVersion'
    ? { ...metadata(version.spec.metadata), ...appLabels(cluster, version) }
    : {
        ...metadata(version.status?.appContextMetadata),
        ...metadata(version.spec.metadata),
        ...workloadLabels(cluster, version),
      };
}

/** The same of a task or evaluation. On a span, `name` is that of the object. */
export function itemAttributes(
  cluster: string,
  item: KeptnTask | KeptnEvaluation,
): Labels {
  return item.kind === 'KeptnTask'
    ? {
        ...metadata(item.spec.context?.metadata),
        ...taskLabels(cluster, item),
        'keptn.deployment.task.name': item.metadata.name,
        'keptn.deployment.task.definition': item.spec.taskDefinition,
      }
    : {
        ...evaluationLabels(cluster, item),
        'keptn.deployment.evaluation.name': item.metadata.name,
        'keptn.deployment.evaluation.definition':
          item.spec.evaluationDefinition,
      };
}

function metadata(values: Record<string, string> | undefined): Labels {
  return Object.fromEntries(
    Object.entries(values ?? {}).filter(([key]) => !PROPAGATION.includes(key)),
  );
}
