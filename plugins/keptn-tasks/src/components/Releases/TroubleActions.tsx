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

import type { ReactNode } from 'react';
import type { ReleaseTrouble } from '../../lib/releaseHealth';
import { canRepeat } from '../../lib/repeatPlan';
import { RunActions } from '../Tasks/RunActions';
import { GateButton } from './GateButton';
import { RepeatButton } from './RepeatButton';
import type { TroubleKind } from './TroubleSentence';

/** What can be done about a release that does not go on: read, try again, repeat, or let it go all the same. */
export function TroubleActions(props: {
  kind: TroubleKind;
  trouble: ReleaseTrouble;
  /** Only what can be done with the run that is to blame. */
  runOnly?: boolean;
  /** Stands first. */
  children?: ReactNode;
}) {
  const { kind, trouble, runOnly, children } = props;
  const { subject, blamed, runId, gated } = trouble;
  // What only waits for its turn goes on by itself.
  const offersGate =
    kind === 'held' || (kind === 'waiting' && trouble.definition !== undefined);
  // Repeating an app repeats the failed checks of its workloads with it.
  const repeatable = subject.kind === 'app' ? subject : blamed;
  return (
    <>
      {children}
      {runId && <RunActions runId={runId} logOnly={kind === 'waiting'} />}
      {!runOnly && kind !== 'waiting' && canRepeat(repeatable) && (
        <RepeatButton release={repeatable} />
      )}
      {!runOnly && offersGate && <GateButton releases={gated} />}
    </>
  );
}
