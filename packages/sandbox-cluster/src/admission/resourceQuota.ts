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
import { parseQuantity } from '../builtin/quantity';
import { forbidden } from '../errors/StatusError';
import { ResourceType } from '../resources/ResourceType';
import { Json } from '../schema/json';
import { AdmissionPlugin } from '../service/ApiContext';
import { Store } from '../store/Store';

/** Keeps namespaces within their ResourceQuotas, and the quotas' status up to date. */
export function resourceQuota(store: Store): AdmissionPlugin {
  const quotas = store.collection('/resourcequotas');
  const refresh = (namespace: string | undefined) => {
    if (!namespace || quotas.size === 0) return;
    for (const quota of [...quotas.list(namespace)]) {
      const hard: Json = quota.spec?.hard ?? {};
      const used = usage(store, namespace, Object.keys(hard));
      const status = { hard, used };
      if (JSON.stringify(quota.status) !== JSON.stringify(status)) {
        quotas.put({ ...quota, status });
      }
    }
  };
  store.listen('*', ({ object }) => refresh(object.metadata.namespace));
  return {
    create(type, object) {
      const { namespace, name } = object.metadata;
      if (!namespace || quotas.size === 0) return;
      for (const quota of quotas.list(namespace)) {
        checkQuota(store, quota, type, object, name);
      }
    },
  };
}

function checkQuota(
  store: Store,
  quota: KubeObject,
  type: ResourceType,
  object: KubeObject,
  name: string,
) {
  const hard: Json = quota.spec?.hard ?? {};
  const wanted = requested(type, object, Object.keys(hard));
  const missing = Object.keys(wanted).filter(key => wanted[key] === undefined);
  if (missing.length) {
    throw forbidden(
      type,
      name,
      `failed quota: ${quota.metadata.name}: must specify ${describeMissing(
        object,
        missing.sort(),
      )}`,
    );
  }
  const asked = Object.entries(wanted).filter(([, amount]) => amount);
  if (asked.length === 0) return;
  const used = usage(store, quota.metadata.namespace ?? '', Object.keys(hard));
  const exceeded = asked
    .map(([key]) => key)
    .filter(
      key =>
        parseQuantity(used[key]) + (wanted[key] ?? 0) >
        parseQuantity(hard[key]),
    )
    .sort();
  if (exceeded.length === 0) return;
  const line = (value: (key: string) => unknown) =>
    exceeded.map(key => `${key}=${value(key)}`).join(',');
  throw forbidden(
    type,
    name,
    `exceeded quota: ${quota.metadata.name}, requested: ${line(key =>
      amountText(type, object, key),
    )}, used: ${line(key => used[key])}, limited: ${line(key => hard[key])}`,
  );
}

/** How much of each limited thing an object asks for; undefined where it does not say and must. */
function requested(
  type: ResourceType,
  object: KubeObject,
  keys: string[],
): Record<string, number | undefined> {
  const result: Record<string, number | undefined> = {};
  for (const key of keys) {
    if (isCountOf(key, type)) result[key] = 1;
    else if (type.kind === 'Pod' && type.builtIn && computeOf(key)) {
      result[key] = podAmount(object, key);
    }
  }
  return result;
}

function isCountOf(key: string, type: ResourceType): boolean {
  const qualified = type.group ? `${type.plural}.${type.group}` : type.plural;
  return key === `count/${qualified}` || (!type.group && key === type.plural);
}

/** `requests.cpu`, `limits.memory`, or plain `cpu`, which is a request. */
function computeOf(key: string): { kind: string; name: string } | undefined {
  const match = /^(?:(requests|limits)\.)?(cpu|memory|ephemeral-storage)$/.exec(
    key,
  );
  return match ? { kind: match[1] ?? 'requests', name: match[2] } : undefined;
}

function podAmount(pod: KubeObject, key: string): number | undefined {
  const compute = computeOf(key);
  if (!compute) return 0;
  let total = 0;
  for (const container of pod.spec?.containers ?? []) {
    const value = container.resources?.[compute.kind]?.[compute.name];
    if (value === undefined) return undefined;
    total += parseQuantity(value);
  }
  return total;
}

function describeMissing(pod: KubeObject, keys: string[]): string {
  return keys
    .map(key => {
      const compute = computeOf(key)!;
      const names = (pod.spec?.containers ?? [])
        .filter(
          (c: Json) =>
            c.resources?.[compute.kind]?.[compute.name] === undefined,
        )
        .map((c: Json) => c.name);
      return `${key} for: ${names.join(',')}`;
    })
    .join('; ');
}

function amountText(
  type: ResourceType,
  object: KubeObject,
  key: string,
): string {
  if (isCountOf(key, type)) return '1';
  return quantityText(podAmount(object, key) ?? 0, key);
}

function quantityText(amount: number, key: string): string {
  if (key.endsWith('cpu')) {
    return Number.isInteger(amount)
      ? `${amount}`
      : `${Math.round(amount * 1000)}m`;
  }
  for (const [suffix, size] of [
    ['Gi', 2 ** 30],
    ['Mi', 2 ** 20],
    ['Ki', 2 ** 10],
  ] as const) {
    if (amount && amount % size === 0) return `${amount / size}${suffix}`;
  }
  return String(amount);
}

/** What a namespace uses of each limited thing. Pods that have ended count no more. */
function usage(
  store: Store,
  namespace: string,
  keys: string[],
): Record<string, string> {
  const pods = store
    .collection('/pods')
    .list(namespace)
    .filter(pod => !['Succeeded', 'Failed'].includes(pod.status?.phase));
  const used: Record<string, string> = {};
  for (const key of keys) {
    if (computeOf(key)) {
      const total = pods.reduce(
        (sum, pod) => sum + (podAmount(pod, key) ?? 0),
        0,
      );
      used[key] = quantityText(total, key);
    } else if (key === 'pods') used[key] = String(pods.length);
    else
      used[key] = String(
        store.collection(storageOf(key)).list(namespace).length,
      );
  }
  return used;
}

function storageOf(key: string): string {
  const [plural, ...group] = key.replace(/^count\//, '').split('.');
  return `${group.join('.')}/${plural}`;
}
