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

import type { ObjectKey } from '../../../cluster/ClusterClient';
import type { Finding } from '../../../domain/release/identity/identify';
import { identify } from '../../../domain/release/identity/identify';
import type { Reconcile, Wake } from '../../Controller';
import type {
  CreateReleaseController,
  ReleaseController,
} from '../ReleaseController';
import type { ReleaseContext } from '../ReleaseContext';
import { Claims } from './Claims';
import { keptNameProblem, takenNameProblem } from './claimProblems';
import { ensureCreationRequest } from './ensureCreationRequest';
import { ensureWorkload } from './ensureWorkload';
import { findHolder } from './findHolder';
import { isLeftAlone } from './leftAlone';
import type { ObservedWorkload } from './observeWorkload';
import { observeWorkload } from './observeWorkload';
import { listOwnerKeys, parseOwnerKey } from './ownerKeys';
import { ProblemBook } from './ProblemBook';
import { wakeOwners } from './wakeOwners';

/**
 * From what people deploy to the KeptnWorkload that stands for it, and to the request for its app. Its keys are the
 * workloads: `Deployment:cart`. The key of a namespace, without a kind, stands for workloads that are there no more.
 */
export const createRevisionController: CreateReleaseController = context => {
  const { watches } = context;
  // The controller wakes others that claim a name, so that queue and reconciler need each other.
  let wake: Wake = () => undefined;
  const reconcile = createReconcile(context, key => wake(key));
  return {
    name: 'workload revision',
    reconcile,
    *keys() {
      yield* listOwnerKeys(watches);
      for (const { metadata } of watches.namespaces.cache.values()) {
        if (watches.isOptedIn(metadata?.name)) {
          yield { namespace: metadata!.name!, name: '' };
        }
      }
    },
    connect(to) {
      wake = to;
      return wakeOwners(context, to);
    },
  } satisfies ReleaseController;
};

function createReconcile(context: ReleaseContext, wake: Wake): Reconcile {
  const { watches } = context;
  const claims = new Claims();
  const problems = new ProblemBook(context);

  const claim = (key: ObjectKey, workloadName: string | undefined) =>
    claims.note(key, workloadName).forEach(other => wake(other));

  const report = async (
    key: ObjectKey,
    messages: string[],
    identity?: Finding['identity'],
  ) => {
    const { appName, workloadName } = identity ?? {};
    const problem = { ...parseOwnerKey(key)!, appName, workloadName, messages };
    await problems.report(key, problem);
  };

  return async key => {
    if (!parseOwnerKey(key)) {
      // Each has to be told that it is gone.
      (await problems.keysOf(key.namespace)).forEach(known => wake(known));
      return {};
    }
    const observed = watches.isOptedIn(key.namespace)
      ? observeWorkload(watches, key)
      : undefined;
    if (!observed) {
      claim(key, undefined);
      await report(key, []);
      return {};
    }
    const { revision } = observed;
    if (!revision) {
      return {};
    }
    const { identity, problems: messages } = identify({
      template: revision.template,
      controller: observed.controller,
    });
    const isOurs =
      identity && isLeftAlone(context, key.namespace, revision) === false;
    claim(key, isOurs ? identity.workloadName : undefined);
    const holder = isOurs
      ? await findHolder(context, key, observed, identity.workloadName)
      : undefined;
    const conflicts = isOurs
      ? conflictsOf(identity.workloadName, holder, claims.rivalsOf(key))
      : [];
    await tell(context, observed, messages, conflicts);
    await report(key, [...conflicts, ...messages], identity);
    if (isOurs && !holder) {
      const { owner } = observed;
      const workload = await ensureWorkload(context, {
        owner,
        identity,
        resource: revision.resource,
        revision: revision.key,
      });
      await ensureCreationRequest(context, owner, identity, workload);
    }
    return {};
  };
}

function conflictsOf(
  workloadName: string,
  holder: ObjectKey | undefined,
  rivals: ObjectKey[],
): string[] {
  if (holder) {
    return [takenNameProblem(workloadName, holder)];
  }
  return rivals.length > 0 ? [keptNameProblem(workloadName, rivals)] : [];
}

async function tell(
  { events }: ReleaseContext,
  { owner }: ObservedWorkload,
  messages: string[],
  conflicts: string[],
): Promise<void> {
  const warnings = (reason: string, sentences: string[]) =>
    sentences.map(message => ({ type: 'Warning' as const, reason, message }));
  await events.tell(owner, [
    ...warnings('WorkloadNameTaken', conflicts),
    ...warnings('InvalidAnnotation', messages),
  ]);
}
