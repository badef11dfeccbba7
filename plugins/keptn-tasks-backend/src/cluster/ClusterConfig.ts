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

import type { GateMode } from '../domain/release/settings';

/** How to reach one cluster, and what to do there. */
export interface ClusterConfig {
  name: string;
  title?: string;
  /** `reconcile`: run the tasks; `observe`: another operator runs them, and nothing is ever written. */
  mode: 'reconcile' | 'observe';
  /** Path of a kubeconfig file; its current context unless `context` names another. */
  kubeconfig?: string;
  context?: string;
  /** Address of the API server, when there is no kubeconfig. */
  url?: string;
  token?: string;
  /** Read again while the plugin runs, so that a token may be rotated. */
  tokenFile?: string;
  /** Certificate authority in PEM, base64-encoded. */
  caData?: string;
  caFile?: string;
  skipTLSVerify?: boolean;
  /** The cluster in which this backend runs, with its Pod's service account. */
  inCluster?: boolean;
  /** Where Keptn lives: shared definitions, the Lease of this plugin, the Lease of Keptn's operator. */
  keptnNamespace: string;
  /** How the scheduling gate gets onto Pods. `declared` when absent. */
  gates?: GateMode;
  /** Requests per second on average, beside watches, logs and the Lease. */
  qps?: number;
  /** Requests that may be made at once after a quiet time. */
  burst?: number;
}

/**
 * Says what is wrong with the configuration of a cluster, in one sentence; `undefined` when nothing is. Files are
 * not opened: they may appear later.
 */
export function describeConfigProblem(
  config: ClusterConfig,
): string | undefined {
  const cluster = `Cluster '${config.name}'`;
  const ways = [
    config.kubeconfig !== undefined && 'kubeconfig',
    config.url !== undefined && 'url',
    config.inCluster && 'inCluster',
  ].filter(Boolean);
  if (!config.name) {
    return 'A cluster has no name; set keptnTasks.clusters[].name';
  }
  if (ways.length === 0) {
    return `${cluster} has no address; set one of kubeconfig, url or inCluster`;
  }
  if (ways.length > 1) {
    return `${cluster} has several addresses (${ways.join(', ')}); keep one`;
  }
  if (config.context !== undefined && config.kubeconfig === undefined) {
    return `${cluster} names a context without a kubeconfig`;
  }
  if (config.url !== undefined) {
    return describeUrlProblem(cluster, config);
  }
  if (config.token || config.tokenFile || config.caData || config.caFile) {
    return `${cluster} has credentials beside its ${ways[0]}; token, tokenFile, caData and caFile belong to a url`;
  }
  return undefined;
}

function describeUrlProblem(
  cluster: string,
  config: ClusterConfig,
): string | undefined {
  const url = URL.canParse(config.url!) ? new URL(config.url!) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    return `${cluster} has an invalid url '${config.url}'; it must start with https://`;
  }
  if (url.protocol === 'http:' && !config.skipTLSVerify) {
    return `${cluster} has an unencrypted url '${config.url}'; use https, or set skipTLSVerify for a proxy on this machine`;
  }
  if (config.token !== undefined && config.tokenFile !== undefined) {
    return `${cluster} has both token and tokenFile; keep one`;
  }
  if (config.caData !== undefined && config.caFile !== undefined) {
    return `${cluster} has both caData and caFile; keep one`;
  }
  return undefined;
}
