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

import { KubeObject } from '../../ClusterApi';
import { isReady } from '../job/podState';
import { isAvailable } from '../workload/availability';
import { byAge } from '../workload/byAge';
import { HASH_LABEL } from './daemonPod';
import { NodeView } from './plan';

/** The status of a DaemonSet: on each node its oldest Pod counts. */
export function daemonSetStatus(
  { spec, metadata, status }: KubeObject,
  nodes: NodeView[],
  hash: string,
): Record<string, unknown> {
  const wanted = nodes.filter(node => node.wanted);
  const placed = wanted.filter(({ pods }) => pods.length > 0);
  const first = placed.map(({ pods }) => [...pods].sort(byAge)[0]);
  const ready = first.filter(isReady);
  const available = ready.filter(pod => isAvailable(pod, spec.minReadySeconds));
  const updated = first.filter(
    pod => pod.metadata.labels?.[HASH_LABEL] === hash,
  );
  return {
    currentNumberScheduled: placed.length,
    numberMisscheduled: nodes.filter(
      node => !node.wanted && node.pods.length > 0,
    ).length,
    desiredNumberScheduled: wanted.length,
    numberReady: ready.length,
    observedGeneration: metadata.generation,
    updatedNumberScheduled: updated.length || undefined,
    numberAvailable: available.length || undefined,
    numberUnavailable: wanted.length - available.length || undefined,
    conditions: status?.conditions,
  };
}
