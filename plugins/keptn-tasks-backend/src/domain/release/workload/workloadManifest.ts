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

import type { V1OwnerReference } from '@kubernetes/client-node';
import { REVISION_ANNOTATION } from '../annotations';
import type { WorkloadIdentity } from '../identity/identify';
import type {
  KeptnWorkload,
  KeptnWorkloadSpec,
  ResourceReference,
} from '../resources';
import { mergePatch } from '../../mergePatch';

/** The object that people deploy: a Deployment, StatefulSet, DaemonSet, Rollout or ReplicaSet on its own. */
export interface WorkloadOwner {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace: string; uid: string };
}

/** A KeptnWorkload as a revision of a workload asks for it. */
export interface DesiredWorkload {
  owner: WorkloadOwner;
  identity: WorkloadIdentity;
  /** The ReplicaSet, StatefulSet or DaemonSet that the Pods belong to. */
  resource: ResourceReference;
  /** Key of the revision. */
  revision: string;
}

/** The KeptnWorkload; it goes with its workload, and belongs to it without being controlled by it. */
export function workloadManifest(desired: DesiredWorkload): Pick<
  KeptnWorkload,
  'spec'
> & {
  metadata: {
    name: string;
    namespace: string;
    annotations: Record<string, string>;
    ownerReferences: V1OwnerReference[];
  };
} {
  const { owner, identity, revision } = desired;
  return {
    metadata: {
      name: identity.workloadName,
      namespace: owner.metadata.namespace,
      annotations: { [REVISION_ANNOTATION]: revision },
      ownerReferences: [referenceTo(owner)],
    },
    spec: workloadSpec(desired),
  };
}

/** Merge patch that makes a KeptnWorkload what the revision asks for; `undefined` when it is. */
export function workloadPatch(
  workload: KeptnWorkload,
  desired: DesiredWorkload,
): object | undefined {
  const { metadata, spec } = workloadManifest(desired);
  const reference = (workload.metadata.ownerReferences ?? []).map(
    ({ apiVersion, kind, name, uid }) => ({ apiVersion, kind, name, uid }),
  );
  const patch = mergePatch(
    {
      metadata: {
        annotations: {
          [REVISION_ANNOTATION]:
            workload.metadata.annotations?.[REVISION_ANNOTATION],
        },
        ownerReferences: reference,
      },
      spec: workload.spec,
    },
    {
      metadata: {
        annotations: metadata.annotations,
        ownerReferences: metadata.ownerReferences,
      },
      spec,
    },
  );
  return (
    patch && {
      ...patch,
      metadata: {
        ...(patch.metadata as object | undefined),
        resourceVersion: workload.metadata.resourceVersion,
      },
    }
  );
}

function workloadSpec({
  identity,
  resource,
}: DesiredWorkload): KeptnWorkloadSpec {
  const { appName, version, checks, metadata } = identity;
  return {
    app: appName,
    version,
    resourceReference: resource,
    ...checks,
    ...(Object.keys(metadata).length > 0 && { metadata }),
  };
}

function referenceTo({
  apiVersion,
  kind,
  metadata,
}: WorkloadOwner): V1OwnerReference {
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid };
}
