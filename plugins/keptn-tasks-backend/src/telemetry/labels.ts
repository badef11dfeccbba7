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

import type { Run } from 'backstage-plugin-keptn-tasks-common';
import type {
  KeptnAppVersion,
  KeptnEvaluation,
  KeptnWorkloadVersion,
} from '../domain/release/resources';
import type { KeptnTask } from '../domain/resources';

/** Names and values on measurements and spans; what has no value is left out. */
export type Labels = Record<string, string>;

/** OpenTelemetry's own name for it. One portal reports on many clusters. */
const CLUSTER = 'k8s.cluster.name';
const PREFIX = 'keptn.deployment.';

function labels(
  cluster: string,
  values: Record<string, string | undefined>,
): Labels {
  return {
    [CLUSTER]: cluster,
    ...Object.fromEntries(
      Object.entries(values)
        .filter((entry): entry is [string, string] => Boolean(entry[1]))
        .map(([key, value]) => [`${PREFIX}${key}`, value]),
    ),
  };
}

export function appLabels(
  cluster: string,
  { metadata, spec }: KeptnAppVersion,
  rest: Record<string, string | undefined> = {},
): Labels {
  return labels(cluster, {
    'app.name': spec.appName,
    'app.version': spec.version,
    'app.namespace': metadata.namespace,
    ...rest,
  });
}

export function workloadLabels(
  cluster: string,
  { metadata, spec }: KeptnWorkloadVersion,
  rest: Record<string, string | undefined> = {},
): Labels {
  return labels(cluster, {
    'app.name': spec.app,
    'workload.name': spec.workloadName,
    'workload.version': spec.version,
    'workload.namespace': metadata.namespace,
    ...rest,
  });
}

/** `task.name` is the definition's: the name of the task has a number in it that never comes again. */
export function runLabels({
  cluster,
  namespace,
  definition,
  context,
  phase,
  state,
}: Run): Labels {
  return labels(cluster, {
    'app.name': context?.appName,
    'app.version': context?.appVersion,
    'workload.name': context?.workloadName,
    'workload.version': context?.workloadVersion,
    'task.name': definition.name,
    'task.namespace': namespace,
    'task.type': phase === 'none' ? undefined : phase,
    'task.status': state,
  });
}

/** The same of a task that is under way. */
export function taskLabels(
  cluster: string,
  { metadata, spec }: KeptnTask,
): Labels {
  return labels(cluster, {
    'app.name': spec.context?.appName,
    'app.version': spec.context?.appVersion,
    'workload.name': spec.context?.workloadName,
    'workload.version': spec.context?.workloadVersion,
    'task.name': spec.taskDefinition,
    'task.namespace': metadata.namespace,
    'task.type': spec.checkType || spec.context?.taskType,
  });
}

export function evaluationLabels(
  cluster: string,
  { metadata, spec }: KeptnEvaluation,
  rest: Record<string, string | undefined> = {},
): Labels {
  return labels(cluster, {
    'app.name': spec.appName,
    'app.version': spec.appVersion,
    'workload.name': spec.workload,
    'workload.version': spec.workloadVersion,
    'evaluation.name': spec.evaluationDefinition,
    'evaluation.namespace': metadata.namespace,
    'evaluation.type': spec.checkType,
    ...rest,
  });
}

/** The same of one that is under way, as far as its version knows it. */
export function evaluationItemLabels(
  cluster: string,
  version: KeptnAppVersion | KeptnWorkloadVersion,
  item: { definition: string; type: string },
): Labels {
  const { metadata, spec } = version;
  return labels(cluster, {
    ...(version.kind === 'KeptnAppVersion'
      ? { 'app.name': version.spec.appName, 'app.version': spec.version }
      : {
          'app.name': version.spec.app,
          'workload.name': version.spec.workloadName,
          'workload.version': spec.version,
        }),
    'evaluation.name': item.definition,
    'evaluation.namespace': metadata.namespace,
    'evaluation.type': item.type,
  });
}
