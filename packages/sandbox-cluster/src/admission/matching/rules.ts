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

import { Json } from '../../schema/json';
import { AdmissionWrite } from './AdmissionWrite';

/** Whether one of the rules names the write's operation, group, version, resource and scope. */
export function anyRuleMatches(
  rules: readonly Json[] | undefined,
  write: AdmissionWrite,
): boolean {
  return (rules ?? []).some(rule => ruleMatches(rule, write));
}

function ruleMatches(rule: Json, write: AdmissionWrite): boolean {
  const { type, operation } = write;
  return (
    has(rule.operations, operation) &&
    has(rule.apiGroups, type.group) &&
    has(rule.apiVersions, type.version) &&
    scopeMatches(rule.scope, type.namespaced) &&
    (rule.resources ?? []).some((pattern: string) =>
      resourceMatches(pattern, type.plural, write.subresource),
    ) &&
    (!rule.resourceNames?.length || rule.resourceNames.includes(write.name))
  );
}

function has(list: readonly string[] | undefined, value: string): boolean {
  return !!list?.some(item => item === '*' || item === value);
}

function scopeMatches(scope: string | undefined, namespaced: boolean) {
  if (!scope || scope === '*') return true;
  return namespaced === (scope === 'Namespaced');
}

// pods, pods/status, pods/*, *, */status and */*.
function resourceMatches(
  pattern: string,
  plural: string,
  subresource = '',
): boolean {
  const [resource, sub = ''] = pattern.split('/');
  if (resource !== '*' && resource !== plural) return false;
  return sub === '*' || sub === subresource;
}
