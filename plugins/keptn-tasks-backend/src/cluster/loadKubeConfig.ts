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

import { toError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import { existsSync, readFileSync } from 'node:fs';
import type { ClusterConfig } from './ClusterConfig';
import { describeConfigProblem } from './ClusterConfig';

/**
 * The credentials and address of a cluster, read from where the configuration says.
 *
 * Throws an Error with one sentence that says what is wrong with the configuration or the files it names.
 */
export function loadKubeConfig(config: ClusterConfig): KubeConfig {
  const problem = describeConfigProblem(config);
  if (problem) {
    throw new Error(problem);
  }
  if (config.kubeconfig !== undefined) {
    return fromFile(config, config.kubeconfig);
  }
  return config.inCluster ? fromPod(config) : fromUrl(config);
}

function fromFile(config: ClusterConfig, file: string): KubeConfig {
  const kubeConfig = new KubeConfig();
  if (!existsSync(file)) {
    throw new Error(
      `Cluster '${config.name}': there is no kubeconfig file ${file}`,
    );
  }
  try {
    kubeConfig.loadFromFile(file);
  } catch (error) {
    throw new Error(
      `Cluster '${
        config.name
      }': kubeconfig file ${file} cannot be read: ${withoutQuote(error)}`,
    );
  }
  if (config.context !== undefined) {
    if (!kubeConfig.getContextObject(config.context)) {
      const known = kubeConfig.getContexts().map(context => context.name);
      throw new Error(
        `Cluster '${config.name}': ${file} has no context '${
          config.context
        }'; it has ${known.join(', ') || 'none'}`,
      );
    }
    kubeConfig.setCurrentContext(config.context);
  }
  if (!kubeConfig.getCurrentCluster()) {
    throw new Error(
      `Cluster '${config.name}': ${file} has no current context; set context`,
    );
  }
  return kubeConfig;
}

/** The YAML parser goes on with the lines around the mistake, which may hold tokens and keys; so no `cause` either. */
function withoutQuote(error: unknown): string {
  return toError(error).message.split('\n')[0];
}

function fromPod(config: ClusterConfig): KubeConfig {
  if (!process.env.KUBERNETES_SERVICE_HOST) {
    throw new Error(
      `Cluster '${config.name}' is configured as inCluster, but this backend does not run in a Pod`,
    );
  }
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromCluster();
  return kubeConfig;
}

function fromUrl(config: ClusterConfig): KubeConfig {
  const kubeConfig = new KubeConfig();
  if (config.caFile !== undefined && !existsSync(config.caFile)) {
    throw new Error(
      `Cluster '${config.name}': there is no caFile ${config.caFile}`,
    );
  }
  kubeConfig.loadFromClusterAndUser(
    {
      name: config.name,
      server: config.url!.replace(/\/+$/, ''),
      caData: config.caData,
      caFile: config.caFile,
      skipTLSVerify: config.skipTLSVerify ?? false,
    },
    { name: 'keptn-tasks', token: tokenOf(config) },
  );
  return kubeConfig;
}

function tokenOf(config: ClusterConfig): string | undefined {
  if (config.tokenFile === undefined) {
    return config.token;
  }
  const token = readToken(config.name, config.tokenFile);
  if (!token) {
    throw new Error(
      `Cluster '${config.name}': tokenFile ${config.tokenFile} is empty`,
    );
  }
  return token;
}

function readToken(cluster: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Error(
      `Cluster '${cluster}': tokenFile ${file} cannot be read: ${error}`,
      { cause: error },
    );
  }
}
