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

/** A command that has the workloads of a namespace looked after. */
export function exampleOptIn(namespace = 'default'): string {
  return `kubectl annotate namespace ${namespace} keptn.sh/lifecycle-toolkit=enabled`;
}

/** What a Pod template says to have its workload's versions checked. */
export const exampleAnnotations = `spec:
  template:
    metadata:
      annotations:
        keptn.sh/app: shop
        keptn.sh/workload: checkout
        keptn.sh/version: "2.4.0"
        keptn.sh/pre-deployment-tasks: smoke-test
        keptn.sh/post-deployment-tasks: load-check`;
