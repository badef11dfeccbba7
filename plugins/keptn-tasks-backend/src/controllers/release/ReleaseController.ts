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

import type { ObjectKey } from '../../cluster/ClusterClient';
import type { Reconcile, Wake } from '../Controller';
import type { ReleaseContext } from './ReleaseContext';

/** A controller of releases: what it looks at, and what wakes it. */
export interface ReleaseController {
  /** What is looked at, for the log. */
  name: string;
  reconcile: Reconcile;
  /** Every key there is now: all are looked at once when the work begins. */
  keys(): Iterable<ObjectKey>;
  /** Listens to whatever may change an answer, from now on, until the returned function is called. */
  connect(wake: Wake): () => void;
}

export type CreateReleaseController = (
  context: ReleaseContext,
) => ReleaseController;
