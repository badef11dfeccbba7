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

import { KubeObject } from '../ClusterApi';
import { forbidden } from '../errors/StatusError';
import { ResourceType, WriteOptions } from '../resources/ResourceType';
import { Json } from '../schema/json';
import { AdmissionPlugin } from '../service/ApiContext';
import { Store } from '../store/Store';
import { baselineViolations, restrictedViolations } from './podSecurityChecks';

const LABEL = 'pod-security.kubernetes.io/';
const WORKLOADS = [
  'Job',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
];

const CHECKS: Record<string, (spec: Json) => string[]> = {
  baseline: baselineViolations,
  restricted: restrictedViolations,
};

/** Pod Security: what the labels of the namespace enforce for Pods, and warn of for workloads too. */
export function podSecurity(store: Store): AdmissionPlugin {
  const check = (
    type: ResourceType,
    object: KubeObject,
    options: WriteOptions,
  ) => {
    const isPod = type.kind === 'Pod';
    if (!type.builtIn || (!isPod && !WORKLOADS.includes(type.kind))) return;
    const spec: Json | undefined = isPod
      ? object.spec
      : object.spec?.template?.spec;
    const labels = store
      .collection('/namespaces')
      .get(undefined, object.metadata.namespace ?? '')?.metadata.labels;
    if (!labels || !spec) return;
    const enforced = labels[`${LABEL}enforce`];
    if (isPod && enforced) {
      const problem = violations(enforced, spec);
      if (problem) {
        throw forbidden(
          type,
          object.metadata.name,
          violationText(enforced, labels, 'enforce', problem),
        );
      }
    }
    const warned = labels[`${LABEL}warn`] ?? (isPod ? undefined : enforced);
    const problem = warned && violations(warned, spec);
    if (problem) {
      const mode = labels[`${LABEL}warn`] ? 'warn' : 'enforce';
      options.warn(
        `would ${violationText(warned, labels, mode, problem).replace(
          /^violates/,
          'violate',
        )}`,
      );
    }
  };
  return { create: check };
}

function violations(level: string, spec: Json): string {
  return (CHECKS[level]?.(spec) ?? []).join(', ');
}

function violationText(
  level: string,
  labels: Record<string, string>,
  mode: string,
  problem: string,
): string {
  const version = labels[`${LABEL}${mode}-version`] ?? 'latest';
  return `violates PodSecurity "${level}:${version}": ${problem}`;
}
