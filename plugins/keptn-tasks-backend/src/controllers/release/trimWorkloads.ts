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
  V1Namespace,
  V1Pod,
  V1PodTemplateSpec,
} from '@kubernetes/client-node';
import { SCHEDULING_GATE } from '../../domain/release/annotations';
import type { Rollout } from '../../domain/release/resources';
import { trimMetadata } from '../trim';

/** Deployments, ReplicaSets, StatefulSets and DaemonSets. */
interface Workload {
  metadata?: object;
  spec?: { template?: V1PodTemplateSpec };
  status?: object;
}

/** With what identity and version follow from: metadata, and names, images and environment of the containers. */
export function trimWorkload<T extends Workload>(workload: T): T {
  trimMetadata(workload);
  trimTemplate(workload.spec?.template);
  return workload;
}

/** The template of one revision of a StatefulSet or DaemonSet. */
export function trimRevision(
  revision: V1ControllerRevision,
): V1ControllerRevision {
  trimMetadata(revision);
  trimTemplate(templateOf(revision));
  return revision;
}

/** The Pod template that a revision stands for. */
export function templateOf(
  revision: V1ControllerRevision,
): V1PodTemplateSpec | undefined {
  return (
    revision.data as { spec?: { template?: V1PodTemplateSpec } } | undefined
  )?.spec?.template;
}

export function trimRollout(rollout: Rollout): Rollout {
  trimMetadata(rollout);
  rollout.spec = { replicas: rollout.spec?.replicas };
  return rollout;
}

export function trimNamespace(namespace: V1Namespace): V1Namespace {
  trimMetadata(namespace);
  delete namespace.spec;
  return namespace;
}

/** With its gates and how it is; `undefined` for a Pod that is nobody's business here. */
export function trimWorkloadPod(
  pod: V1Pod,
  isOptedIn: (namespace: string | undefined) => boolean,
): V1Pod | undefined {
  const isGated = pod.spec?.schedulingGates?.some(
    ({ name }) => name === SCHEDULING_GATE,
  );
  if (!isGated && !isOptedIn(pod.metadata?.namespace)) {
    return undefined;
  }
  trimMetadata(pod);
  const { spec, status } = pod;
  pod.spec = {
    nodeName: spec?.nodeName,
    schedulingGates: spec?.schedulingGates,
    containers: [],
  };
  pod.status = { phase: status?.phase, conditions: status?.conditions };
  return pod;
}

function trimTemplate(template: V1PodTemplateSpec | undefined): void {
  const { spec } = template ?? {};
  if (!template || !spec) {
    return;
  }
  template.spec = {
    schedulingGates: spec.schedulingGates,
    containers: (spec.containers ?? []).map(({ name, image, env }) => ({
      name,
      image,
      env: env?.map(({ name: key, value }) => ({ name: key, value })),
    })),
  };
}
