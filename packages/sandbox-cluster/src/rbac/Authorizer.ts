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
import { StatusError } from '../errors/StatusError';
import { User } from '../resources/ResourceType';
import { Json } from '../schema/json';
import { Store } from '../store/Store';

const RBAC = 'rbac.authorization.k8s.io';

/** What someone wants to do. */
export interface AccessRequest {
  user: User;
  verb: string;
  group?: string;
  /** Plural; undefined for a path that is no resource. */
  resource?: string;
  subresource?: string;
  namespace?: string;
  name?: string;
  path?: string;
}

/** A rule that applies to a user, and through what. */
interface BoundRule {
  rule: Json;
  /** In the words of an access review. */
  reason: string;
}

/** Decides by the stored roles and bindings. Members of system:masters may do everything. */
export class Authorizer {
  constructor(private readonly store: Store) {}

  allows(request: AccessRequest): boolean {
    return this.decide(request).allowed;
  }

  /** The decision, and what it rests on when a role allows it. */
  decide(request: AccessRequest): { allowed: boolean; reason?: string } {
    const { user, namespace } = request;
    if (user.groups.includes('system:masters')) return { allowed: true };
    for (const { rule, reason } of this.boundRules(user, namespace)) {
      if (matches(rule, request)) return { allowed: true, reason };
    }
    return { allowed: false };
  }

  /** Every rule that applies to a user in a namespace. */
  rulesFor(user: User, namespace?: string): Json[] {
    return [...this.boundRules(user, namespace)].map(({ rule }) => rule);
  }

  private *boundRules(user: User, namespace?: string): Generator<BoundRule> {
    for (const binding of this.list('clusterrolebindings')) {
      yield* this.rulesOf(binding, user);
    }
    if (!namespace) return;
    for (const binding of this.list('rolebindings', namespace)) {
      yield* this.rulesOf(binding, user, namespace);
    }
  }

  private *rulesOf(
    binding: KubeObject,
    user: User,
    namespace?: string,
  ): Generator<BoundRule> {
    const subject = (binding.subjects ?? []).find((candidate: Json) =>
      isSubject(candidate, user, namespace),
    );
    if (!subject) return;
    const { kind, name } = binding.roleRef ?? {};
    const isCluster = kind === 'ClusterRole';
    const role = this.store
      .collection(`${RBAC}/${isCluster ? 'clusterroles' : 'roles'}`)
      .get(isCluster ? undefined : namespace, name ?? '');
    const where = namespace
      ? `${binding.metadata.name}/${namespace}`
      : binding.metadata.name;
    const reason = `RBAC: allowed by ${
      binding.kind
    } "${where}" of ${kind} "${name}" to ${subject.kind} "${subject.name}${
      subject.namespace ? `/${subject.namespace}` : ''
    }"`;
    for (const rule of role?.rules ?? []) yield { rule, reason };
  }

  private list(plural: string, namespace?: string): readonly KubeObject[] {
    return this.store.collection(`${RBAC}/${plural}`).list(namespace);
  }
}

function isSubject(subject: Json, user: User, namespace?: string): boolean {
  switch (subject.kind) {
    case 'User':
      return subject.name === user.name;
    case 'Group':
      return user.groups.includes(subject.name);
    default:
      return (
        user.name ===
        `system:serviceaccount:${subject.namespace ?? namespace}:${
          subject.name
        }`
      );
  }
}

function matches(rule: Json, request: AccessRequest): boolean {
  const has = (list: string[] | undefined, value: string) =>
    !!list && (list.includes('*') || list.includes(value));
  if (!has(rule.verbs, request.verb)) return false;
  if (!request.resource) {
    return (rule.nonResourceURLs ?? []).some(
      (url: string) =>
        url === request.path ||
        (url.endsWith('*') && request.path?.startsWith(url.slice(0, -1))),
    );
  }
  const resource = request.subresource
    ? `${request.resource}/${request.subresource}`
    : request.resource;
  const resources: string[] = rule.resources ?? [];
  const matchesResource =
    has(resources, resource) ||
    (!!request.subresource && resources.includes(`*/${request.subresource}`));
  if (!matchesResource || !has(rule.apiGroups, request.group ?? ''))
    return false;
  const names: string[] = rule.resourceNames ?? [];
  return names.length === 0 || (!!request.name && names.includes(request.name));
}

/** The 403 with the words of the API server. */
export function refusal(request: AccessRequest): StatusError {
  const { user, verb, group, resource, subresource, namespace, name, path } =
    request;
  if (!resource) {
    return new StatusError(
      403,
      'Forbidden',
      `forbidden: User "${user.name}" cannot ${verb} path "${path}"`,
      {},
    );
  }
  const qualified = group ? `${resource}.${group}` : resource;
  const full = subresource ? `${resource}/${subresource}` : resource;
  const scope = namespace
    ? ` in the namespace "${namespace}"`
    : ' at the cluster scope';
  const subject = name ? `${qualified} "${name}"` : qualified;
  return new StatusError(
    403,
    'Forbidden',
    `${subject} is forbidden: User "${
      user.name
    }" cannot ${verb} resource "${full}" in API group "${group ?? ''}"${scope}`,
    {
      ...(name && { name }),
      ...(group && { group }),
      kind: resource,
    },
  );
}
