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

import { KubeObject } from '../../ClusterApi';

/** What the first matching rule of a Job's `podFailurePolicy` says about a failed Pod. */
export interface PolicyDecision {
  action: 'FailJob' | 'Ignore' | 'Count';
  /** For FailJob: message of the Job's condition. */
  message: string;
}

/** Applies the rules in order; `undefined` when there is no policy or none matches: the failure counts. */
export function decideByPolicy(
  job: KubeObject,
  pod: KubeObject,
): PolicyDecision | undefined {
  const rules: any[] = job.spec.podFailurePolicy?.rules ?? [];
  for (const [index, rule] of rules.entries()) {
    const where = `rule at index ${index}`;
    const message = rule.onExitCodes
      ? matchExitCodes(rule, pod, where)
      : matchConditions(rule, pod, where);
    if (message !== undefined) return { action: rule.action, message };
  }
  return undefined;
}

function matchExitCodes(
  { action, onExitCodes }: any,
  pod: KubeObject,
  where: string,
): string | undefined {
  const statuses = [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ];
  for (const status of statuses) {
    const exitCode = status.state?.terminated?.exitCode;
    const named =
      !onExitCodes.containerName || onExitCodes.containerName === status.name;
    if (!exitCode || !named) continue;
    const listed = onExitCodes.values.includes(exitCode);
    if (listed === (onExitCodes.operator === 'In')) {
      const { namespace, name } = pod.metadata;
      return `Container ${status.name} for pod ${namespace}/${name} failed with exit code ${exitCode} matching ${action} ${where}`;
    }
  }
  return undefined;
}

function matchConditions(
  { action, onPodConditions = [] }: any,
  pod: KubeObject,
  where: string,
): string | undefined {
  for (const condition of pod.status?.conditions ?? []) {
    const matches = onPodConditions.some(
      (pattern: any) =>
        pattern.type === condition.type &&
        (pattern.status ?? 'True') === condition.status,
    );
    if (matches) {
      const { namespace, name } = pod.metadata;
      return `Pod ${namespace}/${name} has condition ${condition.type} matching ${action} ${where}`;
    }
  }
  return undefined;
}
