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
import { KEYS } from '../../../domain/release/identity/keys';
import { parseOwnerKey } from './ownerKeys';

const REMEDY = `give each workload of an app a ${KEYS.workload.keptn} of its own.`;

/** What the one is told that keeps a name, when others ask for it too. */
export function keptNameProblem(
  workloadName: string,
  rivals: ObjectKey[],
): string {
  const others = rivals.map(describe).join(', ');
  return `${others} also ${
    rivals.length === 1 ? 'asks' : 'ask'
  } to be ${workloadName}, which stays with this workload; ${REMEDY}`;
}

/** What the others are told. */
export function takenNameProblem(
  workloadName: string,
  holder: ObjectKey,
): string {
  return `${workloadName} is ${describe(
    holder,
  )} already, so that no checks of this workload are made and its held Pods stay held; ${REMEDY}`;
}

function describe(key: ObjectKey): string {
  const { kind, name } = parseOwnerKey(key)!;
  return `${kind} ${name}`;
}
