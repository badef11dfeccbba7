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

import { ownerReference } from '../../ownership';
import { LIFECYCLE_API_VERSION } from '../../resources';
import { isWorkloadVersion, itemLabels } from '../taskManifest';
import type { TaskOrder } from '../taskManifest';
import type { KeptnEvaluation, KeptnEvaluationDefinition } from '../resources';

/** The KeptnEvaluation that a phase asks for, as patient as its definition says. */
export function evaluationManifest(
  order: Omit<TaskOrder, 'status' | 'carrier'>,
  definedBy: KeptnEvaluationDefinition | undefined,
): KeptnEvaluation {
  const { retries, retryInterval } = definedBy?.spec ?? {};
  const { version, checkType, definition, name, appVersion } = order;
  const about = isWorkloadVersion(version)
    ? {
        appName: version.spec.app,
        appVersion: appVersion ?? '',
        workload: version.spec.workloadName,
        workloadVersion: version.spec.version,
      }
    : {
        appName: version.spec.appName,
        appVersion: version.spec.version,
        workloadVersion: '',
      };
  return {
    apiVersion: LIFECYCLE_API_VERSION,
    kind: 'KeptnEvaluation',
    metadata: {
      name,
      namespace: version.metadata.namespace,
      labels: itemLabels(checkType, definition),
      ownerReferences: [ownerReference(version)],
    } as KeptnEvaluation['metadata'],
    spec: {
      ...about,
      evaluationDefinition: definition,
      checkType,
      ...(retries !== undefined && { retries }),
      ...(retryInterval !== undefined && { retryInterval }),
    },
  };
}
