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

import { KubeObject, StatusError } from '../../ClusterApi';
import { deepEqual } from '../../schema/json';
import { isNamespaceLeaving } from '../workload/createPod';
import { controllerReference } from '../workload/owners';
import { templateHash } from '../workload/templateHash';
import { DeploymentTools } from './DeploymentController';
import { REVISION, newReplicaSetAnnotations, revisionOf } from './annotations';
import {
  DeploymentCondition,
  findCondition,
  hasDeadline,
  newCondition,
  withCondition,
} from './conditions';
import { newSetSize } from './rollingPlan';
import { Rollout, TEMPLATE_HASH, nextRevision } from './Rollout';

const LONGEST_NAME = 63;

/**
 * Brings the ReplicaSet of the present template up to date: its annotations, its revision and, on the Deployment, the
 * same revision. Returns the rollout as it is then.
 */
export function syncRevision(
  tools: DeploymentTools,
  rollout: Rollout,
): Rollout {
  const { newSet, deployment } = rollout;
  if (!newSet) return rollout;
  const { metadata, spec } = newSet;
  const annotations = newReplicaSetAnnotations(
    deployment,
    metadata.annotations ?? {},
    nextRevision(rollout),
  );
  const { minReadySeconds } = deployment.spec;
  const same =
    deepEqual(annotations, metadata.annotations) &&
    (spec.minReadySeconds ?? 0) === (minReadySeconds ?? 0);
  const updated = same
    ? newSet
    : tools.replicaSets.client.update({
        ...newSet,
        metadata: { ...metadata, annotations },
        spec: { ...spec, minReadySeconds },
      });
  const found = newCondition(
    'Progressing',
    'True',
    'FoundNewReplicaSet',
    `Found new replica set "${metadata.name}"`,
  );
  const known = findCondition(deployment.status?.conditions, 'Progressing');
  return {
    ...rollout,
    newSet: updated,
    deployment: annotateDeployment(
      tools,
      deployment,
      updated,
      known ? undefined : found,
    ),
  };
}

/** Makes the ReplicaSet of the present template when it is not there. Throws when it is refused. */
export function ensureNewSet(
  tools: DeploymentTools,
  rollout: Rollout,
): Rollout {
  if (rollout.newSet) return rollout;
  const { deployment } = rollout;
  const replicas = newSetSize(rollout);
  const newSet = createSet(tools, rollout, replicas);
  const { name } = newSet.metadata;
  if (replicas > 0) {
    tools.events.record(deployment, {
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: `Scaled up replica set ${name} from 0 to ${replicas}`,
    });
  }
  const created = newCondition(
    'Progressing',
    'True',
    'NewReplicaSetCreated',
    `Created new replica set "${name}"`,
  );
  return {
    ...rollout,
    newSet,
    deployment: annotateDeployment(tools, deployment, newSet, created),
  };
}

function createSet(
  { replicaSets, deployments, events }: DeploymentTools,
  rollout: Rollout,
  replicas: number,
): KubeObject {
  const { deployment } = rollout;
  try {
    return replicaSets.client.create(replicaSetFor(rollout, replicas));
  } catch (error) {
    if (!(error instanceof StatusError) || isNamespaceLeaving(error)) {
      throw error;
    }
    const { name } = replicaSetFor(rollout, replicas).metadata;
    const message = `Failed to create new replica set "${name}": ${error.message}`;
    const reason = 'ReplicaSetCreateError';
    deployments.updateStatus({
      ...deployment,
      status: {
        ...deployment.status,
        conditions: withCondition(
          deployment.status?.conditions ?? [],
          newCondition('Progressing', 'False', reason, message),
        ),
      },
    });
    events.record(deployment, { type: 'Warning', reason, message });
    throw error;
  }
}

function replicaSetFor(rollout: Rollout, replicas: number) {
  const { deployment } = rollout;
  const { metadata, spec } = deployment;
  const hash = templateHash(spec.template);
  const labels = { ...spec.template.metadata?.labels, [TEMPLATE_HASH]: hash };
  const prefix = metadata.name.slice(0, LONGEST_NAME - hash.length - 1);
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${prefix}-${hash}`,
      namespace: metadata.namespace,
      labels,
      annotations: newReplicaSetAnnotations(
        deployment,
        undefined,
        nextRevision(rollout),
      ),
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas,
      ...(spec.minReadySeconds && { minReadySeconds: spec.minReadySeconds }),
      selector: {
        ...spec.selector,
        matchLabels: { ...spec.selector.matchLabels, [TEMPLATE_HASH]: hash },
      },
      template: {
        ...spec.template,
        metadata: { ...spec.template.metadata, labels },
      },
    },
  };
}

/** The Deployment carries the revision of its present template; by way of its status, which is no new generation. */
function annotateDeployment(
  { deployments }: DeploymentTools,
  deployment: KubeObject,
  newSet: KubeObject,
  progress: DeploymentCondition | undefined,
): KubeObject {
  const { metadata } = deployment;
  const annotations = {
    ...metadata.annotations,
    [REVISION]: String(revisionOf(newSet)),
  };
  const before = deployment.status?.conditions ?? [];
  const conditions =
    progress && hasDeadline(deployment)
      ? withCondition(before, progress)
      : before;
  if (conditions === before && deepEqual(annotations, metadata.annotations)) {
    return deployment;
  }
  return deployments.updateStatus({
    ...deployment,
    metadata: { ...metadata, annotations },
    status: { ...deployment.status, conditions },
  });
}
