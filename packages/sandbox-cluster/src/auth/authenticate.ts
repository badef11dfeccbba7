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

import { IncomingMessage } from 'node:http';
import { StatusError } from '../errors/StatusError';
import { User } from '../resources/ResourceType';

/** Who the tokens of the cluster stand for. */
export class Tokens {
  private readonly users = new Map<string, User>();

  add(token: string, user: User) {
    this.users.set(token, user);
  }

  find(token: string): User | undefined {
    return this.users.get(token);
  }
}

const anonymous: User = {
  name: 'system:anonymous',
  groups: ['system:unauthenticated'],
};

/** The user of a request, before impersonation. Throws a 401 for credentials that are not known. */
export function authenticate(request: IncomingMessage, tokens: Tokens): User {
  const { authorization } = request.headers;
  if (!authorization) return anonymous;
  const token = /^Bearer (.+)$/i.exec(authorization)?.[1];
  const user = token && tokens.find(token);
  if (!user) throw new StatusError(401, 'Unauthorized', 'Unauthorized');
  return { ...user, groups: [...user.groups, 'system:authenticated'] };
}

/** Whom the request asks to be treated as; undefined when it does not. */
export function impersonated(request: IncomingMessage): User | undefined {
  const name = first(request.headers['impersonate-user']);
  if (!name) return undefined;
  const group = request.headers['impersonate-group'];
  const groups = (Array.isArray(group) ? group.join(',') : group ?? '')
    .split(',')
    .map(text => text.trim())
    .filter(Boolean);
  if (name.startsWith('system:serviceaccount:') && groups.length === 0) {
    const [, , namespace] = name.split(':');
    groups.push(
      'system:serviceaccounts',
      `system:serviceaccounts:${namespace}`,
    );
  }
  if (!groups.includes('system:authenticated')) {
    groups.push('system:authenticated');
  }
  const uid = first(request.headers['impersonate-uid']);
  return { name, groups, ...(uid && { uid }) };
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
