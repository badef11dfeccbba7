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

import { readFile } from 'node:fs/promises';
import { BenchCluster, CONCURRENCY } from '../cluster/BenchCluster';
import { inParallel } from '../inParallel';
import type {
  PlainClientMessage,
  PlainClientOptions,
  PlainClientWork,
} from './PlainClient';

/** Creates Jobs as fast as the API server takes them, and does nothing else. */
async function main(options: PlainClientOptions): Promise<void> {
  const { warmUp, jobs }: PlainClientWork = JSON.parse(
    await readFile(options.manifests, 'utf8'),
  );
  const cluster = new BenchCluster(options);
  const create = async (job: any) => {
    await cluster.client.create('Job', job);
  };
  await inParallel(warmUp, CONCURRENCY, create);
  process.once('message', () => {
    inParallel(jobs, CONCURRENCY, create)
      .then(() => cluster.close())
      .then(() => process.exit(0))
      .catch(fail);
  });
  tell({ type: 'loaded' });
}

function tell(message: PlainClientMessage): void {
  process.send!(message);
}

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}

main(JSON.parse(process.argv[2])).catch(fail);
