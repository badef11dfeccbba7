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

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiMachinery } from './ApiMachinery';
import { Tokens } from './auth/authenticate';
import { makeCertificates } from './certificates';
import { ClusterApi } from './ClusterApi';
import {
  Controllers,
  ControllersOptions,
  ControllerTimings,
  SandboxImages,
  startControllers,
} from './controllers';
import { Faults } from './faults/Faults';
import { ApiServer } from './http/ApiServer';
import { makeKubeconfig } from './kubeconfig';
import { User } from './resources/ResourceType';

/** How a sandbox cluster is started. */
export interface SandboxClusterOptions {
  /** TCP port; a free one unless it is given. */
  port?: number;
  /** Address to listen on. Loopback unless it is given; the sandbox is not for networks. */
  host?: string;
  /** Where Pods keep their files and logs. A temporary directory that `stop` removes unless it is given. */
  directory?: string;
  /** Whether workloads, Jobs and Pods run. True unless it is given; without, they stay as they were created. */
  controllers?: boolean;
  /** What the node can run. */
  images?: SandboxImages;
  /** Where the controllers should wait less than in a real cluster. */
  timings?: Partial<ControllerTimings>;
  /** Told about failures of controllers. Default: a warning of the process. */
  onError?: ControllersOptions['onError'];
  /** Where Services that webhooks name really listen: `<namespace>/<name>` to a port of this machine. */
  webhookServices?: Record<string, number>;
  /** The token of the administrator; random unless it is given. */
  token?: string;
  /** Further tokens and whom they stand for. */
  tokens?: Record<string, Pick<User, 'name'> & { groups?: string[] }>;
}

/** A running sandbox cluster. */
export interface SandboxCluster {
  url: string;
  /** A kubeconfig, as YAML, for the administrator. */
  kubeconfig: string;
  /** The certificate of the authority that signed the server's, PEM in base64. */
  caData: string;
  /** The bearer token of the administrator. */
  token: string;
  /** The same cluster without the wire. */
  api: ClusterApi;
  /** Makes the cluster fail on demand. */
  faults: Faults;
  /** Ends every connection and every process of a Pod. */
  stop(): Promise<void>;
}

/**
 * Starts a small Kubernetes cluster in this process: the API over HTTPS and, unless told otherwise, a
 * node that runs Pods as local processes. For development and tests only.
 */
export async function startSandboxCluster(
  options: SandboxClusterOptions = {},
): Promise<SandboxCluster> {
  const { port = 0, host = '127.0.0.1' } = options;
  const token = options.token ?? randomBytes(24).toString('base64url');
  const tokens = new Tokens();
  tokens.add(token, { name: 'sandbox-admin', groups: ['system:masters'] });
  for (const [text, user] of Object.entries(options.tokens ?? {})) {
    tokens.add(text, { groups: [], ...user });
  }
  const { ca, cert, key } = await makeCertificates(host);
  const machinery = new ApiMachinery(ca, options.webhookServices);
  const faults = new Faults(machinery.context.store);
  let controllers: Controllers | undefined;
  const server = new ApiServer({
    api: machinery.context,
    authorizer: machinery.authorizer,
    tokens,
    faults,
    key,
    cert,
    podLogs: () => controllers?.podLogs,
  });
  const actualPort = await server.listen(port, host);
  const temporary =
    options.controllers === false || options.directory
      ? undefined
      : await mkdtemp(join(tmpdir(), 'sandbox-cluster-'));
  const root = options.directory ?? temporary;
  if (root && options.controllers !== false) {
    controllers = startControllers({
      api: machinery.api,
      root,
      config: options.images,
      timings: options.timings,
      onError: options.onError,
    });
  }
  const url = `https://${
    host.includes(':') ? `[${host}]` : host
  }:${actualPort}`;
  const caData = Buffer.from(ca).toString('base64');
  return {
    url,
    kubeconfig: makeKubeconfig({ url, caData, token }),
    caData,
    token,
    api: machinery.api,
    faults,
    async stop() {
      await server.close();
      await controllers?.stop();
      machinery.stop();
      if (temporary) await rm(temporary, { recursive: true, force: true });
    },
  };
}
