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
  EnvironmentList,
  ListReleasesQuery,
  ReleaseDetail,
  ReleaseGateRequest,
  ReleasePage,
  RepeatChecksRequest,
} from 'backstage-plugin-keptn-tasks-common';
import type { CallOptions } from './RunService';

/**
 * What can be asked and told about releases. Every method checks the caller's permission first: `NotFoundError` for what
 * the caller may not see, `NotAllowedError` for what the caller may see but not do, `ConflictError` for what makes no
 * sense with the release as it is.
 */
export interface ReleaseService {
  /** Where an entity's releases are, problems first. */
  environments(entityRef: string, call: CallOptions): Promise<EnvironmentList>;
  list(query: ListReleasesQuery, call: CallOptions): Promise<ReleasePage>;
  get(
    id: string,
    options: { entityRef: string },
    call: CallOptions,
  ): Promise<ReleaseDetail>;
  /** Repeats the checks of an app's version, or of a workload's version that has failed. */
  repeat(
    id: string,
    request: RepeatChecksRequest,
    call: CallOptions,
  ): Promise<ReleaseDetail>;
  /** Lets the Pods of a workload's version go although its checks have not passed. */
  releaseGate(
    id: string,
    request: ReleaseGateRequest,
    call: CallOptions,
  ): Promise<ReleaseDetail>;
}
