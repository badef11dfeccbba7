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

import { templateGeneration } from '../../builtin/apps/daemonSet';
import { KubeObject, NewObject } from '../../ClusterApi';
import { podFromTemplate } from '../workload/podFromTemplate';
import { untoleratedTaint, wantsNode } from '../scheduler/nodeAffinity';

/** Label that carries the hash of a Pod's template. */
export const HASH_LABEL = 'controller-revision-hash';
const GENERATION_LABEL = 'pod-template-generation';

/** States of a node that a daemon's Pod puts up with. */
const TOLERATIONS = [
  { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/pid-pressure', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
].map(toleration => ({ ...toleration, operator: 'Exists' }));

/** The Pod of a DaemonSet on one node. */
export function daemonPod(
  set: KubeObject,
  hash: string,
  node: string,
): NewObject {
  const pod = podFromTemplate(set, set.spec.template, {
    generateName: `${set.metadata.name}-`,
    labels: {
      [HASH_LABEL]: hash,
      [GENERATION_LABEL]: String(templateGeneration(set)),
    },
  });
  const { affinity, tolerations = [] } = pod.spec;
  const onNode = { key: 'metadata.name', operator: 'In', values: [node] };
  return {
    ...pod,
    spec: {
      ...pod.spec,
      affinity: {
        ...affinity,
        nodeAffinity: {
          ...affinity?.nodeAffinity,
          // What the template asks for was looked at when the node was chosen.
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchFields: [onNode] }],
          },
        },
      },
      tolerations: [...tolerations, ...TOLERATIONS],
    },
  };
}

/** The node that a Pod is on, or is meant for. */
export function nodeOf({ spec }: KubeObject): string | undefined {
  const terms: any[] =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      ?.nodeSelectorTerms ?? [];
  const meant = terms
    .flatMap(({ matchFields = [] }) => matchFields)
    .find(({ key }) => key === 'metadata.name');
  return spec.nodeName ?? meant?.values?.[0];
}

/** Whether the DaemonSet wants a Pod on this node. */
export function runsOn(set: KubeObject, node: KubeObject): boolean {
  const { spec } = set.spec.template;
  const tolerations = [...(spec.tolerations ?? []), ...TOLERATIONS];
  const pod = { ...set, spec: { ...spec, tolerations } };
  return wantsNode(pod, node) && !untoleratedTaint(pod, node);
}
