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

import {
  anything,
  bool,
  int32,
  int64,
  listOf,
  quantity,
  str,
  struct,
} from '../../schema/dsl';

const keyToPath = struct('KeyToPath', { key: str, path: str, mode: int32 });
const items = listOf(keyToPath);

const downwardItem = struct('DownwardAPIVolumeFile', {
  path: str,
  fieldRef: struct('ObjectFieldSelector', { apiVersion: str, fieldPath: str }),
  resourceFieldRef: struct('ResourceFieldSelector', {
    containerName: str,
    resource: str,
    divisor: quantity,
  }),
  mode: int32,
});

const projection = struct('VolumeProjection', {
  secret: struct('SecretProjection', { name: str, items, optional: bool }),
  configMap: struct('ConfigMapProjection', {
    name: str,
    items,
    optional: bool,
  }),
  downwardAPI: struct('DownwardAPIProjection', { items: listOf(downwardItem) }),
  serviceAccountToken: struct('ServiceAccountTokenProjection', {
    audience: str,
    expirationSeconds: int64,
    path: str,
  }),
  clusterTrustBundle: anything,
});

/** A volume of a Pod; kinds of volumes that the sandbox cannot mount are accepted as they are. */
export const volume = struct('Volume', {
  name: str,
  emptyDir: struct('EmptyDirVolumeSource', {
    medium: str,
    sizeLimit: quantity,
  }),
  hostPath: struct('HostPathVolumeSource', { path: str, type: str }),
  configMap: struct('ConfigMapVolumeSource', {
    name: str,
    items,
    defaultMode: int32,
    optional: bool,
  }),
  secret: struct('SecretVolumeSource', {
    secretName: str,
    items,
    defaultMode: int32,
    optional: bool,
  }),
  projected: struct('ProjectedVolumeSource', {
    sources: listOf(projection),
    defaultMode: int32,
  }),
  downwardAPI: struct('DownwardAPIVolumeSource', {
    items: listOf(downwardItem),
    defaultMode: int32,
  }),
  persistentVolumeClaim: struct('PersistentVolumeClaimVolumeSource', {
    claimName: str,
    readOnly: bool,
  }),
  ephemeral: anything,
  csi: anything,
  nfs: anything,
  image: anything,
  iscsi: anything,
});
