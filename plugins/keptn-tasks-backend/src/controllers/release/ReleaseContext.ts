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

import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterClient } from '../../cluster/ClusterClient';
import type { ClusterConfig } from '../../cluster/ClusterConfig';
import type { EventRecorder } from '../../cluster/EventRecorder';
import type { ResourceWatch } from '../../cluster/ResourceWatch';
import type { ReleaseSettings } from '../../domain/release/settings';
import type { ReleaseStore } from '../../history/ReleaseStore';
import type { RunStore } from '../../history/RunStore';
import type { ReleaseTelemetry } from './ReleaseTelemetry';
import type { ReleaseWatches } from './ReleaseWatches';

/** What every controller of releases works with. */
export interface ReleaseContext {
  config: ClusterConfig;
  settings: ReleaseSettings;
  watches: ReleaseWatches;
  tasks: ResourceWatch<'KeptnTask'>;
  definitions: ResourceWatch<'KeptnTaskDefinition'>;
  /** ConfigMaps that carry our label; none where another operator reconciles. */
  configMaps?: ResourceWatch<'ConfigMap'>;
  /** Reads live; asks before each write whether this replica may act. */
  client: ClusterClient;
  events: EventRecorder;
  releases: ReleaseStore;
  runs: RunStore;
  telemetry: ReleaseTelemetry;
  logger: LoggerService;
  /** Throws unless this replica may act on the cluster now. */
  assertLeader: () => void;
  now: () => Date;
}
