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

import type { ObjectKey } from '../cluster/ClusterClient';
import type { Priority } from './runtime/WorkQueue';

/** What a look at a resource asks for afterwards. */
export interface ReconcileResult {
  /** Time alone can change the answer then. */
  requeueAfterMs?: number;
}

/** Brings one resource closer to what it asks for. */
export type Reconcile = (key: ObjectKey) => Promise<ReconcileResult>;

/** Asks for a look at a resource. */
export type Wake = (key: ObjectKey, priority?: Priority) => void;
