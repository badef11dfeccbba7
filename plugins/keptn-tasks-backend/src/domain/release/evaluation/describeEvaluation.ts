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

import type { ItemTrouble } from '../phase/ItemAccess';
import type { KeptnEvaluation } from '../resources';

/** Why an evaluation has failed, or what it still waits for. */
export function describeEvaluation({
  status,
}: KeptnEvaluation): ItemTrouble | undefined {
  const { overallStatus, evaluationStatus = {} } = status ?? {};
  if (overallStatus === 'Succeeded') {
    return undefined;
  }
  const messages = Object.values(evaluationStatus)
    .filter(objective => objective.status !== 'Succeeded' && objective.message)
    .map(({ message }) => message!);
  return messages.length > 0
    ? {
        reason:
          overallStatus === 'Failed' ? 'EvaluationFailed' : 'EvaluationNotMet',
        message: messages.join(' '),
      }
    : undefined;
}
