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

import { ClusterApi } from './ClusterApi';
import { AdmissionExtensions } from './admission/AdmissionExtensions';
import { namespaceLifecycle } from './admission/namespaceLifecycle';
import { podSecurity } from './admission/podSecurity';
import { priorityAndRuntime } from './admission/priorityAndRuntime';
import { resourceQuota } from './admission/resourceQuota';
import { ServicePorts } from './admission/webhooks/callWebhook';
import { serviceAccounts } from './admission/serviceAccounts';
import { builtInTypes } from './builtin/types';
import { CrdController } from './crd/CrdController';
import { GarbageCollector } from './gc/GarbageCollector';
import { NamespaceController } from './gc/NamespaceController';
import { Authorizer } from './rbac/Authorizer';
import { createBootstrapPolicy } from './rbac/bootstrapPolicy';
import { Registry } from './resources/Registry';
import { ApiContext } from './service/ApiContext';
import { InProcessApi } from './service/InProcessApi';
import { Store } from './store/Store';

const FIRST_NAMESPACES = [
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
];

/** Everything behind the HTTP server: the store, the kinds, admission, and the API's own controllers. */
export class ApiMachinery {
  readonly context: ApiContext;
  readonly api: ClusterApi;
  readonly authorizer: Authorizer;
  private readonly controllers: Array<{ stop(): void }>;

  constructor(ca: string, webhookServices?: ServicePorts) {
    const store = new Store();
    const registry = new Registry();
    registry.register(...builtInTypes);
    this.context = {
      store,
      registry,
      admission: [
        namespaceLifecycle(store),
        priorityAndRuntime(store),
        serviceAccounts(store),
        podSecurity(store),
        resourceQuota(store),
      ],
      extensions: new AdmissionExtensions(store, registry, webhookServices),
    };
    this.api = new InProcessApi(this.context);
    this.authorizer = new Authorizer(store);
    this.controllers = [
      new GarbageCollector(this.context),
      new NamespaceController(this.context, ca),
      new CrdController(this.context),
    ];
    this.furnish();
  }

  stop() {
    this.controllers.forEach(controller => controller.stop());
  }

  private furnish() {
    for (const name of FIRST_NAMESPACES) {
      this.api
        .resource('v1', 'Namespace')
        .create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    }
    createBootstrapPolicy(this.api);
    for (const [name, value] of [
      ['system-cluster-critical', 2000000000],
      ['system-node-critical', 2000001000],
    ]) {
      this.api.resource('scheduling.k8s.io/v1', 'PriorityClass').create({
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        metadata: { name: String(name) },
        value,
      });
    }
  }
}
