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

import { Authorizer } from '../rbac/Authorizer';
import { Json } from '../schema/json';
import { accessReview } from '../builtin/schemas/policy';
import { invalid } from '../errors/FieldError';
import { invalidObject } from '../errors/StatusError';
import { timestamp } from '../service/ApiContext';
import { Schema } from '../schema/Schema';
import { User } from '../resources/ResourceType';

/** A resource that only answers questions: a create that stores nothing. */
export interface VirtualType {
  group: string;
  version: string;
  kind: string;
  plural: string;
  namespaced?: boolean;
  schema: Schema;
  answer: (
    question: Json,
    asked: { user: User; authorizer: Authorizer },
  ) => Json;
}

const group = 'authorization.k8s.io';
const version = 'v1';

function decide(spec: Json, user: User, authorizer: Authorizer) {
  const { resourceAttributes: asked, nonResourceAttributes: path } = spec;
  if (!asked === !path) {
    throw invalidObject({ group, kind: '' }, '', [
      invalid(
        'spec.resourceAttributes',
        asked ?? null,
        'exactly one of nonResourceAttributes or resourceAttributes must be specified',
      ),
    ]);
  }
  return authorizer.decide({
    user,
    verb: asked?.verb ?? path?.verb ?? '',
    group: asked?.group,
    resource: asked?.resource,
    subresource: asked?.subresource,
    namespace: asked?.namespace,
    name: asked?.name,
    path: path?.path,
  });
}

function reviewOf(
  kind: string,
  plural: string,
  namespaced = false,
): VirtualType {
  const isSelf = kind.startsWith('Self');
  return {
    group,
    version,
    kind,
    plural,
    namespaced,
    schema: accessReview(kind),
    answer: (question, { user, authorizer }) => {
      const spec: Json = question.spec ?? {};
      const subject = isSelf
        ? user
        : { name: spec.user ?? '', groups: spec.groups ?? [] };
      return { ...question, status: decide(spec, subject, authorizer) };
    },
  };
}

/** Access reviews and "who am I". */
export const virtualTypes: VirtualType[] = [
  reviewOf('LocalSubjectAccessReview', 'localsubjectaccessreviews', true),
  reviewOf('SelfSubjectAccessReview', 'selfsubjectaccessreviews'),
  reviewOf('SubjectAccessReview', 'subjectaccessreviews'),
  {
    group,
    version,
    kind: 'SelfSubjectRulesReview',
    plural: 'selfsubjectrulesreviews',
    schema: accessReview('SelfSubjectRulesReview'),
    answer: (question, { user, authorizer }) => {
      const rules = user.groups.includes('system:masters')
        ? [
            { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
            { verbs: ['*'], nonResourceURLs: ['*'] },
          ]
        : authorizer.rulesFor(user, question.spec?.namespace);
      return {
        ...question,
        spec: {},
        status: {
          resourceRules: rules.filter(rule => rule.resources),
          nonResourceRules: rules.filter(rule => rule.nonResourceURLs),
          incomplete: false,
        },
      };
    },
  },
  {
    group: 'authentication.k8s.io',
    version,
    kind: 'SelfSubjectReview',
    plural: 'selfsubjectreviews',
    schema: accessReview('SelfSubjectReview'),
    answer: (question, { user }) => ({
      ...question,
      metadata: { creationTimestamp: timestamp() },
      status: {
        userInfo: {
          username: user.name,
          ...(user.uid && { uid: user.uid }),
          groups: user.groups,
        },
      },
    }),
  },
];
