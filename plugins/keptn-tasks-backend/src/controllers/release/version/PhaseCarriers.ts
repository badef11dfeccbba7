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

import type { VersionObject } from '../../../domain/release/phase/Phase';
import { attemptOf, isVersionFinished } from '../../../domain/release/repeat';
import type { TraceCarrier } from '../../../domain/release/resources';
import type { ReleaseTelemetry } from '../ReleaseTelemetry';

/**
 * Trace contexts of phases that have begun, between the moment in which that was stored and the one in which they are
 * stored themselves. Each phase is told of once by this process; one after a crash in between tells again.
 */
export class PhaseCarriers {
  private readonly known = new Map<string, Map<string, TraceCarrier>>();

  constructor(
    private readonly telemetry: ReleaseTelemetry,
    private readonly now: () => Date,
  ) {}

  /** Those that the status of a version lacks. */
  of(version: VersionObject): Record<string, TraceCarrier> {
    const { status } = version;
    const phase = status?.currentPhase;
    if (isVersionFinished(version)) {
      this.forget(version.metadata.uid);
      return {};
    }
    if (!phase || status.phaseTraceIDs?.[phase]) {
      return {};
    }
    return { [phase]: this.started(version, phase) };
  }

  /** A phase has begun, and that is stored. */
  started(version: VersionObject, phase: string): TraceCarrier {
    const { uid } = version.metadata;
    const name = `${attemptOf(version)}/${phase}`;
    const carriers = this.known.get(uid) ?? new Map<string, TraceCarrier>();
    this.known.set(uid, carriers);
    const carrier =
      carriers.get(name) ??
      this.telemetry.phaseStarted(version, phase, this.now());
    carriers.set(name, carrier);
    return carrier;
  }

  forget(uid: string): void {
    this.known.delete(uid);
  }
}
