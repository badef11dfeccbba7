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

import type { Notice } from '../../../domain/plan';
import type { VersionObject } from '../../../domain/release/phase/Phase';
import type { ProjectedRelease } from '../../../domain/release/projectRelease';
import type { VersionPlan } from '../../../domain/release/VersionPlan';
import { appPhases } from '../../../domain/release/appPhases';
import { workloadPhases } from '../../../domain/release/workloadPhases';
import type { ReleaseTelemetry } from '../ReleaseTelemetry';
import { mergePatch } from '../../../domain/mergePatch';
import type { PhaseCarriers } from './PhaseCarriers';

/** Tells tracing and metrics of steps that are stored: each once. */
export class StepTeller {
  /** Steps whose writes were never answered. */
  private readonly doubtful = new Map<
    string,
    Pick<VersionPlan, 'status' | 'notices' | 'steps' | 'ends'>
  >();

  constructor(
    private readonly telemetry: ReleaseTelemetry,
    private readonly carriers: PhaseCarriers,
    private readonly now: () => Date,
  ) {}

  /** Keeps what is to be told of a version, once it is certain that it reports this. */
  keep(version: VersionObject, plan: VersionPlan): void {
    this.doubtful.set(version.metadata.uid, plan);
  }

  /** Events of steps that turn out to be stored. */
  untold(version: VersionObject): Notice[] {
    const { uid } = version.metadata;
    const kept = this.doubtful.get(uid);
    this.doubtful.delete(uid);
    if (!kept || !reports(version, kept.status)) {
      return [];
    }
    this.tell(version, kept);
    return kept.notices;
  }

  /** Tells the steps of a status that is stored. */
  tell(
    version: VersionObject,
    { steps, ends }: Pick<VersionPlan, 'steps' | 'ends'>,
    release?: ProjectedRelease,
  ): void {
    for (const step of steps) {
      switch (step.type) {
        case 'phase-started':
          this.carriers.started(version, step.phase);
          break;
        case 'phase-ended': {
          const { state, message } = step;
          const times = timesOf(step.phase, release);
          this.telemetry.phaseEnded(version, step.phase, {
            state,
            message,
            startedAt: times?.startedAt,
            endedAt: times?.finishedAt ?? this.now().toISOString(),
          });
          break;
        }
        case 'item-ended':
          this.telemetry.itemEnded(version, step.phase, step.item);
          break;
        default:
          step satisfies never;
      }
    }
    if (ends) {
      this.telemetry.versionEnded(version);
      this.carriers.forget(version.metadata.uid);
    }
  }
}

/** Whether a version reports all of this; the API server adds what is the default. */
function reports(
  { status = {} }: VersionObject,
  expected: VersionPlan['status'],
): boolean {
  return mergePatch(status, { ...status, ...expected }) === undefined;
}

function timesOf(phase: string, release: ProjectedRelease | undefined) {
  const found = [...appPhases, ...workloadPhases].find(
    ({ name }) => name === phase,
  );
  return release?.phases.find(({ name }) => name === found?.wireName);
}
