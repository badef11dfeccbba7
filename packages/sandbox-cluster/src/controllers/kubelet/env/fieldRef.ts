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

import { totalmem } from 'node:os';
import { KubeObject } from '../../../ClusterApi';
import { parseQuantity } from '../../common/quantity';
import { NODE_NAME } from '../../options';

/** Address of the node and of every Pod on it. */
export const LOCAL_IP = '127.0.0.1';

const FIELDS: Record<string, (pod: KubeObject) => string | undefined> = {
  'metadata.name': pod => pod.metadata.name,
  'metadata.namespace': pod => pod.metadata.namespace,
  'metadata.uid': pod => pod.metadata.uid,
  'metadata.labels': pod => mapText(pod.metadata.labels),
  'metadata.annotations': pod => mapText(pod.metadata.annotations),
  'spec.nodeName': pod => pod.spec.nodeName ?? NODE_NAME,
  'spec.serviceAccountName': pod => pod.spec.serviceAccountName,
  'status.hostIP': () => LOCAL_IP,
  'status.hostIPs': () => LOCAL_IP,
  'status.podIP': () => LOCAL_IP,
  'status.podIPs': () => LOCAL_IP,
};

/** Value of a field of the Pod for the downward API; empty when it has none. */
export function fieldValue(pod: KubeObject, fieldPath: string): string {
  const entry = /^metadata\.(labels|annotations)\['([^']*)'\]$/.exec(fieldPath);
  if (entry) {
    const map = pod.metadata[entry[1] as 'labels' | 'annotations'];
    return map?.[entry[2]] ?? '';
  }
  return FIELDS[fieldPath]?.(pod) ?? '';
}

/** Value of a limit or request, divided and rounded up; without a limit what the node has. */
export function resourceValue(
  pod: KubeObject,
  container: any,
  { containerName, resource, divisor }: any,
): string {
  const named = [
    ...(pod.spec.containers ?? []),
    ...(pod.spec.initContainers ?? []),
  ].find(({ name }: any) => name === containerName);
  const [kind, name] = String(resource).split('.');
  const found = (named ?? container)?.resources?.[kind]?.[name];
  const unlimited = name === 'memory' ? totalmem() : 1;
  const value = found === undefined ? unlimited : parseQuantity(found);
  return String(Math.ceil(value / (parseQuantity(divisor) || 1)));
}

function mapText(map: Record<string, string> | undefined): string {
  return Object.entries(map ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n');
}
