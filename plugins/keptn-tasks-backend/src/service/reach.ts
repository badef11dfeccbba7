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

import { matchesPattern } from '../history/wildcard';

/** An annotation may say anything; what is no name must not match because it starts like one. */
const NAMESPACE_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Which entities may reach which namespaces of a cluster, as the configuration has it. */
export interface ClusterReach {
  cluster: string;
  title?: string;
  keptnNamespace: string;
  /** Path of the cluster in the configuration. */
  at: string;
  namespaces: NamespaceRule[];
}

export interface NamespaceRule {
  /** A name, in which `*` stands for anything. */
  name: string;
  /** Entity refs, in lower case. Everybody when absent. */
  owners?: string[];
  /** Names of definitions, in which `*` stands for anything. All when absent. */
  definitions?: string[];
}

/** What the rules of a namespace add up to for somebody. */
export type Allowance =
  | { allowed: true; definitions?: string[] }
  | { allowed: false; why: 'no-rule' | 'other-owners' };

/** Whether an entity with these owners may reach a namespace. Rules add up: the one that allows more counts. */
export function allowanceIn(
  reach: ClusterReach,
  namespace: string,
  owners: readonly string[],
): Allowance {
  const rules = reach.namespaces.filter(rule =>
    covers(rule, namespace, reach.keptnNamespace),
  );
  if (rules.length === 0) return { allowed: false, why: 'no-rule' };
  const open = rules.filter(
    rule => !rule.owners || rule.owners.some(owner => owners.includes(owner)),
  );
  if (open.length === 0) return { allowed: false, why: 'other-owners' };
  return {
    allowed: true,
    definitions: open.every(rule => rule.definitions)
      ? open.flatMap(rule => rule.definitions!)
      : undefined,
  };
}

/** A wildcard is meant for the namespaces of teams, not for those that run the cluster. */
function covers(
  rule: NamespaceRule,
  namespace: string,
  keptnNamespace: string,
): boolean {
  if (rule.name === namespace) return true;
  if (
    namespace === keptnNamespace ||
    namespace.startsWith('kube-') ||
    !NAMESPACE_NAME.test(namespace)
  ) {
    return false;
  }
  return matchesPattern(rule.name, namespace);
}
