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

import type {
  RerunRequest,
  TriggerRequest,
} from 'backstage-plugin-keptn-tasks-common';
import type { KeptnTaskContext, KeptnTaskSpec } from '../domain/resources';
import { withoutTrace } from '../domain/task/keptnContext';
import type { EntityScope } from './entityScope';

/** The spec of the task that a request asks for. What the request leaves out is left to the definition. */
export function specOfRequest(
  request: TriggerRequest,
  scope: EntityScope,
): KeptnTaskSpec {
  return specOf({
    taskDefinition: request.definition,
    context: contextOf(request.context, scope),
    parameters: request.parameters && { map: request.parameters },
    secureParameters: request.secureParameters
      ? { secret: request.secureParameters }
      : undefined,
    retries: request.retries,
    timeout: request.timeout,
  });
}

/** The spec of an earlier task with changes. */
export function specOfRerun(
  earlier: KeptnTaskSpec,
  request: RerunRequest,
): KeptnTaskSpec {
  return specOf({
    ...earlier,
    context: earlier.context && withoutTrace(earlier.context),
    parameters: request.parameters
      ? { map: request.parameters }
      : earlier.parameters,
    secureParameters: request.secureParameters
      ? { secret: request.secureParameters }
      : earlier.secureParameters,
    retries: request.retries ?? earlier.retries,
    timeout: request.timeout ?? earlier.timeout,
  });
}

/** The app and workload that the entity stands for, unless the request names others. */
function contextOf(
  context: TriggerRequest['context'],
  scope: EntityScope,
): KeptnTaskContext | undefined {
  const { traceparent: _, ...asked } = context ?? {};
  const merged = {
    ...(scope.appName ? { appName: scope.appName } : {}),
    ...(scope.workloadName ? { workloadName: scope.workloadName } : {}),
    ...asked,
  };
  return Object.keys(merged).length > 0 ? merged : undefined;
}

/** Without what is not said, so that equal requests have equal specs. */
function specOf(spec: KeptnTaskSpec): KeptnTaskSpec {
  return JSON.parse(JSON.stringify(spec));
}
