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
import { Json } from '../../schema/json';
import { compileConditions, MatchCondition } from '../matching/conditions';
import { ClientConfig } from './WebhookCall';

/** One webhook of a configuration. */
export interface Hook {
  /** Unique among all webhooks of the cluster. */
  key: string;
  name: string;
  clientConfig: ClientConfig;
  timeoutSeconds: number;
  failsOpen: boolean;
  isReinvocable: boolean;
  /** Whether it may be asked about a dry run. */
  takesDryRun: boolean;
  rules: Json[];
  namespaceSelector?: Json;
  objectSelector?: Json;
  conditions: MatchCondition[];
}

/** What match conditions of webhooks can name. */
export const HOOK_CONDITION_NAMES = ['object', 'oldObject', 'request'];

const cache = new WeakMap<KubeObject, Hook[]>();

/** The webhooks of a stored configuration, in order, read once for each of its states. */
export function hooksOf(configuration: KubeObject): Hook[] {
  let hooks = cache.get(configuration);
  if (!hooks) {
    const { name } = configuration.metadata;
    hooks = (configuration.webhooks ?? []).map((given: Json, index: number) =>
      readHook(given, `${name}/${given.name}/${index}`),
    );
    cache.set(configuration, hooks as Hook[]);
  }
  return hooks as Hook[];
}

function readHook(given: Json, key: string): Hook {
  return {
    key,
    name: given.name,
    clientConfig: given.clientConfig,
    timeoutSeconds: given.timeoutSeconds,
    failsOpen: given.failurePolicy === 'Ignore',
    isReinvocable: given.reinvocationPolicy === 'IfNeeded',
    takesDryRun: ['None', 'NoneOnDryRun'].includes(given.sideEffects),
    rules: given.rules ?? [],
    namespaceSelector: given.namespaceSelector,
    objectSelector: given.objectSelector,
    conditions: compileConditions(given.matchConditions, HOOK_CONDITION_NAMES),
  };
}
