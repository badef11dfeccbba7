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

import { KubeObject } from '../ClusterApi';
import { StatusError } from '../errors/StatusError';
import { ResourceType, WriteOptions } from '../resources/ResourceType';
import { ApiContext, timestamp } from '../service/ApiContext';
import { deleteObject } from '../service/delete';
import { patchObject } from '../service/update';
import { deepEqual, Json } from '../schema/json';
import { CLEANUP_FINALIZER } from './crdStrategy';
import { customTypes } from './customTypes';

const STORAGE = 'apiextensions.k8s.io/customresourcedefinitions';
const RETRY_MS = 50;

const options: WriteOptions = {
  user: { name: 'system:apiserver', groups: ['system:masters'] },
  manager: 'kube-apiserver',
  fieldValidation: 'Ignore',
  internal: true,
  warn: () => {},
};

/** Serves what CustomResourceDefinitions define, and says so in their status. */
export class CrdController {
  private readonly served = new Map<string, ResourceType[]>();
  private readonly specs = new Map<string, Json>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly stopListening: () => void;

  constructor(private readonly context: ApiContext) {
    this.stopListening = context.store.listen(STORAGE, ({ type, object }) => {
      if (type === 'DELETED') this.withdraw(object.metadata.name);
      else this.later(object.metadata.name, 0);
    });
  }

  stop() {
    this.stopListening();
    this.timers.forEach(timer => clearTimeout(timer));
  }

  private later(name: string, delay: number) {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      try {
        this.reconcile(name);
      } catch (error) {
        if (!(error instanceof StatusError)) throw error;
        this.later(name, RETRY_MS);
      }
    }, delay);
    this.timers.add(timer);
  }

  private reconcile(name: string) {
    const crd = this.context.store.collection(STORAGE).get(undefined, name);
    if (!crd) return;
    if (crd.metadata.deletionTimestamp) {
      this.cleanUp(crd);
      return;
    }
    const clash = this.nameClash(crd);
    if (!clash) this.serve(crd);
    this.writeStatus(crd, clash);
  }

  private serve(crd: KubeObject) {
    const { name } = crd.metadata;
    if (deepEqual(this.specs.get(name), crd.spec)) return;
    this.specs.set(name, crd.spec);
    const types = customTypes(crd);
    const before = this.served.get(name);
    if (before) this.context.registry.unregister(before);
    this.served.set(name, types);
    this.context.registry.register(...types);
  }

  private withdraw(name: string) {
    const types = this.served.get(name);
    if (!types) return;
    this.served.delete(name);
    this.specs.delete(name);
    this.context.registry.unregister(types);
  }

  private nameClash(crd: KubeObject): string | undefined {
    const { group, names } = crd.spec;
    const other = this.context.registry
      .all()
      .find(
        type =>
          type.group === group &&
          type.plural !== names.plural &&
          (type.kind === names.kind || type.listKind === names.listKind),
      );
    return other && `"${names.kind}" is already in use`;
  }

  private writeStatus(crd: KubeObject, clash: string | undefined) {
    const storage = crd.spec.versions.find(
      (version: Json) => version.storage,
    ).name;
    const storedVersions: string[] = crd.status?.storedVersions ?? [];
    const wanted: Json = {
      ...crd.status,
      acceptedNames: clash ? crd.status?.acceptedNames : crd.spec.names,
      storedVersions: storedVersions.includes(storage)
        ? storedVersions
        : [...storedVersions, storage],
    };
    wanted.conditions = [
      condition(
        crd,
        'NamesAccepted',
        !clash,
        clash ? 'KindConflict' : 'NoConflicts',
        clash ?? 'no conflicts found',
      ),
      condition(
        crd,
        'Established',
        !clash,
        clash ? 'NotAccepted' : 'InitialNamesAccepted',
        clash
          ? 'not all names are accepted'
          : 'the initial names have been accepted',
      ),
    ];
    this.patch(crd, object => ({ ...object, status: wanted }), 'status');
    if (crd.metadata.finalizers?.includes(CLEANUP_FINALIZER)) return;
    this.patch(crd, object => ({
      ...object,
      metadata: {
        ...object.metadata,
        finalizers: [...(object.metadata.finalizers ?? []), CLEANUP_FINALIZER],
      },
    }));
  }

  /** Deletes every object of a definition that goes; the definition stays until they are gone. */
  private cleanUp(crd: KubeObject) {
    const type = this.served.get(crd.metadata.name)?.[0];
    const collection = type && this.context.store.collection(type.storage);
    for (const { metadata } of [...(collection?.list() ?? [])]) {
      if (metadata.deletionTimestamp || !type) continue;
      const { namespace, name } = metadata;
      deleteObject(
        this.context,
        { type, namespace, name },
        { propagationPolicy: 'Background' },
        options,
      );
    }
    if (collection?.size) {
      this.later(crd.metadata.name, RETRY_MS);
      return;
    }
    if (!crd.metadata.finalizers?.includes(CLEANUP_FINALIZER)) return;
    this.patch(crd, object => ({
      ...object,
      metadata: {
        ...object.metadata,
        finalizers: object.metadata.finalizers.filter(
          (finalizer: string) => finalizer !== CLEANUP_FINALIZER,
        ),
      },
    }));
  }

  private patch(
    crd: KubeObject,
    change: (object: Json) => Json,
    subresource?: string,
  ) {
    const type = this.context.registry.findKind(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
    ) as ResourceType;
    const target = {
      type,
      namespace: undefined,
      name: crd.metadata.name,
      subresource,
    };
    patchObject(this.context, target, change, options);
  }
}

function condition(
  crd: KubeObject,
  type: string,
  isTrue: boolean,
  reason: string,
  message: string,
): Json {
  const status = isTrue ? 'True' : 'False';
  const before = (crd.status?.conditions ?? []).find(
    (c: Json) => c.type === type,
  );
  return {
    type,
    status,
    lastTransitionTime:
      before?.status === status ? before.lastTransitionTime : timestamp(),
    reason,
    message,
  };
}
