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

await Promise.all([answers(PORTAL), answers(BACKEND_READY)]);
console.log(`
  The portal is at ${PORTAL}  (choose "Enter" to come in as a guest)
${
  values['no-sandbox']
    ? ''
    : `  The sandbox's kubeconfig is ${path.join(root, '.sandbox/kubeconfig')}

  Try this first
    1. Open ${PORTAL}/catalog/default/component/checkout/keptn-tasks
       smoke-test 2.4.0 has failed: read why, and run it again with actual = 200.
    2. kubectl --kubeconfig .sandbox/kubeconfig -n shop get keptntasks
    3. Apply a task of your own and watch it appear in the open page:
       kubectl --kubeconfig .sandbox/kubeconfig create -f examples/hello-task.yaml
`
}`);

async function answers(url) {
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}
