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

import type { Finding } from './Finding';

const PATTERNS: {
  pattern: RegExp;
  reason: string;
  sentence: (match: RegExpMatchArray, namespace: string) => string;
}[] = [
  {
    pattern: /couldn't find key (\S+) in Secret ([^\s/]+)\/(\S+)/,
    reason: 'SecretKeyMissing',
    sentence: ([, key, namespace, name]) =>
      `Secret ${namespace}/${name} has no key "${key}"; add it, or name another Secret in secureParameters.`,
  },
  {
    pattern: /couldn't find key (\S+) in ConfigMap ([^\s/]+)\/(\S+)/,
    reason: 'ConfigMapKeyMissing',
    sentence: ([, key, namespace, name]) =>
      `ConfigMap ${namespace}/${name} has no key "${key}"; add it.`,
  },
  {
    pattern: /references non-existent secret key: (\S+)/,
    reason: 'SecretKeyMissing',
    sentence: ([, key]) =>
      `A Secret that the task mounts has no key "${key}"; add it.`,
  },
  {
    pattern: /references non-existent config key: (\S+)/,
    reason: 'ConfigMapKeyMissing',
    sentence: ([, key]) =>
      `A ConfigMap that the task mounts has no key "${key}"; add it.`,
  },
  {
    pattern: /service ?account "([^"]+)" not found/i,
    reason: 'ServiceAccountMissing',
    sentence: ([, name], namespace) =>
      `ServiceAccount ${namespace}/${name} does not exist; create it, or name another one in the definition.`,
  },
  {
    pattern: /secrets? "([^"]+)" not found/i,
    reason: 'SecretMissing',
    sentence: ([, name], namespace) =>
      `Secret ${namespace}/${name} does not exist; create it, or name another one.`,
  },
  {
    pattern: /configmaps? "([^"]+)" not found/i,
    reason: 'ConfigMapMissing',
    sentence: ([, name], namespace) =>
      `ConfigMap ${namespace}/${name} does not exist; create it, or name another one.`,
  },
];

/** Reads from the words of Kubernetes which object, or which key in it, a Pod would need and does not find. */
export function missingObject(
  text: string,
  namespace: string,
): Finding | undefined {
  for (const { pattern, reason, sentence } of PATTERNS) {
    const match = text.match(pattern);
    if (match) {
      return { reason, message: sentence(match, namespace) };
    }
  }
  return undefined;
}
