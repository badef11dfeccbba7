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

import type { V1Job } from '@kubernetes/client-node';
import type { KeptnTask } from '../../../src/domain/resources';

/** Labels that the Job controller sets; it refuses those of another Job. */
const CONTROLLERS_OWN = /(^|\/)(controller-uid|job-name)$/;

/** What has been sent to create these Jobs, now for tasks of the same names in another namespace. */
export function sameJobs(jobs: V1Job[], tasks: KeptnTask[]) {
  const byName = new Map(tasks.map(task => [task.metadata.name, task]));
  return jobs.map(({ metadata, spec }) => {
    const [owner] = metadata!.ownerReferences!;
    const { namespace, uid } = byName.get(owner.name)!.metadata;
    const { selector: _, ...given } = spec!;
    const { template } = given;
    return {
      metadata: {
        name: metadata!.name,
        namespace,
        labels: labelsOfOurs(metadata!.labels),
        annotations: metadata!.annotations,
        ownerReferences: [{ ...owner, uid }],
      },
      spec: {
        ...given,
        template: {
          ...template,
          metadata: {
            ...template.metadata,
            labels: labelsOfOurs(template.metadata?.labels),
          },
        },
      },
    };
  });
}

function labelsOfOurs(labels: Record<string, string> = {}) {
  return Object.fromEntries(
    Object.entries(labels).filter(([key]) => !CONTROLLERS_OWN.test(key)),
  );
}
