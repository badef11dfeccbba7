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

/** Whether the node is one that the Pod's node selector and required node affinity ask for. */
export function wantsNode(pod: KubeObject, node: KubeObject): boolean {
  const labels = node.metadata.labels ?? {};
  const selector: Record<string, string> = pod.spec.nodeSelector ?? {};
  const selected = Object.entries(selector).every(
    ([key, value]) => labels[key] === value,
  );
  if (!selected) return false;
  const required =
    pod.spec.affinity?.nodeAffinity
      ?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!required) return true;
  return (required.nodeSelectorTerms ?? []).some((term: any) =>
    matchesTerm(term, node),
  );
}

function matchesTerm(
  { matchExpressions = [], matchFields = [] }: any,
  node: KubeObject,
): boolean {
  // A term that asks for nothing matches nothing.
  if (matchExpressions.length + matchFields.length === 0) return false;
  const labels = node.metadata.labels ?? {};
  const fields: Record<string, string> = {
    'metadata.name': node.metadata.name,
  };
  return (
    matchExpressions.every((rule: any) => matches(rule, labels[rule.key])) &&
    matchFields.every((rule: any) => matches(rule, fields[rule.key]))
  );
}

function matches(
  { operator, values = [] }: { operator: string; values?: string[] },
  actual: string | undefined,
): boolean {
  switch (operator) {
    case 'In':
      return actual !== undefined && values.includes(actual);
    case 'NotIn':
      return actual === undefined || !values.includes(actual);
    case 'Exists':
      return actual !== undefined;
    case 'DoesNotExist':
      return actual === undefined;
    case 'Gt':
      return Number(actual) > Number(values[0]);
    case 'Lt':
      return Number(actual) < Number(values[0]);
    default:
      return false;
  }
}

/** A taint that keeps Pods away and that this Pod does not tolerate, as `{key: value}`. */
export function untoleratedTaint(
  pod: KubeObject,
  node: KubeObject,
): string | undefined {
  const taints: any[] = node.spec?.taints ?? [];
  const taint = taints.find(
    ({ key, value = '', effect }) =>
      (effect === 'NoSchedule' || effect === 'NoExecute') &&
      !(pod.spec.tolerations ?? []).some(
        (tolerated: any) =>
          (!tolerated.effect || tolerated.effect === effect) &&
          (!tolerated.key || tolerated.key === key) &&
          (tolerated.operator === 'Exists' ||
            (tolerated.key === key && (tolerated.value ?? '') === value)),
      ),
  );
  return taint && `{${taint.key}: ${taint.value ?? ''}}`;
}
