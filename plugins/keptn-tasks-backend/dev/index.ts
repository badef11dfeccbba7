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

// The plugin alone, on a sandbox cluster in this process with the repository's examples: yarn start.
// Everybody is signed in as user:default/guest and may do everything. Try
//   curl 'localhost:7007/api/keptn-tasks/definitions?entityRef=component:default/checkout'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import path from 'path';
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import {
  coreServices,
  createBackendPlugin,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { startSandboxCluster, type SandboxCluster } from 'sandbox-cluster';
import { parseAllDocuments } from 'yaml';

const root = resolvePackagePath(
  'backstage-plugin-keptn-tasks-backend',
  '../..',
);

/** A custom resource is served a moment after its definition was created. */
async function serving(
  sandbox: SandboxCluster,
  { apiVersion, kind }: { apiVersion: string; kind: string },
) {
  for (let tries = 0; ; tries++) {
    try {
      return sandbox.api.resource(apiVersion, kind);
    } catch (error) {
      if (tries > 50) throw error;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}

/** Creates everything in the manifests of a folder, in the order of their names. */
async function apply(sandbox: SandboxCluster, folder: string) {
  for (const file of readdirSync(path.join(root, folder)).sort()) {
    const text = readFileSync(path.join(root, folder, file), 'utf8');
    for (const document of parseAllDocuments(text)) {
      const object = document.toJS();
      if (!object) continue;
      const resource = await serving(sandbox, object);
      resource.create(object);
    }
  }
}

async function main() {
  const port = Number(process.env.PORT ?? 7007);
  const sandbox = await startSandboxCluster();
  await apply(sandbox, 'deploy/crds');
  await apply(sandbox, 'examples/tasks');
  const kubeconfig = path.join(
    mkdtempSync(path.join(tmpdir(), 'keptn-tasks-dev-')),
    'kubeconfig',
  );
  writeFileSync(kubeconfig, sandbox.kubeconfig, { mode: 0o600 });

  const backend = createBackend();
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        backend: {
          listen: { host: '127.0.0.1', port },
          baseUrl: `http://localhost:${port}`,
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
        keptnTasks: {
          clusters: [
            {
              name: 'sandbox',
              kubeconfig,
              namespaces: ['shop', 'shop-staging'],
            },
          ],
        },
      },
    }),
  );
  backend.add(mockServices.auth.factory());
  backend.add(mockServices.httpAuth.factory());
  backend.add(
    catalogServiceMock.factory({
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name: 'checkout',
            annotations: {
              'keptn-tasks/targets': 'sandbox/shop, sandbox/shop-staging',
            },
          },
          spec: {
            type: 'service',
            lifecycle: 'production',
            owner: 'shop-team',
          },
        },
      ],
    }),
  );
  backend.add(import('../src'));
  backend.add(
    createBackendPlugin({
      pluginId: 'sandbox',
      register(env) {
        env.registerInit({
          deps: { lifecycle: coreServices.rootLifecycle },
          // Root hooks run after those of plugins, so the cluster outlives the work on it.
          async init({ lifecycle }) {
            lifecycle.addShutdownHook(() => sandbox.stop());
          },
        });
      },
    }),
  );
  await backend.start();
}

main().catch(error => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
});
