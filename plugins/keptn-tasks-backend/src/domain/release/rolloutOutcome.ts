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

import type {
  V1ControllerRevision,
  V1DaemonSet,
  V1Deployment,
  V1ReplicaSet,
  V1StatefulSet,
} from '@kubernetes/client-node';
import type { ResourceReference, Rollout } from './resources';
import { revisionKeyOfTemplate } from './revision';
import { argoRolloutOutcome } from './rollout/argoRolloutOutcome';
import { daemonSetOutcome } from './rollout/daemonSetOutcome';
import { deploymentOutcome } from './rollout/deploymentOutcome';
import { replicaSetOutcome } from './rollout/replicaSetOutcome';
import type { RolloutOutcome } from './rollout/RolloutOutcome';
import { missing } from './rollout/RolloutOutcome';
import { statefulSetOutcome } from './rollout/statefulSetOutcome';

export type { RolloutOutcome } from './rollout/RolloutOutcome';

/** What a version refers to, as far as it is there. */
export interface RolloutObservation {
  reference: ResourceReference;
  /** Of that name, and what controls it. */
  replicaSet?: V1ReplicaSet;
  deployment?: V1Deployment;
  rollout?: Rollout;
  statefulSet?: V1StatefulSet;
  daemonSet?: V1DaemonSet;
  /** Keys of the revisions that the version stands for: tell its rollout from a later one of the same workload. */
  revisions?: string[];
  /** Those of the DaemonSet, for the same. */
  controllerRevisions?: V1ControllerRevision[];
}

/**
 * How far a rollout is: by generations, and by updated and surplus Pods, so that neither counters of an earlier spec
 * nor Pods of an earlier version count. One that is scaled to 0 has succeeded once its Pods are gone. How long it may
 * take is for others to decide.
 */
export function rolloutOutcome(observed: RolloutObservation): RolloutOutcome {
  const { reference } = observed;
  const { kind, name, uid } = reference;
  const found = objectOf(observed);
  if (!found) {
    return missing({ kind, name });
  }
  // Versions that Keptn's operator made may name an owner that was made anew since; those are brought up to date.
  if (uid && found.metadata?.uid !== uid) {
    return missing(
      { kind, name },
      `${kind} ${name} was deleted; another one has its name now`,
    );
  }
  switch (kind) {
    case 'StatefulSet':
      return statefulSetOutcome(observed.statefulSet!, observed.revisions);
    case 'DaemonSet':
      return daemonSetOutcome(
        observed.daemonSet!,
        observed.revisions,
        latestOf(observed.controllerRevisions),
      );
    default:
      return outcomeOfReplicaSet(observed.replicaSet!, observed);
  }
}

function objectOf(observed: RolloutObservation) {
  switch (observed.reference.kind) {
    case 'ReplicaSet':
      return observed.replicaSet;
    case 'StatefulSet':
      return observed.statefulSet;
    case 'DaemonSet':
      return observed.daemonSet;
    default:
      return undefined;
  }
}

function outcomeOfReplicaSet(
  replicaSet: V1ReplicaSet,
  { deployment, rollout }: RolloutObservation,
): RolloutOutcome {
  const owner = replicaSet.metadata?.ownerReferences?.find(
    ({ controller }) => controller,
  );
  switch (owner?.kind) {
    case 'Deployment':
      return deployment
        ? deploymentOutcome(deployment, replicaSet)
        : missing({ kind: owner.kind, name: owner.name });
    case 'Rollout':
      return rollout
        ? argoRolloutOutcome(rollout, replicaSet)
        : missing({ kind: owner.kind, name: owner.name });
    default:
      return replicaSetOutcome(replicaSet);
  }
}

/** Key of the youngest revision. */
function latestOf(
  revisions: V1ControllerRevision[] | undefined,
): string | undefined {
  const [youngest] = [...(revisions ?? [])].sort(
    (a, b) => b.revision - a.revision,
  );
  return youngest && revisionKeyOfTemplate(youngest);
}
