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

import { stringify } from 'yaml';
import { LIFECYCLE_API_VERSION, type KeptnTaskSpec } from '../domain/resources';
import { withoutTrace } from '../domain/task/keptnContext';

/** A KeptnTask that asks for the same as an earlier one, as YAML to apply by hand. */
export function taskManifest(run: {
  id: string;
  namespace: string;
  definition: string;
  taskSpec: unknown;
}): string {
  const { context, ...spec } = (run.taskSpec ?? {}) as Partial<KeptnTaskSpec>;
  return stringify(
    {
      apiVersion: LIFECYCLE_API_VERSION,
      kind: 'KeptnTask',
      metadata: {
        name: `${run.definition.slice(0, 200)}-again-${run.id.slice(0, 8)}`,
        namespace: run.namespace,
      },
      spec: {
        ...spec,
        taskDefinition: run.definition,
        ...(context ? { context: withoutTrace(context) } : {}),
      },
    },
    { lineWidth: 0 },
  );
}
