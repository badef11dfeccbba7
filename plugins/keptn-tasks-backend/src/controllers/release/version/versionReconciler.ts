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

import type { ResourceWatch } from '../../../cluster/ResourceWatch';
import type { VersionObject } from '../../../domain/release/phase/Phase';
import type { ProjectedRelease } from '../../../domain/release/projectRelease';
import type { TraceCarrier } from '../../../domain/release/resources';
import type { VersionPlan } from '../../../domain/release/VersionPlan';
import type { Reconcile } from '../../Controller';
import type { ReleaseContext } from '../ReleaseContext';
import { ItemMaker } from './ItemMaker';
import type { ItemRefusals } from './ItemRefusals';
import type { LookHints } from './itemSources';
import { PhaseCarriers } from './PhaseCarriers';
import type { ReleaseRecords } from './ReleaseRecords';
import { StepTeller } from './StepTeller';
import { VersionLook } from './VersionLook';

/** The kinds that go through phases. */
export type VersionKindName = 'KeptnAppVersion' | 'KeptnWorkloadVersion';

/** What is looked at: versions of one kind, and how a look at one is decided. */
export interface VersionKind<K extends VersionKindName> {
  kind: K;
  watch: ResourceWatch<K>;
  /** Looks at what the watches brought, decides, and says what the history is to hold. */
  decide(
    version: VersionObject & { kind: K },
    hints: LookHints & { carriers: Record<string, TraceCarrier> },
  ): { plan: VersionPlan; release: ProjectedRelease };
}

/** Leads versions through their phases. */
export function createVersionReconciler<K extends VersionKindName>(
  context: ReleaseContext,
  versionKind: VersionKind<K>,
  { records, refusals }: { records: ReleaseRecords; refusals: ItemRefusals },
): Reconcile {
  const { telemetry, now } = context;
  const carriers = new PhaseCarriers(telemetry, now);
  const tools = {
    context,
    versionKind,
    records,
    refusals,
    carriers,
    teller: new StepTeller(telemetry, carriers, now),
    maker: new ItemMaker(context, refusals),
  };

  return async key => {
    const version = versionKind.watch.cache.get(key) as
      | (VersionObject & { kind: K })
      | undefined;
    if (!version || version.metadata.deletionTimestamp) {
      return {};
    }
    context.assertLeader();
    return new VersionLook(tools, key, version).run();
  };
}
