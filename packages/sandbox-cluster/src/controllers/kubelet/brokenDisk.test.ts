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

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestCluster } from '../__testUtils__/testCluster';

describe('A Pod whose files cannot be made', () => {
  it('fails and says why', async () => {
    const cluster = new TestCluster();
    // A file stands where the directory of Pods should be.
    writeFileSync(join(cluster.root, 'pods'), '');
    cluster.runPod('unlucky', 'true');
    const { status } = await cluster.untilPhase('unlucky', 'Failed');
    expect(status).toMatchObject({ reason: 'SandboxError' });
    expect(status.message).toContain('ENOTDIR');
    expect(cluster.errors.splice(0)).toHaveLength(1);
    await cluster.stop();
  });
});
