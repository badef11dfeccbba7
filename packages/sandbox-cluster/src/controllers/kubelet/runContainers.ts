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

import { KubeObject } from '../../ClusterApi';
import { ContainerRunner } from './ContainerRunner';
import { ContainerRecord } from './status/ContainerRecord';
import { PodRecord } from './status/podStatus';

interface Sidecar {
  runner: ContainerRunner;
  over: Promise<void>;
}

type MakeRunner = (
  record: ContainerRecord,
  restartPolicy: string,
) => ContainerRunner;

/**
 * Runs the init containers of a Pod one after the other, then its containers side by side, until none of
 * them will run again. Restartable init containers go on beside the others and are ended after them.
 */
export async function runContainers(
  pod: KubeObject,
  { init, containers }: PodRecord,
  makeRunner: MakeRunner,
  signal: AbortSignal,
): Promise<void> {
  const { restartPolicy = 'Always', terminationGracePeriodSeconds = 30 } =
    pod.spec;
  const othersOver = new AbortController();
  const sidecarSignal = AbortSignal.any([signal, othersOver.signal]);
  const sidecars: Sidecar[] = [];
  const initialize = async (record: ContainerRecord): Promise<boolean> => {
    if (record.sidecar) {
      const runner = makeRunner(record, 'Always');
      sidecars.push({ runner, over: runner.run(sidecarSignal) });
      await runner.started;
    } else {
      const policy = restartPolicy === 'Never' ? 'Never' : 'OnFailure';
      await makeRunner(record, policy).run(signal);
    }
    return record.initialized && !signal.aborted;
  };
  try {
    for (const record of init) {
      if (!(await initialize(record))) return;
    }
    await Promise.all(
      containers.map(record => makeRunner(record, restartPolicy).run(signal)),
    );
  } finally {
    othersOver.abort();
    // In the opposite order of their start.
    for (const { runner, over } of sidecars.reverse()) {
      runner.terminate(terminationGracePeriodSeconds * 1_000);
      await over;
    }
  }
}
