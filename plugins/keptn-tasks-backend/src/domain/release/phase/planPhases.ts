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

import type { Notice } from '../../plan';
import { earliest } from './earliest';
import type {
  Creation,
  Phase,
  PhaseLook,
  Unseen,
  VersionStatus,
  VersionStep,
} from './Phase';
import { sentence } from './sentence';
import { hasPassed, isCompleted } from './states';
import { endTimeOf, statusTime } from './statusTime';

/** `status.currentPhase` of a version that has passed all phases. */
export const COMPLETED_PHASE = 'Completed';

/** What the phases of a version want done about it. */
export interface PhasesPlan {
  status: VersionStatus;
  creations: Creation[];
  notices: Notice[];
  steps: VersionStep[];
  unseen: Unseen[];
  requeueAfterMs?: number;
  /** The version ends with this. */
  ends?: boolean;
}

/**
 * Phases go in order: the first one that has not passed decides what happens now. What has come to an end keeps its
 * state, whatever is configured later. A phase that fails ends the version, and the phases after it are skipped.
 *
 * @param completed - first part of the reasons of the events at the end
 */
export function planPhases<Look extends PhaseLook>(
  phases: readonly Phase<Look>[],
  stored: Look,
  completed: 'AppCompleted' | 'WorkloadCompleted',
): PhasesPlan {
  const plan: PhasesPlan = {
    status: { ...stored.status },
    creations: [],
    notices: [],
    steps: [],
    unseen: [],
  };
  plan.status.startTime ??= statusTime(stored.now);
  const tell = (type: Notice['type'], reason: string, message: string) =>
    plan.notices.push({
      type,
      reason,
      message: sentence(message, stored.attempt),
    });

  for (const phase of phases) {
    const lookNow = () => ({ ...stored, status: plan.status });
    const known = plan.status[phase.stateField];
    if (hasPassed(known) || phase.isLeftOut?.(lookNow())) {
      continue;
    }
    const isNew = plan.status.currentPhase !== phase.name;
    plan.status.currentPhase = phase.name;
    if (isNew) {
      plan.steps.push({ type: 'phase-started', phase: phase.name });
    } else {
      keepCarrier(plan.status, stored, phase.name);
    }

    const step = isCompleted(known) ? { state: known! } : phase.plan(lookNow());
    plan.status = {
      ...plan.status,
      ...step.report,
      [phase.stateField]: step.state,
    };
    // Keptn tells of phases without anything in them, too; an event for nothing helps nobody.
    const isEmpty =
      phase.items !== undefined &&
      !plan.status[phase.items.field]?.length &&
      hasPassed(step.state);
    if (isNew && !isEmpty) {
      tell('Normal', `${phase.name}Started`, `${phase.title} started.`);
    }
    plan.notices.push(...(step.notices ?? []));
    plan.creations.push(...(step.creations ?? []));
    plan.unseen.push(...(step.unseen ?? []));
    plan.steps.push(
      ...(step.ended ?? []).map(item => ({
        type: 'item-ended' as const,
        phase: phase.name,
        item,
      })),
    );
    if (!isCompleted(step.state)) {
      plan.status.status = 'Progressing';
      plan.requeueAfterMs = earliest(plan.requeueAfterMs, step.requeueAfterMs);
      return plan;
    }

    const why = hasPassed(step.state) ? undefined : phase.whyFailed(lookNow());
    plan.steps.push({
      type: 'phase-ended',
      phase: phase.name,
      state: step.state,
      message: why,
    });
    if (why !== undefined) {
      plan.status = {
        ...plan.status,
        ...skipped(phases, phase),
        status: 'Failed',
        endTime: endTimeOf(plan.status, stored.now),
      };
      tell('Warning', `${phase.name}Failed`, `${phase.title} failed. ${why}`);
      tell('Warning', `${completed}Failed`, `${phase.title} failed. ${why}`);
      plan.ends = true;
      return plan;
    }
    if (!isEmpty) {
      tell(
        'Normal',
        `${phase.name}Finished`,
        step.state === 'Warning'
          ? `${phase.title} failed, and failures do not block here.`
          : `${phase.title} succeeded.`,
      );
    }
  }

  plan.status = {
    ...plan.status,
    currentPhase: COMPLETED_PHASE,
    status: 'Succeeded',
    endTime: endTimeOf(plan.status, stored.now),
  };
  tell('Normal', `${completed}Finished`, 'All phases were passed.');
  plan.ends = true;
  return plan;
}

/** The phases after one that failed, which nobody will go through. */
export function skipped<Look extends PhaseLook>(
  phases: readonly Phase<Look>[],
  failed: Phase<Look>,
): Partial<VersionStatus> {
  return Object.fromEntries(
    phases
      .slice(phases.indexOf(failed) + 1)
      .map(({ stateField }) => [stateField, 'Deprecated']),
  );
}

function keepCarrier(
  status: VersionStatus,
  { carriers }: PhaseLook,
  phase: string,
) {
  const carrier = status.phaseTraceIDs?.[phase] ?? carriers[phase];
  if (carrier) {
    status.phaseTraceIDs = { ...status.phaseTraceIDs, [phase]: carrier };
  }
}
