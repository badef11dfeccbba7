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

import { sleep } from '../../common/sleep';
import { PodScope, containerEvent } from '../KubeletTools';
import { ContainerRecord } from '../status/ContainerRecord';
import { ProbeFailure } from './checks';

/** A running container whose probes are to be asked. */
export interface Supervised {
  scope: PodScope;
  record: ContainerRecord;
  /** Asks the container once. */
  check(probe: any): Promise<ProbeFailure>;
  /** Ends the run of a container that is not alive. */
  kill(graceMs: number): void;
  /** Told when the container counts as started. */
  onStarted(): void;
}

/**
 * Asks the probes of a container until the signal is aborted: first whether it has started, then, side by side, whether
 * it is ready and whether it is alive. Its record and, through it, the Pod's status follow.
 */
export async function supervise(
  container: Supervised,
  signal: AbortSignal,
): Promise<void> {
  const { record, scope } = container;
  const { startupProbe, livenessProbe, readinessProbe } = record.spec;
  if (startupProbe) {
    const started = await untilDecided(
      container,
      'Startup',
      startupProbe,
      signal,
    );
    if (signal.aborted) return;
    if (!started) {
      giveUp(container, 'startup', startupProbe);
      return;
    }
    record.markStarted();
    scope.changed();
  }
  container.onStarted();
  await Promise.all([
    readinessProbe && watchReadiness(container, readinessProbe, signal),
    livenessProbe && watchLiveness(container, livenessProbe, signal),
  ]);
}

async function untilDecided(
  container: Supervised,
  kind: string,
  probe: any,
  signal: AbortSignal,
): Promise<boolean> {
  for await (const healthy of ask(container, kind, probe, signal)) {
    return healthy;
  }
  return false;
}

async function watchReadiness(
  container: Supervised,
  probe: any,
  signal: AbortSignal,
): Promise<void> {
  const { record, scope } = container;
  for await (const ready of ask(container, 'Readiness', probe, signal)) {
    if (record.ready === ready) continue;
    record.ready = ready;
    scope.changed();
  }
}

async function watchLiveness(
  container: Supervised,
  probe: any,
  signal: AbortSignal,
): Promise<void> {
  for await (const alive of ask(container, 'Liveness', probe, signal)) {
    if (alive) continue;
    giveUp(container, 'liveness', probe);
    return;
  }
}

/** Asks again and again; yields each time that enough answers in a row were the same. */
async function* ask(
  { scope, record, check }: Supervised,
  kind: string,
  probe: any,
  signal: AbortSignal,
): AsyncGenerator<boolean> {
  const { probeSecondMs } = scope.tools.timings;
  const { successThreshold = 1, failureThreshold = 3 } = probe;
  let inRow = 0;
  let last: boolean | undefined;
  await sleep((probe.initialDelaySeconds ?? 0) * probeSecondMs, signal);
  while (!signal.aborted) {
    const failure = await check(probe);
    if (signal.aborted) return;
    const passed = failure === undefined;
    inRow = passed === last ? inRow + 1 : 1;
    last = passed;
    if (!passed) {
      const message = `${kind} probe failed: ${failure}`;
      containerEvent(scope, record.name, 'Warning', 'Unhealthy', message);
    }
    if (inRow >= (passed ? successThreshold : failureThreshold)) yield passed;
    await sleep((probe.periodSeconds ?? 10) * probeSecondMs, signal);
  }
}

function giveUp(
  { scope, record, kill }: Supervised,
  kind: string,
  probe: any,
): void {
  const message = `Container ${record.name} failed ${kind} probe, will be restarted`;
  containerEvent(scope, record.name, 'Normal', 'Killing', message);
  const seconds =
    probe.terminationGracePeriodSeconds ??
    scope.pod.spec.terminationGracePeriodSeconds ??
    30;
  kill(seconds * 1_000);
}
