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
import { deepEqual } from '../../schema/json';
import { DeploymentTools } from './DeploymentController';
import { sizeAnnotations } from './annotations';
import { Resize } from './rollingPlan';
import { Rollout, wantedBy } from './Rollout';

/** Carries new sizes out, and tells of those that are. */
export function resize(
  tools: DeploymentTools,
  rollout: Rollout,
  plan: Resize[],
): Rollout {
  const { deployment } = rollout;
  const changed = new Map(
    plan.map(step => [step.set, resizeSet(tools, deployment, step)]),
  );
  const after = (set: KubeObject) => changed.get(set) ?? set;
  const { newSet, oldSets } = rollout;
  return {
    deployment,
    newSet: newSet && after(newSet),
    oldSets: oldSets.map(after),
  };
}

function resizeSet(
  { replicaSets, events }: DeploymentTools,
  deployment: KubeObject,
  { set, replicas }: Resize,
): KubeObject {
  const { metadata, spec } = set;
  const before = wantedBy(set);
  const annotations = {
    ...metadata.annotations,
    ...sizeAnnotations(deployment),
  };
  if (before === replicas && deepEqual(annotations, metadata.annotations)) {
    return set;
  }
  const changed = replicaSets.client.update({
    ...set,
    metadata: { ...metadata, annotations },
    spec: { ...spec, replicas },
  });
  if (before !== replicas) {
    const direction = replicas > before ? 'up' : 'down';
    events.record(deployment, {
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: `Scaled ${direction} replica set ${metadata.name} from ${before} to ${replicas}`,
    });
  }
  return changed;
}
