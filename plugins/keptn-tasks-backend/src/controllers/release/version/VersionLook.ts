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

import type { ObjectKey } from '../../../cluster/ClusterClient';
import { isClusterError } from '../../../cluster/ClusterError';
import type { Notice } from '../../../domain/plan';
import { earliest } from '../../../domain/release/phase/earliest';
import type { Cancellation } from '../../../domain/release/phase/leftovers';
import type {
  Creation,
  ItemKind,
  ItemObject,
  VersionObject,
} from '../../../domain/release/phase/Phase';
import type { ProjectedRelease } from '../../../domain/release/projectRelease';
import type { VersionPlan } from '../../../domain/release/VersionPlan';
import type { ReconcileResult } from '../../Controller';
import type { ReleaseContext } from '../ReleaseContext';
import type { ItemMaker } from './ItemMaker';
import type { ItemRefusals } from './ItemRefusals';
import { itemKey } from './itemSources';
import { mergePatch } from '../../../domain/mergePatch';
import type { PhaseCarriers } from './PhaseCarriers';
import type { ReleaseRecords } from './ReleaseRecords';
import type { StepTeller } from './StepTeller';
import type { VersionKind, VersionKindName } from './versionReconciler';

/** What looks at versions of one kind have in common. */
export interface VersionTools<K extends VersionKindName> {
  context: ReleaseContext;
  versionKind: VersionKind<K>;
  records: ReleaseRecords;
  refusals: ItemRefusals;
  carriers: PhaseCarriers;
  teller: StepTeller;
  maker: ItemMaker;
}

/** A version gets through all its empty phases, and a little more, in one look. */
const MAX_ROUNDS = 12;

type Outcome = ReconcileResult | 'again';

/**
 * One look at a version. It goes on, round by round, as long as there is something to write, so that no phase waits for
 * the news of the one before it. Each round stores what it has decided before the next one acts on it: history first,
 * then the status, then whoever listens.
 *
 * The end alone is stored in the cluster first, whose precondition tells whether it was decided on what is: the history
 * never takes an outcome back. The next round, or the first look after a crash, puts it into the history: versions that
 * have ended are looked at like all others.
 */
export class VersionLook<K extends VersionKindName> {
  /** What a live read did not find, and what was created or read live. */
  private readonly gone = new Set<string>();
  private readonly seen = new Map<string, ItemObject>();
  /** What was asked for already, whatever came of it. */
  private readonly asked = new Set<string>();
  private readonly notices: Notice[] = [];
  /** The version is an answer of the API server itself. */
  private isFresh = false;
  private againMs?: number;

  constructor(
    private readonly tools: VersionTools<K>,
    private readonly key: ObjectKey,
    private version: VersionObject & { kind: K },
  ) {}

  async run(): Promise<ReconcileResult> {
    const { context, teller } = this.tools;
    this.notices.push(...teller.untold(this.version));
    try {
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const outcome = await this.goOn();
        if (outcome !== 'again') {
          return outcome;
        }
      }
      return { requeueAfterMs: 0 };
    } finally {
      await context.events.tell(this.version, this.notices);
    }
  }

  private async goOn(): Promise<Outcome> {
    const { versionKind, records, refusals, carriers } = this.tools;
    const { version, gone, seen, asked } = this;
    const { plan, release } = versionKind.decide(version, {
      gone,
      seen,
      refusals,
      carriers: carriers.of(version),
    });
    if (plan.unseen.length > 0) {
      for (const { kind, name } of plan.unseen) {
        this.note(kind, name, await this.find(kind, name));
      }
      return 'again';
    }
    if (!plan.ends) {
      await records.save(version, release);
    }
    const creations = plan.creations.filter(
      ({ object }) => !asked.has(object.metadata.name),
    );
    const cancellations = plan.cancellations.filter(
      ({ task }) => !asked.has(task.metadata.name),
    );
    if (creations.length > 0 || cancellations.length > 0) {
      // A cache that lags may not know that they were made, or that they were made and deleted.
      return this.isFresh
        ? this.act(creations, cancellations)
        : this.readLive();
    }
    return this.write(plan, release);
  }

  private async act(
    creations: Creation[],
    cancellations: Cancellation[],
  ): Promise<Outcome> {
    const { maker } = this.tools;
    for (const creation of creations) {
      const { name } = creation.object.metadata;
      this.asked.add(name);
      const { object, againMs } = await maker.create(creation);
      this.againMs = earliest(this.againMs, againMs);
      if (againMs === undefined) {
        this.note(creation.kind, name, object);
      }
    }
    for (const cancellation of cancellations) {
      this.asked.add(cancellation.task.metadata.name);
      await maker.cancel(cancellation);
    }
    return 'again';
  }

  /** Writes what the version is to report, unless it does: the version itself goes before its status. */
  private async write(
    plan: VersionPlan,
    release: ProjectedRelease,
  ): Promise<Outcome> {
    const { context, versionKind, teller } = this.tools;
    const { kind, watch } = versionKind;
    const { metadata, status } = this.version;
    const precondition = { resourceVersion: metadata.resourceVersion };
    const change = mergePatch(status ?? {}, plan.status);
    if (!plan.change && change === undefined) {
      this.notices.push(...plan.notices);
      return { requeueAfterMs: earliest(plan.requeueAfterMs, this.againMs) };
    }
    try {
      const stored = plan.change
        ? await context.client.patch(kind, this.key, {
            metadata: precondition,
            spec: plan.change,
          })
        : await context.client.patchStatus(kind, this.key, {
            metadata: precondition,
            status: change,
          });
      this.version = stored as unknown as VersionObject & { kind: K };
      this.isFresh = true;
      watch.learn(stored);
    } catch (error) {
      if (isClusterError(error, 'conflict')) {
        return this.readLive();
      }
      if (isClusterError(error, 'not-found')) {
        return {};
      }
      if (isClusterError(error, 'unavailable') && !plan.change) {
        // It may be stored all the same.
        teller.keep(this.version, plan);
      }
      throw error;
    }
    if (!plan.change) {
      teller.tell(this.version, plan, release);
      this.notices.push(...plan.notices);
    }
    return 'again';
  }

  /** What the API server holds now; cached, so that the next look does not fall behind it. */
  private async readLive(): Promise<Outcome> {
    const { context, versionKind } = this.tools;
    const live = await context.client.get(versionKind.kind, this.key);
    const version = live as unknown as
      | (VersionObject & { kind: K })
      | undefined;
    if (version?.metadata.uid !== this.version.metadata.uid) {
      return {};
    }
    versionKind.watch.learn(live!, 'quietly');
    this.version = version;
    this.isFresh = true;
    return 'again';
  }

  private find(kind: ItemKind, name: string): Promise<ItemObject | undefined> {
    return this.tools.maker.find({ kind, name }, this.key.namespace);
  }

  private note(kind: ItemKind, name: string, object?: ItemObject): void {
    if (object) {
      this.seen.set(itemKey(kind, name), object);
    } else {
      this.gone.add(itemKey(kind, name));
    }
  }
}
