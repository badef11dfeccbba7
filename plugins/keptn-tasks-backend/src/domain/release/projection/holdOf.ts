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

import type { ReleaseHold } from 'backstage-plugin-keptn-tasks-common';
import { toIso } from '../../time';
import { accessOf } from '../phase/accessOf';
import { describeItem } from '../phase/describeItems';
import type { Phase, PhaseLook } from '../phase/Phase';
import { withStop } from '../phase/sentence';
import { isCompleted } from '../phase/states';
import type { RolloutOutcome } from '../rollout/RolloutOutcome';

/** A rollout that takes longer is worth asking why. */
export const LINGERING_MS = 30_000;

type Hold = Omit<ReleaseHold, 'gateReleasable'>;

/** What keeps an item of the phase under way from going on: the first one that says so. */
export function holdOfItems<Look extends PhaseLook>(
  phase: Phase<Look>,
  look: Look,
): Hold | undefined {
  const { items: list } = phase;
  if (!list) {
    return undefined;
  }
  const access = accessOf(list.kind);
  for (const item of look.status[list.field] ?? []) {
    const trouble =
      !isCompleted(item.status) && describeItem(look, list, access, item);
    if (trouble) {
      return {
        reason: trouble.reason,
        message: item.name
          ? withStop(
              `${access.word} ${item.definitionName} does not get on: ${trouble.message}`,
            )
          : trouble.message,
        since: toIso(
          item.startTime ??
            look.status.startTime ??
            look.version.metadata.creationTimestamp,
        )!,
        phase: phase.wireName,
        definition: item.definitionName,
      };
    }
  }
  return undefined;
}

/** Of a version that ended with a failed check: its Pods wait for somebody. */
export function holdOfFailure<Look extends PhaseLook>(
  failed: Phase<Look>,
  look: Look,
): Hold {
  const culprit =
    failed.items &&
    look.status[failed.items.field]?.find(({ status }) => status === 'Failed');
  return {
    reason: 'CheckFailed',
    message: failed.whyFailed(look),
    since: toIso(look.status.endTime) ?? look.now.toISOString(),
    phase: failed.wireName,
    ...(culprit && { definition: culprit.definitionName }),
  };
}

/** Of a rollout that is not there, given up, or slow. */
export function holdOfRollout(
  rollout: RolloutOutcome,
  { status, now }: Pick<PhaseLook, 'status' | 'now'>,
): Hold | undefined {
  const since = toIso(status.deploymentStartTime) ?? now.toISOString();
  const lingers = now.getTime() - Date.parse(since) >= LINGERING_MS;
  const isStuck = rollout.state === 'missing' || rollout.state === 'failed';
  return rollout.message &&
    (isStuck || (lingers && rollout.state !== 'succeeded'))
    ? {
        reason: isStuck ? 'RolloutStuck' : 'RolloutSlow',
        message: withStop(rollout.message),
        since,
        phase: 'deployment',
      }
    : undefined;
}
