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

import { createServer } from 'node:net';
import path from 'node:path';
import { stringify } from 'yaml';

export const CHECKOUT = 'component:default/checkout';

/** Where the plugins of a portal keep their data. */
export type DatabaseConfig = Record<string, unknown>;

/** The configuration of a portal with the entities of `catalog`. */
export function portalConfig(options: {
  directory: string;
  port: number;
  database: DatabaseConfig;
  clusters: object[];
  keptnTasks?: object;
}): string {
  const { directory, port, database, clusters, keptnTasks } = options;
  const baseUrl = `http://127.0.0.1:${port}`;
  return stringify({
    app: { baseUrl, disableStaticFallbackCache: true },
    organization: { name: 'Example' },
    backend: { baseUrl, listen: { host: '127.0.0.1', port }, database },
    auth: {
      providers: {
        guest: {
          userEntityRef: 'user:default/guest',
          ownershipEntityRefs: ['user:default/guest'],
        },
      },
    },
    permission: { enabled: true },
    catalog: {
      rules: [{ allow: ['Component'] }],
      locations: [
        { type: 'file', target: path.join(directory, 'catalog.yaml') },
      ],
    },
    keptnTasks: { clusters, ...keptnTasks },
  });
}

/** Checkout, which may run tasks in the given places, and ledger, which belongs to others. */
export function catalog(targets: string[]): string {
  return [
    aComponent('checkout', 'shop-team', targets),
    aComponent('ledger', 'platform-team', targets),
  ]
    .map(entity => stringify(entity))
    .join('---\n');
}

function aComponent(name: string, owner: string, targets: string[]) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: { 'keptn-tasks/targets': targets.join(', ') },
    },
    spec: { type: 'service', lifecycle: 'production', owner },
  };
}

/** A TCP port that nobody listens on. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
