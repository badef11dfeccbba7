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

import type { VersionObject } from '../controllers/release/ReleaseTelemetry';
import type { Reading } from './Gauge';
import { isUnderWay } from './intervals';
import { evaluationItemLabels } from './labels';

/** Where the evaluations of a version stand, by their check type. */
const LISTS = [
  ['pre-eval', 'preDeploymentEvaluationTaskStatus'],
  ['post-eval', 'postDeploymentEvaluationTaskStatus'],
] as const;

/** How many evaluations have begun and not ended, by what they evaluate. */
export function readActiveEvaluations(
  cluster: string,
  versions: VersionObject[],
): Reading[] {
  return versions.filter(isUnderWay).flatMap(version =>
    LISTS.flatMap(([type, field]) =>
      (version.status?.[field] ?? [])
        .filter(
          ({ startTime, endTime, status }) =>
            startTime &&
            !endTime &&
            !['Succeeded', 'Failed', 'Deprecated'].includes(status ?? ''),
        )
        .map(({ definitionName = '' }) => ({
          labels: evaluationItemLabels(cluster, version, {
            definition: definitionName,
            type,
          }),
          value: 1,
        })),
    ),
  );
}
