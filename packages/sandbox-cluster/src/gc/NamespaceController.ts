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
import { createObject } from '../service/create';
import { deleteObject } from '../service/delete';
import { Json } from '../schema/json';

const RETRY_MS = 250;

const options: WriteOptions = {
  user: {
    name: 'system:serviceaccount:kube-system:namespace-controller',
    groups: ['system:masters'],
  },
  manager: 'kube-controller-manager',
  fieldValidation: 'Ignore',
  internal: true,
  warn: () => {},
};

/**
 * Gives each namespace its `default` ServiceAccount and its CA ConfigMap, and empties namespaces that
 * are being deleted.
 */
export class NamespaceController {
  private readonly stopListening: Array<() => void>;
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly context: ApiContext,
    private readonly ca: string,
  ) {
    const { store } = context;
    this.stopListening = [
      store.listen('/namespaces', ({ type, object }) => {
        const { name, deletionTimestamp } = object.metadata;
        if (type === 'DELETED') return;
        if (deletionTimestamp) this.schedule(name, 0);
        // At once, so that Pods can be created as soon as the namespace is there.
        else if (type === 'ADDED') this.furnish(name);
      }),
      ...['/serviceaccounts', '/configmaps'].map(storage =>
        store.listen(storage, ({ type, object }) => {
          const { name, namespace = '' } = object.metadata;
          const isOurs = name === 'default' || name === 'kube-root-ca.crt';
          if (type === 'DELETED' && isOurs) this.schedule(namespace, 0);
        }),
      ),
    ];
  }

  stop() {
    this.stopListening.forEach(stop => stop());
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  private schedule(name: string, delay: number) {
    if (this.timers.has(name)) return;
    const timer = setTimeout(() => {
      this.timers.delete(name);
      this.reconcile(name);
    }, delay);
    this.timers.set(name, timer);
  }

  private reconcile(name: string) {
    const namespace = this.context.store
      .collection('/namespaces')
      .get(undefined, name);
    if (!namespace) return;
    if (!namespace.metadata.deletionTimestamp) {
      this.furnish(name);
      return;
    }
    const left = this.empty(name);
    if (left.length === 0) {
      finalizeNamespace(this.context, namespace, []);
      return;
    }
    this.report(namespace, left);
    this.schedule(name, RETRY_MS);
  }

  private furnish(namespace: string) {
    this.ensure('ServiceAccount', namespace, { metadata: { name: 'default' } });
    this.ensure('ConfigMap', namespace, {
      metadata: {
        name: 'kube-root-ca.crt',
        annotations: {
          'kubernetes.io/description':
            'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
        },
      },
      data: { 'ca.crt': this.ca },
    });
  }

  private ensure(kind: string, namespace: string, body: Json) {
    const type = this.context.registry.findKind('v1', kind) as ResourceType;
    const exists = this.context.store
      .collection(type.storage)
      .get(namespace, body.metadata.name);
    if (!exists) createObject(this.context, type, namespace, body, options);
  }

  /** Deletes everything in a namespace; answers what is still there. */
  private empty(namespace: string): KubeObject[] {
    const left: KubeObject[] = [];
    for (const [storage, collection] of [...this.context.store.all()]) {
      const type = this.context.registry.byStorage(storage);
      if (!type?.namespaced) continue;
      for (const { metadata } of [...collection.list(namespace)]) {
        if (metadata.deletionTimestamp) continue;
        const target = { type, namespace, name: metadata.name };
        try {
          deleteObject(
            this.context,
            target,
            { propagationPolicy: 'Background' },
            options,
          );
        } catch (error) {
          if (!(error instanceof StatusError)) throw error;
        }
      }
      left.push(...collection.list(namespace));
    }
    return left;
  }

  private report(namespace: KubeObject, left: KubeObject[]) {
    const finalizers = new Map<string, number>();
    const kinds = new Map<string, number>();
    for (const object of left) {
      const type = this.context.registry.findKind(
        object.apiVersion,
        object.kind,
      );
      const kind = `${type?.plural}.${type?.group ?? ''}`;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      for (const finalizer of object.metadata.finalizers ?? []) {
        finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1);
      }
    }
    const now = timestamp();
    const conditions = [
      condition(
        'NamespaceDeletionDiscoveryFailure',
        false,
        'ResourcesDiscovered',
        'All resources successfully discovered',
        now,
      ),
      condition(
        'NamespaceDeletionGroupVersionParsingFailure',
        false,
        'ParsedGroupVersions',
        'All legacy kube types successfully parsed',
        now,
      ),
      condition(
        'NamespaceDeletionContentFailure',
        false,
        'ContentDeleted',
        'All content successfully deleted, may be waiting on finalization',
        now,
      ),
      condition(
        'NamespaceContentRemaining',
        true,
        'SomeResourcesRemain',
        `Some resources are remaining: ${counted(
          kinds,
          'has',
          'resource instances',
        )}`,
        now,
      ),
      finalizers.size
        ? condition(
            'NamespaceFinalizersRemaining',
            true,
            'SomeFinalizersRemain',
            `Some content in the namespace has finalizers remaining: ${counted(
              finalizers,
              'in',
              'resource instances',
            )}`,
            now,
          )
        : condition(
            'NamespaceFinalizersRemaining',
            false,
            'ContentHasNoFinalizers',
            'All content-preserving finalizers finished',
            now,
          ),
    ];
    const before = namespace.status?.conditions ?? [];
    const message = (list: Json[]) => list.map(c => c.message).join();
    if (message(before) === message(conditions)) return;
    this.context.store.collection('/namespaces').put({
      ...namespace,
      status: { ...namespace.status, conditions },
    });
  }
}

function counted(map: Map<string, number>, verb: string, what: string): string {
  return [...map]
    .sort()
    .map(([name, count]) => `${name} ${verb} ${count} ${what}`)
    .join(', ');
}

function condition(
  type: string,
  status: boolean,
  reason: string,
  message: string,
  lastTransitionTime: string,
): Json {
  return {
    type,
    status: status ? 'True' : 'False',
    lastTransitionTime,
    reason,
    message,
  };
}

/** Sets the finalizers of a namespace; one that is being deleted and has none left goes. */
export function finalizeNamespace(
  { store }: ApiContext,
  namespace: KubeObject,
  finalizers: string[],
): KubeObject {
  const collection = store.collection('/namespaces');
  const spec: Json = { ...namespace.spec, finalizers };
  if (finalizers.length === 0) delete spec.finalizers;
  const stored = collection.put({ ...namespace, spec });
  const { deletionTimestamp, finalizers: others, name } = stored.metadata;
  if (deletionTimestamp && !finalizers.length && !others?.length) {
    collection.remove(undefined, name);
  }
  return stored;
}
