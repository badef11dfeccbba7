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

import type { KubeConfig } from '@kubernetes/client-node';
import type { AgentOptions, RequestOptions } from 'node:https';
import type { Dispatcher } from 'undici';
import { Agent, ProxyAgent } from 'undici';

/** Connections that are idle stay open this long; the API server closes them later than that. */
const KEEP_ALIVE_MS = 30_000;

/** One pool of connections to the current cluster of a kubeconfig, with its TLS settings and proxy. */
export function createDispatcher(
  kubeConfig: KubeConfig,
  tls: RequestOptions,
): Dispatcher {
  const pool = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
  };
  const options = kubeConfig.createDispatcherOptions(
    kubeConfig.getCurrentCluster(),
    tls as AgentOptions,
  );
  switch (options.type) {
    case 'proxy':
      return new ProxyAgent({
        ...pool,
        uri: options.uri,
        requestTls: options.requestTls,
      });
    case 'socks':
      throw new Error(
        `SOCKS proxies (${options.uri}) are not supported; use an HTTP proxy`,
      );
    case 'agent':
      return new Agent({
        ...pool,
        connect: { ...options.connect, timeout: 10_000 },
      });
    case 'none':
      return new Agent({ ...pool, connect: { timeout: 10_000 } });
    default:
      return options satisfies never;
  }
}
