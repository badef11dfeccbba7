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

import { ClusterApi } from '../../ClusterApi';
import { toSeconds } from '../common/time';
import { NODE_NAME, NodeSize } from '../options';
import { LOCAL_IP } from './env/fieldRef';

const KUBELET_VERSION = 'v1.36.2';

/** Large enough that plain processes are limited by `maxProcesses` and by nothing else. */
const DEFAULT_SIZE: NodeSize = { cpu: '256', memory: '1Ti', pods: '10000' };

const ARCHITECTURES: Record<string, string> = { x64: 'amd64' };

/** Makes the node known, or brings what is known of it up to date. */
export function registerNode(
  api: ClusterApi,
  size: Partial<NodeSize> = {},
): void {
  const nodes = api.resource('v1', 'Node');
  const architecture = ARCHITECTURES[process.arch] ?? process.arch;
  const labels = {
    'kubernetes.io/hostname': NODE_NAME,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': architecture,
  };
  const node =
    nodes.get(undefined, NODE_NAME) ??
    nodes.create({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: NODE_NAME, labels },
      spec: {},
    });
  const resources = { ...DEFAULT_SIZE, ...size };
  const now = toSeconds();
  nodes.updateStatus({
    ...node,
    status: {
      capacity: resources,
      allocatable: resources,
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          lastHeartbeatTime: now,
          lastTransitionTime: now,
          reason: 'KubeletReady',
          message: 'kubelet is posting ready status',
        },
      ],
      addresses: [
        { type: 'InternalIP', address: LOCAL_IP },
        { type: 'Hostname', address: NODE_NAME },
      ],
      nodeInfo: {
        architecture,
        operatingSystem: 'linux',
        osImage: 'Sandbox: Pods are local processes',
        kernelVersion: process.version,
        containerRuntimeVersion: 'process://1.0',
        kubeletVersion: KUBELET_VERSION,
        kubeProxyVersion: '',
        machineID: '',
        systemUUID: '',
        bootID: '',
      },
    },
  });
}
