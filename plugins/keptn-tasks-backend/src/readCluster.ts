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

import path from 'path';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  type ClusterConfig,
  describeConfigProblem,
} from './cluster/ClusterConfig';
import { GATE_MODES } from './domain/release/settings';
import { defaultTaskSettings } from './domain/settings';
import type { ClusterReach, NamespaceRule } from './service/reach';

/**
 * Reads one of `keptnTasks.clusters`; `at` is its path.
 * @throws InputError
 */
export function readCluster(
  cluster: Config,
  at: string,
): { config: ClusterConfig; reach: ClusterReach } {
  const name = cluster.getOptionalString('name');
  if (!name) {
    throw new InputError(
      `${at}.name is missing; give the cluster a name that people know`,
    );
  }
  const mode = cluster.getOptionalString('mode') ?? 'reconcile';
  if (mode !== 'reconcile' && mode !== 'observe') {
    throw new InputError(
      `${at}.mode is '${mode}'; it must be 'reconcile' (this plugin runs the tasks) or 'observe' (another operator does)`,
    );
  }
  const gates = cluster.getOptionalString('gates') ?? 'declared';
  const gateMode = GATE_MODES.find(one => one === gates);
  if (!gateMode) {
    throw new InputError(
      `${at}.gates is '${gates}'; it must be 'declared' (gates stand in Pod templates), 'policy', 'webhook' or 'off'`,
    );
  }
  const config: ClusterConfig = {
    name,
    title: cluster.getOptionalString('title'),
    mode,
    gates: gateMode,
    kubeconfig: fileOf(cluster, 'kubeconfig'),
    context: cluster.getOptionalString('context'),
    url: cluster.getOptionalString('url'),
    token: cluster.getOptionalString('token'),
    tokenFile: fileOf(cluster, 'tokenFile'),
    caData: cluster.getOptionalString('caData'),
    caFile: fileOf(cluster, 'caFile'),
    skipTLSVerify: cluster.getOptionalBoolean('skipTLSVerify'),
    inCluster: cluster.getOptionalBoolean('inCluster'),
    keptnNamespace:
      cluster.getOptionalString('keptnNamespace') ??
      defaultTaskSettings.keptnNamespace,
    qps: positive(cluster, 'qps', at),
    burst: positive(cluster, 'burst', at),
  };
  const problem = describeConfigProblem(config);
  if (problem) throw new InputError(`${at}: ${problem}`);
  return {
    config,
    reach: {
      cluster: name,
      title: config.title,
      keptnNamespace: config.keptnNamespace,
      at,
      namespaces: readNamespaces(cluster, at),
    },
  };
}

/** Relative paths start from the folder in which the backend was started. */
function fileOf(cluster: Config, key: string): string | undefined {
  const file = cluster.getOptionalString(key);
  return file === undefined ? undefined : path.resolve(file);
}

function readNamespaces(cluster: Config, at: string): NamespaceRule[] {
  const list = cluster.getOptional('namespaces') ?? [];
  if (!Array.isArray(list)) {
    throw new InputError(
      `${at}.namespaces must be a list of names, or of objects with a name`,
    );
  }
  return list.map((item, i) => {
    const path_ = `${at}.namespaces[${i}]`;
    if (typeof item === 'string') return readRule({ name: item }, path_);
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      throw new InputError(`${path_} must be a name or an object with a name`);
    }
    return readRule(item, path_);
  });
}

function readRule(item: Record<string, unknown>, at: string): NamespaceRule {
  const { name, owners, definitions } = item;
  if (
    typeof name !== 'string' ||
    !/^[a-z0-9*]([-a-z0-9*]*[a-z0-9*])?$/.test(name)
  ) {
    throw new InputError(
      `${at} must have the name of a namespace, in which * stands for anything; it has '${name}'`,
    );
  }
  const rule: NamespaceRule = { name };
  if (owners !== undefined) {
    rule.owners = readStrings(owners, `${at}.owners`, 'entity refs');
    const wrong = rule.owners.find(
      ref => !/^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/.test(ref),
    );
    if (wrong !== undefined) {
      throw new InputError(
        `${at}.owners has '${wrong}'; write entity refs in full, such as group:default/shop-team`,
      );
    }
    rule.owners = rule.owners.map(ref => ref.toLocaleLowerCase('en-US'));
  }
  if (definitions !== undefined) {
    rule.definitions = readStrings(
      definitions,
      `${at}.definitions`,
      'names of definitions',
    );
  }
  return rule;
}

function readStrings(value: unknown, at: string, what: string): string[] {
  if (!Array.isArray(value) || value.some(one => typeof one !== 'string')) {
    throw new InputError(`${at} must be a list of ${what}`);
  }
  return value;
}

function positive(
  cluster: Config,
  key: string,
  at: string,
): number | undefined {
  const value = cluster.getOptionalNumber(key);
  if (value !== undefined && value <= 0) {
    throw new InputError(`${at}.${key} is ${value}; it must be more than 0`);
  }
  return value;
}
