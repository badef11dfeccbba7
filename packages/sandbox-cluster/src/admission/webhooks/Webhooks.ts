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
import { KubeObject } from '../../ClusterApi';
import { badRequest, forbidden, StatusError } from '../../errors/StatusError';
import { jsonPatch } from '../../patch/jsonPatch';
import { deepCopy, Json, semanticEqual } from '../../schema/json';
import { Steps } from '../../service/steps';
import { Collection } from '../../store/Collection';
import { Store } from '../../store/Store';
import {
  AdmissionWrite,
  requestOf,
  wireObject,
} from '../matching/AdmissionWrite';
import { allMet } from '../matching/conditions';
import { anyRuleMatches } from '../matching/rules';
import { namespaceFits, objectFits } from '../matching/selectors';
import { variablesOf } from '../matching/variables';
import { redecode } from '../redecode';
import { Reinvocation } from '../Reinvocation';
import { Hook, hooksOf } from './hooks';
import { WebhookResponse } from './WebhookCall';
import { callFailed, rejected } from './webhookErrors';

const GROUP = 'admissionregistration.k8s.io';

/** The mutating or the validating webhooks of the cluster. */
export class Webhooks {
  private readonly configurations: Collection;

  constructor(private readonly store: Store, kind: 'mutating' | 'validating') {
    this.configurations = store.collection(
      `${GROUP}/${kind}webhookconfigurations`,
    );
  }

  get isEmpty(): boolean {
    return this.configurations.size === 0;
  }

  /**
   * Asks each webhook that wants to see the write, one after the other. Answers the object with their patches; the same
   * one when there were none.
   * @throws StatusError of the first one that denies, or that cannot be asked and must be
   */
  *mutate(
    write: AdmissionWrite,
    object: KubeObject | undefined,
    reinvocation: Reinvocation,
  ): Steps<KubeObject | undefined> {
    let current = object;
    for (const hook of this.hooks()) {
      const now = { ...write, object: current };
      if (!this.wants(hook, now) || !reinvocation.wants(hook.key)) continue;
      const response = yield* this.ask(hook, now);
      const next = response?.patch?.length
        ? this.patched(hook, now, response.patch)
        : current;
      const hasChanged = next !== current;
      reinvocation.had(hook.key, hook.isReinvocable, hasChanged);
      current = next;
    }
    return current;
  }

  /** Asks each webhook that wants to see the write whether it may be done. Throws what a denial says. */
  *validate(write: AdmissionWrite): Steps<void> {
    for (const hook of this.hooks()) {
      if (this.wants(hook, write)) yield* this.ask(hook, write);
    }
  }

  private hooks(): Hook[] {
    return this.configurations.list().flatMap(hooksOf);
  }

  private wants(hook: Hook, write: AdmissionWrite): boolean {
    // A webhook that is broken must not stand in the way of its own repair.
    if (write.type.group === GROUP) return false;
    if (
      !anyRuleMatches(hook.rules, write) ||
      !namespaceFits(hook.namespaceSelector, write, this.store) ||
      !objectFits(hook.objectSelector, write)
    ) {
      return false;
    }
    if (hook.conditions.length === 0) return true;
    const result = allMet(hook.conditions, variablesOf(write));
    if ('matches' in result) return result.matches;
    if (hook.failsOpen) return false;
    throw forbidden(write.type, write.name, result.error);
  }

  /** The response; undefined when there is none and that is allowed. */
  private *ask(
    hook: Hook,
    write: AdmissionWrite,
  ): Steps<WebhookResponse | undefined> {
    const { type, options } = write;
    if (options.dryRun && !hook.takesDryRun) {
      throw badRequest(
        `admission webhook ${JSON.stringify(
          hook.name,
        )} does not support dry run`,
      );
    }
    const answer = yield {
      name: hook.name,
      clientConfig: hook.clientConfig,
      timeoutSeconds: hook.timeoutSeconds,
      request: {
        ...requestOf(write),
        object: wireObject(type, write.object),
        oldObject: wireObject(type, write.old),
      },
    };
    if ('notAsked' in answer) return undefined;
    if ('failure' in answer) {
      if (hook.failsOpen) return undefined;
      throw callFailed(hook.name, answer.failure);
    }
    const { response } = answer;
    response.warnings?.forEach(options.warn);
    if (!response.allowed) throw rejected(hook.name, response);
    return response;
  }

  private patched(
    hook: Hook,
    write: AdmissionWrite,
    patch: unknown[],
  ): KubeObject | undefined {
    const { object, type } = write;
    if (!object) {
      throw new StatusError(
        500,
        'InternalError',
        `Internal error occurred: admission webhook ${JSON.stringify(
          hook.name,
        )} attempted to modify the object, which is not supported for this operation`,
      );
    }
    const copy = deepCopy(wireObject(type, object)) as Json;
    const next = redecode(write, jsonPatch(copy, patch));
    return semanticEqual(next, object) ? object : next;
  }
}
