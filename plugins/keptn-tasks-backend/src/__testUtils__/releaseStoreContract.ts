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

/* eslint-disable jest/no-export -- a contract is run by those who sign it */

import { describeReleaseLists } from './releaseListContract';
import { describeReleaseRecording } from './releaseRecordingContract';
import type { ReleaseStore } from '../history/ReleaseStore';
import type { RunStore } from '../history/RunStore';

/**
 * What every ReleaseStore promises, whichever way it keeps its rows. The run store is the one beside it.
 * `createStores` may answer with the same stores each time: every case has a cluster to itself.
 */
export function describeReleaseStore(
  createStores: () => Promise<{ releases: ReleaseStore; runs: RunStore }>,
): void {
  describeReleaseRecording(createStores);
  describeReleaseLists(createStores);
}
