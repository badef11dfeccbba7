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

/** Metadata that every object has. Times are RFC 3339 strings, as on the wire. */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  generateName?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  managedFields?: unknown[];
}

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** Any Kubernetes object as it is stored and sent. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: any;
}

/** The same before the API server has filled in what it owns. */
export type NewObject = Omit<KubeObject, 'metadata'> & {
  metadata: Partial<ObjectMeta>;
};

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  preconditions?: { uid?: string; resourceVersion?: string };
}

export type ObjectEvent = {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubeObject;
  /** The object before the change. */
  previous?: KubeObject;
};

/**
 * One kind of resource, as a controller inside the process sees it. Every write takes the same way as
 * a request over HTTP: defaulting, validation, admission, optimistic concurrency (when the object
 * carries a resourceVersion), generation, watch events. Refusals are thrown as `StatusError`.
 * Returned objects must not be changed: copy first.
 */
export interface ResourceClient {
  get(namespace: string | undefined, name: string): KubeObject | undefined;
  list(namespace?: string): KubeObject[];
  /** Throws `WebhooksPending`, to be tried again, while a webhook is being asked. */
  create(object: NewObject): KubeObject;
  update(object: KubeObject): KubeObject;
  updateStatus(object: KubeObject): KubeObject;
  /** Does nothing when the object does not exist. */
  delete(
    namespace: string | undefined,
    name: string,
    options?: DeleteOptions,
  ): void;
  /**
   * Calls back for every change after it is stored, in order, in the same tick or a later one.
   * Starts with one ADDED for each existing object. Returns what ends it.
   */
  watch(onEvent: (event: ObjectEvent) => void): () => void;
}

/** The cluster, as controllers inside the process see it. */
export interface ClusterApi {
  resource(apiVersion: string, kind: string): ResourceClient;
}

export interface PodLogOptions {
  container?: string;
  follow?: boolean;
  previous?: boolean;
  timestamps?: boolean;
  tailLines?: number;
  limitBytes?: number;
  sinceSeconds?: number;
  sinceTime?: string;
}

/** Where the log subresource of a Pod gets its text from. */
export interface PodLogSource {
  /**
   * Chunks of the log; ends when the container has ended (follow) or at the present end.
   * `undefined` when there is nothing because the Pod is not scheduled. Throws `StatusError` for a bad
   * request (unknown container, waiting to start, …) with the kubelet's message.
   */
  open(
    pod: KubeObject,
    options: PodLogOptions,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array> | undefined>;
}

/** A controller that runs inside the sandbox's process. */
export interface SandboxController {
  /** Ends timers, watches and child processes; resolves when they are gone. */
  stop(): Promise<void>;
}

export { StatusError } from './errors/StatusError';
export { WebhooksPending } from './service/WebhooksPending';
