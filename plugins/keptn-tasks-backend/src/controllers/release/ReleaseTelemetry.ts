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

import type {
  KeptnAppVersion,
  KeptnEvaluation,
  KeptnWorkloadVersion,
  TraceCarrier,
} from '../../domain/release/resources';
import type { KeptnTask } from '../../domain/resources';

/** A version of an app or of a workload. */
export type VersionObject = KeptnAppVersion | KeptnWorkloadVersion;

/**
 * What the platform's tracing and metrics are told about releases. Told once for each step, after the step was
 * stored. Never throws and never waits for anybody.
 */
export interface ReleaseTelemetry {
  /**
   * A phase begins: opens its span and returns what its tasks carry on. Where nothing is traced, ids that follow from
   * the version's uid, so that a trace context is always there.
   */
  phaseStarted(version: VersionObject, phase: string, at: Date): TraceCarrier;
  phaseEnded(
    version: VersionObject,
    phase: string,
    outcome: {
      state: string;
      startedAt?: string;
      endedAt: string;
      message?: string;
    },
  ): void;
  /** A version has come to its end: Succeeded, Failed or Deprecated. */
  versionEnded(version: VersionObject): void;
  /** A task or evaluation of a phase has come to its end. */
  itemEnded(
    version: VersionObject,
    phase: string,
    item: KeptnTask | KeptnEvaluation,
  ): void;
  /** Asks for the versions of the cluster at each collection of the gauges, until the returned function is called. */
  observe(versions: () => Iterable<VersionObject>): () => void;
}
