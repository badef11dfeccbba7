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

import { describeRunLists } from './runListContract';
import { describeRunRecording } from './runRecordingContract';
import { describeRunRequests } from './runRequestContract';
import type { RunStore } from '../history/RunStore';

/**
 * What every RunStore promises, whichever way it keeps its rows. `createStore` may answer with the same store each
 * time: every case has a cluster to itself.
 */
export function describeRunStore(createStore: () => Promise<RunStore>): void {
  describeRunRecording(createStore);
  describeRunRequests(createStore);
  describeRunLists(createStore);
}
