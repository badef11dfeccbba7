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

import { readFileSync } from 'node:fs';
import { startSandboxCluster } from '../startSandboxCluster';
import { ApiClient } from './client/ApiClient';
import type { Connection } from './client/Connection';
import { readKubeconfig, readKubeconfigFile } from './client/readKubeconfig';
import { target } from './target';

/** A cluster to test, once it answers. */
export interface Cluster {
  api: ApiClient;
  connection: Connection;
  /** Text of a kubeconfig for other clients. */
  kubeconfig: string;
  context?: string;
  isSandbox: boolean;
  gitVersion: string;
  minor: number;
  stop(): Promise<void>;
}

/** Connects to the real cluster that is named, or starts a sandbox. */
export async function openCluster(): Promise<Cluster> {
  const { connection, kubeconfig, stop } = await connect();
  const api = new ApiClient(() => connection);
  try {
    const { body, status, text } = await api.get('/version');
    if (status !== 200) {
      throw new Error(`${connection.url}/version answered ${status}: ${text}`);
    }
    return {
      api,
      connection,
      kubeconfig,
      context: target.context,
      isSandbox: !target.kubeconfigFile,
      gitVersion: body.gitVersion,
      // Some providers write "33+".
      minor: Number.parseInt(body.minor, 10),
      stop: async () => {
        api.close();
        await stop();
      },
    };
  } catch (error) {
    api.close();
    await stop();
    throw error;
  }
}

async function connect(): Promise<{
  connection: Connection;
  kubeconfig: string;
  stop: () => Promise<void>;
}> {
  const { kubeconfigFile, context } = target;
  if (kubeconfigFile) {
    return {
      connection: readKubeconfigFile(kubeconfigFile, context),
      kubeconfig: readFileSync(kubeconfigFile, 'utf8'),
      stop: async () => {},
    };
  }
  const sandbox = await startSandboxCluster();
  return {
    connection: readKubeconfig(sandbox.kubeconfig),
    kubeconfig: sandbox.kubeconfig,
    stop: () => sandbox.stop(),
  };
}
