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
  duplicate,
  FieldError,
  forbiddenField,
  invalid,
  notSupported,
  required,
} from '../errors/FieldError';
import { Json } from '../schema/json';
import { labelProblems, subdomainProblems } from '../service/names';
import { validateContainer } from './validateContainer';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = [
  'ClusterFirstWithHostNet',
  'ClusterFirst',
  'Default',
  'None',
];

/** What is wrong with a Pod spec, at a path such as `spec` or `spec.template.spec`. */
export function validatePodSpec(spec: Json, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const volumes = new Set<string>();
  (spec.volumes ?? []).forEach((volume: Json, index: number) => {
    const at = `${path}.volumes[${index}]`;
    errors.push(...validateName(volume.name, `${at}.name`, volumes));
    errors.push(...validateVolumeSource(volume, at));
  });
  const names = new Set<string>();
  if (!spec.containers?.length) errors.push(required(`${path}.containers`));
  for (const list of ['containers', 'initContainers']) {
    (spec[list] ?? []).forEach((container: Json, index: number) => {
      const at = `${path}.${list}[${index}]`;
      errors.push(...validateName(container.name, `${at}.name`, names));
      errors.push(...validateContainer(container, at, volumes));
    });
  }
  if (!RESTART_POLICIES.includes(spec.restartPolicy)) {
    errors.push(
      notSupported(
        `${path}.restartPolicy`,
        spec.restartPolicy,
        RESTART_POLICIES,
      ),
    );
  }
  if (!DNS_POLICIES.includes(spec.dnsPolicy)) {
    errors.push(
      notSupported(`${path}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES),
    );
  }
  if (
    spec.activeDeadlineSeconds !== undefined &&
    !(
      spec.activeDeadlineSeconds >= 1 &&
      spec.activeDeadlineSeconds <= 2147483647
    )
  ) {
    errors.push(
      invalid(
        `${path}.activeDeadlineSeconds`,
        spec.activeDeadlineSeconds,
        'must be between 1 and 2147483647, inclusive',
      ),
    );
  }
  if (spec.terminationGracePeriodSeconds < 0) {
    errors.push(
      invalid(
        `${path}.terminationGracePeriodSeconds`,
        spec.terminationGracePeriodSeconds,
        'must be greater than or equal to 0',
      ),
    );
  }
  if (spec.serviceAccountName) {
    errors.push(
      ...subdomainProblems(spec.serviceAccountName).map(problem =>
        invalid(`${path}.serviceAccountName`, spec.serviceAccountName, problem),
      ),
    );
  }
  return errors;
}

function validateName(
  name: string | undefined,
  at: string,
  seen: Set<string>,
): FieldError[] {
  if (!name) return [required(at)];
  const problems = labelProblems(name);
  if (problems.length) return problems.map(p => invalid(at, name, p));
  if (seen.has(name)) return [duplicate(at, name)];
  seen.add(name);
  return [];
}

function validateVolumeSource(volume: Json, at: string): FieldError[] {
  const sources = Object.keys(volume).filter(key => key !== 'name');
  const errors: FieldError[] = sources
    .slice(1)
    .map(source =>
      forbiddenField(
        `${at}.${source}`,
        'may not specify more than 1 volume type',
      ),
    );
  if (volume.configMap && !volume.configMap.name) {
    errors.push(required(`${at}.configMap.name`));
  }
  if (volume.secret && !volume.secret.secretName) {
    errors.push(required(`${at}.secret.secretName`));
  }
  const claim = volume.persistentVolumeClaim;
  if (claim && !claim.claimName) {
    errors.push(required(`${at}.persistentVolumeClaim.claimName`));
  }
  return errors;
}
