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
import { Registry } from '../resources/Registry';
import { Steps } from '../service/steps';
import { Store } from '../store/Store';
import { AdmissionWrite } from './matching/AdmissionWrite';
import { MutatingPolicies } from './policies/MutatingPolicies';
import { Reinvocation } from './Reinvocation';
import { callWebhook, ServicePorts } from './webhooks/callWebhook';
import { WebhookAnswer, WebhookCall } from './webhooks/WebhookCall';
import { Webhooks } from './webhooks/Webhooks';

/** What the cluster's users have registered to look at writes: policies and webhooks. */
export class AdmissionExtensions {
  private readonly policies: MutatingPolicies;
  private readonly mutating: Webhooks;
  private readonly validating: Webhooks;

  constructor(
    store: Store,
    registry: Registry,
    private readonly services: ServicePorts = {},
  ) {
    this.policies = new MutatingPolicies(store, registry);
    this.mutating = new Webhooks(store, 'mutating');
    this.validating = new Webhooks(store, 'validating');
  }

  /** The object of a write as policies and webhooks leave it: policies first, and again where they want to see changes. */
  *mutate(write: AdmissionWrite): Steps<KubeObject | undefined> {
    let { object } = write;
    if (this.policies.isEmpty && this.mutating.isEmpty) return object;
    if (isOwnUpkeep(write)) return object;
    const policies = new Reinvocation();
    const webhooks = new Reinvocation();
    for (let round = 1; round <= 2; round += 1) {
      const before = object;
      if (round === 2 && object) policies.again(object);
      if (object) {
        object = this.policies.mutate(write, object, policies);
        policies.end(object);
        if (round === 2) webhooks.again(object);
      }
      object = yield* this.mutating.mutate(write, object, webhooks);
      if (!object || object === before) break;
      webhooks.end(object);
    }
    return object;
  }

  /** Throws when a webhook denies a write, whose object is complete by now. */
  *validate(write: AdmissionWrite): Steps<void> {
    if (this.validating.isEmpty || isOwnUpkeep(write)) return;
    yield* this.validating.validate(write);
  }

  /** Asks a webhook. */
  ask = (call: WebhookCall): Promise<WebhookAnswer> =>
    callWebhook(call, this.services);
}

/**
 * Of the sandbox's own controllers only the creates are shown: their updates stand for what a real cluster does through
 * other doors, such as the binding of a Pod.
 */
function isOwnUpkeep({ options, operation }: AdmissionWrite): boolean {
  return !!options.internal && operation !== 'CREATE';
}
