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

import type { ClusterHealth } from 'backstage-plugin-keptn-tasks-common';
import { isClusterError } from '../cluster/ClusterError';
import type { WatchHealth } from '../cluster/ResourceWatch';
import type { ClusterFindings, WebhookHealth } from './ClusterRuntime';

/** Everything that a cluster's health is told from. */
export interface HealthFacts {
  name: string;
  title?: string;
  mode: ClusterHealth['mode'];
  findings: ClusterFindings;
  lastContactAt?: Date;
  watches: WatchHealth[];
  /** Absent while this replica does not work on the cluster. */
  work?: { ready: boolean; lagMs: number; queueLength: number };
  leader?: string;
  electionError?: Error;
  /** Of the webhook that this process serves; absent when it serves none. */
  webhook?: WebhookHealth;
}

/** What people are told about a cluster. */
export function describeHealth(facts: HealthFacts): ClusterHealth {
  const { name, title, mode, findings, work, leader, lastContactAt } = facts;
  const broken = facts.watches.find(({ error }) => error)?.error;
  const away = [broken, facts.electionError].some(error =>
    isClusterError(error, 'unavailable'),
  );
  const gates = gatesOf(facts);
  const message =
    findings.problem ??
    broken?.message ??
    facts.electionError?.message ??
    findings.missingRights[0]?.message ??
    findings.served?.message ??
    gates?.message ??
    (work && !work.ready ? 'Reading what is in the cluster' : undefined);
  return {
    name,
    ...(title !== undefined && { title }),
    mode,
    reachable: findings.reachable && !away,
    reconciling: mode === 'reconcile' && (work?.ready ?? false),
    ...(message !== undefined && { message }),
    ...(findings.version !== undefined && { version: findings.version }),
    missingResources: findings.missingResources,
    missingRights: findings.missingRights,
    ...(leader !== undefined && { leader }),
    ...(findings.keptnOperator !== undefined && {
      keptnOperator: findings.keptnOperator,
    }),
    ...(gates && { gates }),
    ...(work && { lagMs: work.lagMs, queueLength: work.queueLength }),
    ...(lastContactAt && { lastContactAt: lastContactAt.toISOString() }),
  };
}

/** How Pods are held, with what this process contributes to it. */
function gatesOf({ findings, webhook }: HealthFacts): ClusterHealth['gates'] {
  const { gates } = findings;
  if (gates?.mode !== 'webhook') {
    return gates;
  }
  const problem = webhook
    ? webhook.problem
    : 'Pods are not held: this backend serves no webhook; configure keptnTasks.webhook';
  const message = problem ?? gates.message;
  const { certificateExpiresAt } = webhook ?? {};
  return {
    mode: gates.mode,
    ready: gates.ready && !problem && (webhook?.isListening ?? false),
    ...(message !== undefined && { message }),
    ...(certificateExpiresAt && {
      certificateExpiresAt: certificateExpiresAt.toISOString(),
    }),
  };
}
