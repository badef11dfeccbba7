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

import { Json } from '../schema/json';

/** The defaults of a Pod spec, also inside templates. Works in place. */
export function setPodSpecDefaults(spec: Json) {
  spec.restartPolicy ??= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.securityContext ??= {};
  spec.schedulerName ??= 'default-scheduler';
  if (spec.serviceAccountName) spec.serviceAccount = spec.serviceAccountName;
  else if (spec.serviceAccount) spec.serviceAccountName = spec.serviceAccount;
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const container of spec[list] ?? []) setContainerDefaults(container);
  }
  for (const volume of spec.volumes ?? []) setVolumeDefaults(volume);
}

function setContainerDefaults(container: Json) {
  container.resources ??= {};
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  container.imagePullPolicy ??= defaultPullPolicy(container.image ?? '');
  for (const port of container.ports ?? []) port.protocol ??= 'TCP';
  for (const entry of container.env ?? []) {
    const fieldRef = entry.valueFrom?.fieldRef;
    if (fieldRef) fieldRef.apiVersion ??= 'v1';
    const resourceRef = entry.valueFrom?.resourceFieldRef;
    if (resourceRef) resourceRef.divisor ??= '0';
  }
  const { limits, requests } = container.resources;
  if (limits) {
    container.resources.requests = { ...limits, ...requests };
  }
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = container[name];
    if (!probe) continue;
    probe.timeoutSeconds ??= 1;
    probe.periodSeconds ??= 10;
    probe.successThreshold ??= 1;
    probe.failureThreshold ??= 3;
    if (probe.httpGet) {
      probe.httpGet.scheme ??= 'HTTP';
      probe.httpGet.path ??= '/';
    }
  }
}

function setVolumeDefaults(volume: Json) {
  if (Object.keys(volume).every(key => key === 'name')) volume.emptyDir = {};
  for (const kind of ['configMap', 'secret', 'projected', 'downwardAPI']) {
    if (volume[kind]) volume[kind].defaultMode ??= 420;
  }
  for (const source of volume.projected?.sources ?? []) {
    const token = source.serviceAccountToken;
    if (token) token.expirationSeconds ??= 3600;
  }
  const items = [
    ...(volume.downwardAPI?.items ?? []),
    ...(volume.projected?.sources ?? []).flatMap(
      (source: Json) => source.downwardAPI?.items ?? [],
    ),
  ];
  for (const item of items) {
    if (item.fieldRef) item.fieldRef.apiVersion ??= 'v1';
  }
  if (volume.hostPath) volume.hostPath.type ??= '';
}

function defaultPullPolicy(image: string): string {
  const name = image.split('/').pop() ?? '';
  const hasTag = name.includes(':') || name.includes('@');
  return !hasTag || name.endsWith(':latest') ? 'Always' : 'IfNotPresent';
}
