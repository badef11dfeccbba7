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
import { MissingReferenceError, References } from '../env/References';
import { fieldValue, resourceValue } from '../env/fieldRef';

/** A file of a volume. */
export interface VolumeFile {
  path: string;
  content: Buffer;
  mode: number;
}

const DEFAULT_MODE = 0o644;

type Data = Map<string, Buffer> | undefined;

/**
 * The files of a volume whose content comes from the cluster; `undefined` for one that starts empty.
 * Throws `MissingReferenceError` with the kubelet's words.
 */
export function volumeContent(
  pod: KubeObject,
  volume: any,
  references: References,
): VolumeFile[] | undefined {
  if (volume.emptyDir) return undefined;
  if (volume.projected) {
    const mode = volume.projected.defaultMode ?? DEFAULT_MODE;
    return (volume.projected.sources ?? []).flatMap((source: any) =>
      sourceFiles(pod, source, mode, references),
    );
  }
  if (volume.secret) {
    const { secretName, ...secret } = volume.secret;
    const source = { secret: { ...secret, name: secretName } };
    return sourceFiles(pod, source, modeOf(secret), references);
  }
  if (volume.configMap || volume.downwardAPI) {
    const mode = modeOf(volume.configMap ?? volume.downwardAPI);
    return sourceFiles(pod, volume, mode, references);
  }
  const [type = 'volume'] = Object.keys(volume).filter(key => key !== 'name');
  throw new MissingReferenceError(
    `the sandbox cluster has no volumes of type ${type}`,
  );
}

function modeOf({ defaultMode }: any): number {
  return defaultMode ?? DEFAULT_MODE;
}

function sourceFiles(
  pod: KubeObject,
  { configMap, secret, downwardAPI }: any,
  mode: number,
  references: References,
): VolumeFile[] {
  const namespace = pod.metadata.namespace!;
  if (configMap) {
    const data = references.configMapFiles(namespace, configMap);
    return keyFiles(
      data,
      configMap,
      mode,
      'configmap references non-existent config key',
    );
  }
  if (secret) {
    const data = references.secret(namespace, secret);
    return keyFiles(data, secret, mode, 'references non-existent secret key');
  }
  if (downwardAPI) {
    return (downwardAPI.items ?? []).map((item: any) => ({
      path: item.path,
      content: Buffer.from(
        item.fieldRef
          ? fieldValue(pod, item.fieldRef.fieldPath)
          : resourceValue(pod, undefined, item.resourceFieldRef ?? {}),
      ),
      mode: item.mode ?? mode,
    }));
  }
  // Tokens of service accounts are not issued: a Pod of the sandbox does not talk to its API.
  return [];
}

function keyFiles(
  data: Data,
  { items, optional }: any,
  mode: number,
  complaint: string,
): VolumeFile[] {
  if (!items) {
    return [...(data ?? [])].map(([path, content]) => ({
      path,
      content,
      mode,
    }));
  }
  const files: VolumeFile[] = [];
  for (const item of items) {
    const content = data?.get(item.key);
    if (content) {
      files.push({ path: item.path, content, mode: item.mode ?? mode });
    } else if (!optional) {
      throw new MissingReferenceError(`${complaint}: ${item.key}`);
    }
  }
  return files;
}
