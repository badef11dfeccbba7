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

// Usage: npm run demo:release [-- --namespace NAMESPACE] [--version VERSION] [--kubeconfig FILE]
// Rolls the shop's next version out in the sandbox that `npm start` runs, and tells what happens until it has ended.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies, root } from './lib/install.mjs';

const { values } = parseArgs({
  options: {
    namespace: { type: 'string', default: 'shop' },
    version: { type: 'string' },
    kubeconfig: {
      type: 'string',
      default: path.join(root, '.sandbox/kubeconfig'),
    },
  },
});
const { namespace } = values;

await installDependencies();
const { apply, objectApi } = await import('./lib/applyManifests.mjs');
const { releaseEnded } = await import('./lib/releases.mjs');

const LIFECYCLE = 'lifecycle.keptn.sh/v1';
const api = objectApi(values.kubeconfig);
const app = await api.read({
  apiVersion: LIFECYCLE,
  kind: 'KeptnApp',
  metadata: { name: 'shop', namespace },
});
const version = values.version ?? next(app.spec.version);
console.log(
  `Releasing shop ${version} in ${namespace} (it is ${app.spec.version} now)`,
);

const versions = { checkout: version };
for (const { name, version: current } of app.spec.workloads) {
  versions[name] ??= next(current);
}
await apply(api, {
  apiVersion: LIFECYCLE,
  kind: 'KeptnApp',
  metadata: { name: 'shop', namespace },
  spec: {
    version,
    workloads: Object.entries(versions).map(([name, one]) => ({
      name,
      version: one,
    })),
  },
});
for (const [name, one] of Object.entries(versions)) {
  await rollOut(name, one);
}

const told = new Set();
const state = await releaseEnded(api, namespace, 'shop', async release => {
  if (!release) return;
  tell(`shop ${version}`, release.status);
  const { items } = await api.list(
    LIFECYCLE,
    'KeptnWorkloadVersion',
    namespace,
  );
  for (const { spec, status } of items) {
    if (
      Object.entries(versions).some(
        ([name, one]) =>
          spec.workloadName === `shop-${name}` && spec.version === one,
      )
    ) {
      tell(`${spec.workloadName} ${spec.version}`, status);
    }
  }
});
console.log(`shop ${version} has ended: ${state}`);
process.exit(state === 'Succeeded' ? 0 : 1);

/** A new version of a workload, as a pipeline would apply it. */
async function rollOut(name, one) {
  const deployment = await api.read({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
  });
  const { template } = deployment.spec;
  template.metadata.labels['app.kubernetes.io/version'] = one;
  template.spec.containers[0].image = `ghcr.io/example/${name}:${one}`;
  deployment.spec.minReadySeconds = 0;
  delete deployment.spec.progressDeadlineSeconds;
  await api.replace(deployment);
}

/** One line for each step that was not told yet. */
function tell(what, status) {
  const steps = [
    ...Object.values(status ?? {})
      .filter(Array.isArray)
      .flat()
      .filter(({ definitionName }) => definitionName)
      .map(item => `${item.definitionName}: ${item.status}`),
    ...(status?.currentPhase ? [status.currentPhase] : []),
  ];
  for (const step of steps) {
    const line = `${what}  ${step}`;
    if (!told.has(line)) {
      told.add(line);
      console.log(`  ${new Date().toLocaleTimeString('en-GB')}  ${line}`);
    }
  }
}

/** 2.4.0 → 2.4.1 */
function next(text) {
  const parts = text.split('.');
  return [...parts.slice(0, -1), Number(parts.at(-1)) + 1].join('.');
}
