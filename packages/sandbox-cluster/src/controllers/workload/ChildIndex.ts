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
import { controllerOf } from './owners';

/**
 * Which objects of one kind have which controller, and which have none. Only names are kept; what the objects
 * look like is read when asked, so a late watch event cannot bring an old state back.
 */
export class ChildIndex {
  private readonly groups = new Map<string, Map<string, string>>();

  /** @param ownerKind - objects that are controlled by another kind are left out */
  constructor(
    readonly client: ResourceClient,
    private readonly ownerKind: string,
  ) {}

  observe({ type, object, previous }: ObjectEvent): void {
    const group = this.groupOf(object);
    const before = previous && this.groupOf(previous);
    if (before && (before !== group || type === 'DELETED')) {
      this.remove(before, object);
    }
    if (group && type !== 'DELETED') this.add(group, object);
  }

  /** The objects that the owner controls, as they are now, the oldest first. */
  ownedBy({ metadata }: KubeObject): KubeObject[] {
    return this.read(metadata.uid, metadata.namespace!);
  }

  /** The objects of a namespace that nobody controls. */
  orphansIn(namespace: string): KubeObject[] {
    return this.read(orphans(namespace), namespace);
  }

  private read(group: string, namespace: string): KubeObject[] {
    const found: KubeObject[] = [];
    for (const [uid, name] of this.groups.get(group) ?? []) {
      const object = this.client.get(namespace, name);
      if (object?.metadata.uid === uid && this.groupOf(object) === group) {
        found.push(object);
      }
    }
    return found;
  }

  private groupOf(object: KubeObject): string | undefined {
    const owner = controllerOf(object);
    if (!owner) return orphans(object.metadata.namespace!);
    return owner.kind === this.ownerKind ? owner.uid : undefined;
  }

  private add(group: string, { metadata }: KubeObject): void {
    const names = this.groups.get(group) ?? new Map<string, string>();
    names.set(metadata.uid, metadata.name);
    this.groups.set(group, names);
  }

  private remove(group: string, { metadata }: KubeObject): void {
    const names = this.groups.get(group);
    names?.delete(metadata.uid);
    if (names?.size === 0) this.groups.delete(group);
  }
}

function orphans(namespace: string): string {
  return `orphans of ${namespace}`;
}
