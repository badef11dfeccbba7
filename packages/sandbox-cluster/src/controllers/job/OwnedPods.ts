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

import { KubeObject, ObjectEvent, ResourceClient } from '../../ClusterApi';

/** The Job that controls a Pod, if one does. */
export function controllingJob(pod: KubeObject) {
  return pod.metadata.ownerReferences?.find(
    owner => owner.controller && owner.kind === 'Job',
  );
}

/**
 * Which Pods belong to which Job. Only their names are kept; what they look like is read when asked, so a
 * late watch event cannot bring an old state back.
 */
export class OwnedPods {
  private readonly byJob = new Map<string, Map<string, string>>();

  constructor(private readonly pods: ResourceClient) {}

  observe({ type, object }: ObjectEvent): void {
    if (type === 'DELETED') this.remove(object);
    else this.add(object);
  }

  /** To be called for a Pod just created, which the watch may tell of later. */
  add(pod: KubeObject): void {
    const job = controllingJob(pod)?.uid;
    if (!job) return;
    const names = this.byJob.get(job) ?? new Map<string, string>();
    names.set(pod.metadata.uid, pod.metadata.name);
    this.byJob.set(job, names);
  }

  /** The Job's Pods as they are now. */
  of(namespace: string, jobUid: string): KubeObject[] {
    const found: KubeObject[] = [];
    for (const [uid, name] of this.byJob.get(jobUid) ?? []) {
      const pod = this.pods.get(namespace, name);
      if (pod?.metadata.uid === uid) found.push(pod);
    }
    return found;
  }

  private remove(pod: KubeObject): void {
    const job = controllingJob(pod)?.uid;
    const names = job && this.byJob.get(job);
    if (!names) return;
    names.delete(pod.metadata.uid);
    if (names.size === 0) this.byJob.delete(job);
  }
}
