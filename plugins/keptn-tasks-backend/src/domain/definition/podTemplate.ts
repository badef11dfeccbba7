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

import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import { parse } from 'yaml';

/** The part of a PodSpec that may be set from outside. Lists replace, maps are merged, `null` removes. */
export type PodTemplate = Partial<Pick<V1PodSpec, PodField>> & {
  /** At most one: what its runner's container gets on top. */
  containers?: Partial<Pick<V1Container, ContainerField | 'name'>>[];
};

const POD_FIELDS = [
  'affinity',
  'automountServiceAccountToken',
  'dnsConfig',
  'dnsPolicy',
  'enableServiceLinks',
  'hostAliases',
  'imagePullSecrets',
  'nodeSelector',
  'preemptionPolicy',
  'priorityClassName',
  'runtimeClassName',
  'schedulerName',
  'securityContext',
  'serviceAccountName',
  'terminationGracePeriodSeconds',
  'tolerations',
  'topologySpreadConstraints',
  'volumes',
] as const satisfies readonly (keyof V1PodSpec)[];
type PodField = (typeof POD_FIELDS)[number];

const CONTAINER_FIELDS = [
  'env',
  'envFrom',
  'imagePullPolicy',
  'resources',
  'securityContext',
  'volumeMounts',
] as const satisfies readonly (keyof V1Container)[];
type ContainerField = (typeof CONTAINER_FIELDS)[number];

const LISTS = new Set<string>([
  'env',
  'envFrom',
  'hostAliases',
  'imagePullSecrets',
  'tolerations',
  'topologySpreadConstraints',
  'volumeMounts',
  'volumes',
]);
const OBJECTS = new Set<string>([
  'affinity',
  'dnsConfig',
  'nodeSelector',
  'resources',
  'securityContext',
]);

/** A pod template, or a sentence that says what is wrong with it. */
export type ParsedPodTemplate =
  | { template: PodTemplate; problem?: undefined }
  | { template?: undefined; problem: string };

/** Reads a pod template from JSON or YAML; `where` names it in the sentence. */
export function parsePodTemplate(
  text: string,
  where: string,
): ParsedPodTemplate {
  try {
    return checkPodTemplate(parse(text), where);
  } catch (error) {
    const detail = error instanceof Error ? error.message.split('\n')[0] : '';
    return { problem: `${where} is neither JSON nor YAML: ${detail}` };
  }
}

/** Checks that a value is a pod template: only fields that may be set, each of the right shape. */
export function checkPodTemplate(
  value: unknown,
  where: string,
): ParsedPodTemplate {
  if (!isObject(value)) {
    return { problem: `${where} must be an object with fields of a PodSpec.` };
  }
  const problem =
    checkFields(value, [...POD_FIELDS, 'containers'], where) ??
    checkContainers(value.containers, where);
  return problem ? { problem } : { template: value as PodTemplate };
}

function checkContainers(containers: unknown, where: string) {
  if (containers === undefined || containers === null) {
    return undefined;
  }
  if (
    !Array.isArray(containers) ||
    containers.length > 1 ||
    !containers.every(isObject)
  ) {
    return `${where}.containers must be a list of at most one container: a task has one.`;
  }
  return containers.length
    ? checkFields(
        containers[0],
        ['name', ...CONTAINER_FIELDS],
        `${where}.containers[0]`,
      )
    : undefined;
}

function checkFields(
  value: Record<string, unknown>,
  allowed: readonly string[],
  where: string,
) {
  for (const [field, content] of Object.entries(value)) {
    if (!allowed.includes(field)) {
      return `${where}.${field} cannot be set; allowed are ${allowed.join(
        ', ',
      )}.`;
    }
    if (content === null) {
      continue;
    }
    if (LISTS.has(field) && !Array.isArray(content)) {
      return `${where}.${field} must be a list.`;
    }
    if (OBJECTS.has(field) && !isObject(content)) {
      return `${where}.${field} must be an object.`;
    }
  }
  return undefined;
}

/** A value with a patch merged into it, as JSON merge patch does: lists replace, `null` removes. */
export function mergePatch<T>(target: T, patch: unknown): T {
  if (!isObject(patch)) {
    return patch as T;
  }
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete merged[key];
    } else if (value !== undefined) {
      merged[key] = mergePatch(merged[key], value);
    }
  }
  return merged as T;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
