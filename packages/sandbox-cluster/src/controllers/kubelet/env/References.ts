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

import { ClusterApi, KubeObject, ResourceClient } from '../../../ClusterApi';

/** A container's configuration names something that is not there: the kubelet's words about it. */
export class MissingReferenceError extends Error {}

/** Reads the ConfigMaps and Secrets that a Pod refers to. */
export class References {
  private readonly configMaps: ResourceClient;

  private readonly secrets: ResourceClient;

  constructor(api: ClusterApi) {
    this.configMaps = api.resource('v1', 'ConfigMap');
    this.secrets = api.resource('v1', 'Secret');
  }

  /** Texts of a ConfigMap, for the environment; `undefined` when it is optional and missing. */
  configMapTexts(namespace: string, ref: any) {
    const found = this.configMap(namespace, ref);
    return found && texts(found);
  }

  /** Everything in a ConfigMap, for files; `undefined` when it is optional and missing. */
  configMapFiles(namespace: string, ref: any) {
    const found = this.configMap(namespace, ref);
    return found && new Map([...texts(found), ...decoded(found.binaryData)]);
  }

  private configMap(
    namespace: string,
    { name, optional }: any,
  ): KubeObject | undefined {
    const found = this.configMaps.get(namespace, name);
    if (found || optional) return found;
    throw new MissingReferenceError(`configmap "${name}" not found`);
  }

  /** Everything in a Secret; `undefined` when it is optional and missing. */
  secret(namespace: string, { name, optional }: any) {
    const found = this.secrets.get(namespace, name);
    if (found) return decoded(found.data);
    if (optional) return undefined;
    throw new MissingReferenceError(`secret "${name}" not found`);
  }

  /** One key, for an environment variable. */
  key(
    kind: 'ConfigMap' | 'Secret',
    namespace: string,
    ref: any,
  ): string | undefined {
    const data =
      kind === 'Secret'
        ? this.secret(namespace, ref)
        : this.configMapTexts(namespace, ref);
    const value = data?.get(ref.key);
    if (value) return value.toString('utf8');
    if (ref.optional) return undefined;
    throw new MissingReferenceError(
      `couldn't find key ${ref.key} in ${kind} ${namespace}/${ref.name}`,
    );
  }
}

function texts({ data }: KubeObject): Map<string, Buffer> {
  return new Map(
    Object.entries(data ?? {}).map(
      ([key, value]) => [key, Buffer.from(value as string)] as const,
    ),
  );
}

function decoded(data: Record<string, string> | undefined) {
  return new Map(
    Object.entries(data ?? {}).map(
      ([key, value]) => [key, Buffer.from(value, 'base64')] as const,
    ),
  );
}
