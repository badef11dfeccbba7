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

import { stringify } from 'yaml';
import { LIFECYCLE_API_VERSION } from '../resources';
import type { EffectiveDefinition } from './EffectiveDefinition';

/** A definition that runs the same without any reference, as YAML to read and to apply by hand. */
export function definitionSnapshot(effective: EffectiveDefinition): string {
  const { runner, code, container, parameters } = effective;
  const map = Object.fromEntries(parameters.map(p => [p.name, p.value]));
  const given = {
    parameters: parameters.length ? { map } : undefined,
    secureParameters: effective.secureParameters
      ? { secret: effective.secureParameters }
      : undefined,
    cmdParameters: effective.cmdParameters,
  };
  const spec = {
    ...(runner === 'container'
      ? { container }
      : { [runner]: { ...sourceOf(code), ...given } }),
    retries: effective.retries,
    timeout: effective.timeout,
    ttlSecondsAfterFinished: effective.ttlSecondsAfterFinished,
    serviceAccount: effective.serviceAccountName
      ? { name: effective.serviceAccountName }
      : undefined,
    automountServiceAccountToken:
      effective.automountServiceAccountToken === undefined
        ? undefined
        : { type: effective.automountServiceAccountToken },
    imagePullSecrets: effective.imagePullSecrets,
  };
  return stringify(
    withoutUndefined({
      apiVersion: LIFECYCLE_API_VERSION,
      kind: 'KeptnTaskDefinition',
      metadata: { name: effective.name, namespace: effective.namespace },
      spec,
    }),
    { lineWidth: 0 },
  );
}

function sourceOf(code: EffectiveDefinition['code']) {
  switch (code?.type) {
    case 'inline':
      return { inline: { code: code.code } };
    case 'config-map':
      return { configMapRef: { name: code.name } };
    case 'url':
      return { httpRef: { url: code.url } };
    default:
      return {};
  }
}

function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
