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

import { KubeObject } from '../../../ClusterApi';
import { References } from './References';
import { expand } from './expand';
import { fieldValue, resourceValue } from './fieldRef';

/**
 * The variables that a container's `envFrom` and `env` name, in order: later ones win and may refer to
 * earlier ones. Throws `MissingReferenceError`.
 */
export function containerEnv(
  pod: KubeObject,
  container: any,
  references: References,
): Record<string, string> {
  const namespace = pod.metadata.namespace!;
  const env: Record<string, string> = {};
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ??
    []) {
    const data = configMapRef
      ? references.configMapTexts(namespace, configMapRef)
      : references.secret(namespace, secretRef);
    for (const [key, value] of data ?? []) {
      env[prefix + key] = value.toString('utf8');
    }
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    const found = valueFrom
      ? fromSource(pod, container, valueFrom, references)
      : expand(value ?? '', env);
    if (found !== undefined) env[name] = found;
  }
  return env;
}

function fromSource(
  pod: KubeObject,
  container: any,
  source: any,
  references: References,
): string | undefined {
  const namespace = pod.metadata.namespace!;
  if (source.secretKeyRef) {
    return references.key('Secret', namespace, source.secretKeyRef);
  }
  if (source.configMapKeyRef) {
    return references.key('ConfigMap', namespace, source.configMapKeyRef);
  }
  if (source.fieldRef) return fieldValue(pod, source.fieldRef.fieldPath);
  if (source.resourceFieldRef) {
    return resourceValue(pod, container, source.resourceFieldRef);
  }
  return undefined;
}
