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

import { openCluster } from '../cluster';
import { target } from '../target';

/** Says which cluster the suite is about to run against; exits with 1 when it does not answer. */
async function describeTarget(): Promise<void> {
  const cluster = await openCluster();
  const { isSandbox, gitVersion, connection } = cluster;
  await cluster.stop();
  const where = isSandbox
    ? 'the sandbox cluster, one for each test file'
    : `${connection.url}${target.context ? `, context ${target.context}` : ''}`;
  const image = target.image
    ? `Pods run ${target.image}`
    : 'tests that run Pods are skipped (no --image)';
  console.log(`Kubernetes ${gitVersion} at ${where}; ${image}.`);
}

describeTarget().catch(error => {
  console.error(`The cluster does not answer: ${error.message}`);
  process.exit(1);
});
