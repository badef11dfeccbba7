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

import { KubeObject, OwnerReference } from '../ClusterApi';
import { StatusError } from '../errors/StatusError';
import { ResourceType, WriteOptions } from '../resources/ResourceType';
import { ApiContext } from '../service/ApiContext';
import { deleteObject } from '../service/delete';
import { patchObject, Target } from '../service/update';
import { StoredEvent } from '../store/EventLog';
import { Json } from '../schema/json';

/** Where an object is. */
interface Place {
  storage: string;
  namespace?: string;
  name: string;
}

const options: WriteOptions = {
  user: {
    name: 'system:serviceaccount:kube-system:generic-garbage-collector',
    groups: ['system:masters'],
  },
  manager: 'kube-controller-manager',
  fieldValidation: 'Ignore',
  internal: true,
  warn: () => {},
};

/**
 * Collects what its owners left behind, and carries out the `foregroundDeletion` and `orphan`
 * finalizers. Works shortly after each change, never inside it.
 */
export class GarbageCollector {
  private readonly places = new Map<string, Place>();
  private readonly dependents = new Map<string, Set<string>>();
  private readonly pending = new Set<string>();
  private readonly stopListening: () => void;
  private scheduled?: NodeJS.Immediate;

  constructor(private readonly context: ApiContext) {
    this.stopListening = context.store.listen('*', (event, storage) =>
      this.observe(event, storage),
    );
  }

  stop() {
    this.stopListening();
    clearImmediate(this.scheduled);
  }

  private observe({ type, object, previous }: StoredEvent, storage: string) {
    const { uid, namespace, name, ownerReferences, finalizers } =
      object.metadata;
    for (const owner of previous?.metadata.ownerReferences ?? []) {
      const uids = this.dependents.get(owner.uid);
      uids?.delete(uid);
      if (uids?.size === 0) this.dependents.delete(owner.uid);
    }
    if (type === 'DELETED') {
      this.places.delete(uid);
      for (const dependent of this.dependents.get(uid) ?? [])
        this.enqueue(dependent);
      for (const owner of ownerReferences ?? []) this.enqueue(owner.uid);
      return;
    }
    this.places.set(uid, { storage, namespace, name });
    for (const owner of ownerReferences ?? []) {
      const uids = this.dependents.get(owner.uid) ?? new Set();
      this.dependents.set(owner.uid, uids.add(uid));
    }
    const isDeleting = object.metadata.deletionTimestamp !== undefined;
    if (ownerReferences?.length || (isDeleting && finalizers?.length)) {
      this.enqueue(uid);
    }
  }

  private enqueue(uid: string) {
    this.pending.add(uid);
    this.scheduled ??= setImmediate(() => this.run());
  }

  private run() {
    this.scheduled = undefined;
    const uids = [...this.pending];
    this.pending.clear();
    for (const uid of uids) {
      try {
        this.process(uid);
      } catch (error) {
        // Somebody else was faster; the change that they made brings the object back here.
        if (!(error instanceof StatusError)) throw error;
      }
    }
  }

  private process(uid: string) {
    const found = this.find(uid);
    if (!found) return;
    const { object, target } = found;
    const { deletionTimestamp, finalizers = [] } = object.metadata;
    if (deletionTimestamp) {
      if (finalizers.includes('orphan')) this.orphanDependents(uid, target);
      else if (finalizers.includes('foregroundDeletion')) {
        this.deleteDependents(uid, target);
      }
      return;
    }
    this.checkOwners(object, target);
  }

  /** Deletes an object none of whose owners is there; drops the references to those that are gone. */
  private checkOwners(object: KubeObject, target: Target) {
    const owners = object.metadata.ownerReferences ?? [];
    if (owners.length === 0) return;
    const gone = owners.filter(owner => !this.ownerExists(owner, object));
    const waiting = owners.filter(
      owner => !gone.includes(owner) && this.isInForeground(owner.uid),
    );
    const solid = owners.length - gone.length - waiting.length;
    if (gone.length === 0 && waiting.length === 0) return;
    if (solid > 0) {
      this.removeOwners(
        target,
        [...gone, ...waiting].map(owner => owner.uid),
      );
      return;
    }
    const hasBlocked =
      this.dependents.get(object.metadata.uid)?.size && waiting.length;
    const { uid } = object.metadata;
    deleteObject(
      this.context,
      target,
      {
        propagationPolicy: hasBlocked ? 'Foreground' : this.policyOf(object),
        preconditions: { uid },
      },
      options,
    );
  }

  private policyOf(object: KubeObject) {
    const finalizers = object.metadata.finalizers ?? [];
    if (finalizers.includes('orphan')) return 'Orphan';
    return finalizers.includes('foregroundDeletion')
      ? 'Foreground'
      : 'Background';
  }

  private ownerExists(owner: OwnerReference, dependent: KubeObject): boolean {
    const place = this.places.get(owner.uid);
    if (!place) return false;
    const sameScope =
      place.namespace === undefined ||
      place.namespace === dependent.metadata.namespace;
    return sameScope && place.name === owner.name;
  }

  private isInForeground(uid: string): boolean {
    const { metadata } = this.find(uid)?.object ?? {};
    return (
      !!metadata?.deletionTimestamp &&
      !!metadata.finalizers?.includes('foregroundDeletion')
    );
  }

  private deleteDependents(uid: string, owner: Target) {
    let blocked = false;
    const dependents = [...(this.dependents.get(uid) ?? [])];
    for (const dependent of dependents) {
      const found = this.find(dependent);
      if (!found) continue;
      const reference = found.object.metadata.ownerReferences?.find(
        candidate => candidate.uid === uid,
      );
      blocked ||= reference?.blockOwnerDeletion === true;
      if (!found.object.metadata.deletionTimestamp) this.enqueue(dependent);
    }
    if (!blocked) this.removeFinalizer(owner, 'foregroundDeletion');
  }

  private orphanDependents(uid: string, owner: Target) {
    for (const dependent of [...(this.dependents.get(uid) ?? [])]) {
      const found = this.find(dependent);
      if (found) this.removeOwners(found.target, [uid]);
    }
    this.removeFinalizer(owner, 'orphan');
  }

  private removeOwners(target: Target, uids: string[]) {
    this.patchMetadata(target, metadata => {
      metadata.ownerReferences = (metadata.ownerReferences ?? []).filter(
        (owner: OwnerReference) => !uids.includes(owner.uid),
      );
    });
  }

  private removeFinalizer(target: Target, finalizer: string) {
    this.patchMetadata(target, metadata => {
      metadata.finalizers = (metadata.finalizers ?? []).filter(
        (other: string) => other !== finalizer,
      );
    });
  }

  private patchMetadata(target: Target, change: (metadata: Json) => void) {
    patchObject(
      this.context,
      target,
      object => {
        change(object.metadata);
        return object;
      },
      options,
    );
  }

  private find(
    uid: string,
  ): { object: KubeObject; target: Target } | undefined {
    const place = this.places.get(uid);
    if (!place) return undefined;
    const type: ResourceType | undefined = this.context.registry.byStorage(
      place.storage,
    );
    const object = this.context.store
      .collection(place.storage)
      .get(place.namespace, place.name);
    if (!type || object?.metadata.uid !== uid) return undefined;
    const { namespace, name } = place;
    return { object, target: { type, namespace, name } };
  }
}
