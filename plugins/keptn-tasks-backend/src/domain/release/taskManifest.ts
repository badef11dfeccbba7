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

import {
  COMPONENT,
  COMPONENT_LABEL,
  labelValue,
  MANAGED_BY,
  MANAGED_BY_LABEL,
  PHASE_LABEL,
  TASK_DEFINITION_LABEL,
} from '../labels';
import { ownerReference } from '../ownership';
import type { KeptnTask, KeptnTaskContext } from '../resources';
import { LIFECYCLE_API_VERSION } from '../resources';
import type { CheckType, VersionObject, VersionStatus } from './phase/Phase';
import type { KeptnWorkloadVersion, TraceCarrier } from './resources';

/** What a task of a phase is made from. */
export interface TaskOrder {
  version: VersionObject;
  status: VersionStatus;
  checkType: CheckType;
  definition: string;
  name: string;
  /** Trace context of the phase. */
  carrier: TraceCarrier | undefined;
  /** Of the app that the workload is released with. */
  appVersion?: string;
}

/**
 * The KeptnTask that a phase asks for. Retries and timeout are those of its definition, and neither labels nor
 * annotations of the definition are copied: they may be keys by which delivery tools know what is theirs.
 */
export function taskManifest(order: TaskOrder): KeptnTask {
  const { version, checkType, definition, name } = order;
  return {
    apiVersion: LIFECYCLE_API_VERSION,
    kind: 'KeptnTask',
    metadata: {
      name,
      namespace: version.metadata.namespace,
      labels: itemLabels(checkType, definition),
      ownerReferences: [ownerReference(version)],
    } as KeptnTask['metadata'],
    spec: {
      taskDefinition: definition,
      checkType,
      context: taskContext(order),
    },
  };
}

/** Labels of what is made for an item of a phase. */
export function itemLabels(
  checkType: CheckType,
  definition: string,
): Record<string, string> {
  return {
    [MANAGED_BY_LABEL]: MANAGED_BY,
    [COMPONENT_LABEL]: COMPONENT,
    [TASK_DEFINITION_LABEL]: labelValue(definition),
    [PHASE_LABEL]: checkType,
  };
}

/** Whether a version is that of a workload. */
export function isWorkloadVersion(
  version: VersionObject,
): version is KeptnWorkloadVersion {
  return version.kind === 'KeptnWorkloadVersion';
}

/**
 * What the task is told. Metadata of the workload goes before that of its app, and the trace context of the phase
 * before both.
 */
function taskContext({
  version,
  status,
  checkType,
  carrier,
  appVersion,
}: TaskOrder): KeptnTaskContext {
  const metadata = {
    ...(isWorkloadVersion(version) ? status.appContextMetadata : undefined),
    ...version.spec.metadata,
    ...carrier,
  };
  const given = Object.keys(metadata).length > 0 ? { metadata } : {};
  return isWorkloadVersion(version)
    ? {
        appName: version.spec.app,
        appVersion: appVersion ?? '',
        workloadName: version.spec.workloadName,
        workloadVersion: version.spec.version,
        taskType: checkType,
        objectType: 'Workload',
        ...given,
      }
    : {
        appName: version.spec.appName,
        appVersion: version.spec.version,
        workloadName: '',
        workloadVersion: '',
        taskType: checkType,
        objectType: 'App',
        ...given,
      };
}
