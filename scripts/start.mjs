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

// Usage: npm start [-- --no-sandbox]
// Installs what is missing and starts the sandbox cluster, the backend and the app.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies, root } from './lib/install.mjs';
import { stopGroup } from './lib/processes.mjs';

const PORTAL = 'http://localhost:3000';
const BACKEND_READY = 'http://localhost:7007/.backstage/health/v1/readiness';

const { values } = parseArgs({
  options: { 'no-sandbox': { type: 'boolean', default: false } },
});

await installDependencies();

const portal = ['yarn', 'backstage-cli', 'repo', 'start', 'app', 'backend'];
const [command, ...args] = values['no-sandbox']
  ? portal
  : ['node', 'scripts/sandbox.mjs', '--', ...portal];
const child = spawn(command, args, {
  cwd: root,
  stdio: 'inherit',
  detached: true,
});
child.once('exit', code => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  // The sandbox needs its own time to end what it started.
  process.on(signal, () => stopGroup(child, 30_000));
}

await answers(BACKEND_READY);
if (!values['no-sandbox']) {
  // Meanwhile the app is still being built.
  playReleases().catch(error =>
    console.error(`The example releases stopped: ${error.message}`),
  );
}
await answers(PORTAL);
console.log(`
  The portal is at ${PORTAL}  (choose "Enter" to come in as a guest)
${
  values['no-sandbox']
    ? ''
    : `  The sandbox's kubeconfig is ${path.join(root, '.sandbox/kubeconfig')}

  Try this first
    1. Open ${PORTAL}/catalog/default/component/checkout/keptn-tasks
       Within a minute 2.4.0 has passed in staging and is held in production: read why.
       ${PORTAL}/catalog/default/system/shop/keptn-tasks shows the whole app.
    2. Roll the next version out and watch the page:  npm run demo:release
    3. kubectl --kubeconfig .sandbox/kubeconfig -n shop get pods,keptnappversions,keptnworkloadversions
    4. Apply a task of your own and watch it appear under Runs:
       kubectl --kubeconfig .sandbox/kubeconfig create -f examples/hello-task.yaml
`
}`);

async function playReleases() {
  const { objectApi } = await import('./lib/applyManifests.mjs');
  const { playExampleReleases } = await import('./lib/releases.mjs');
  await playExampleReleases(
    objectApi(path.join(root, '.sandbox/kubeconfig')),
    path.join(root, 'examples/release'),
  );
}

async function answers(url) {
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}
