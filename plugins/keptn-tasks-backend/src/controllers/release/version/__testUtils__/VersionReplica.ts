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

import { EventRecorder } from '../../../../cluster/EventRecorder';
import { ResourceWatch } from '../../../../cluster/ResourceWatch';
import { defaultReleaseSettings } from '../../../../domain/release/settings';
import { DEFAULT_TIMINGS } from '../../../RuntimeTimings';
import type { ReleaseContext } from '../../ReleaseContext';
import { createReleaseWatches } from '../../ReleaseWatches';
import { UntracedTelemetry } from '../../UntracedTelemetry';
import { createWorkloadVersionController } from '../../workloadVersion/workloadVersionController';
import { BrokenPromise, type Fault, type VersionWorld } from './VersionWorld';

const KEY = { namespace: 'shop', name: 'shop-cart-2.3.0' };
const silent: any = {
  error() {},
  warn() {},
  info() {},
  debug() {},
  child: () => silent,
};

/**
 * A backend replica with the real controller. It sees the cluster as it was when it last listened, and knows beside
 * that what its own requests were answered.
 */
export class VersionReplica {
  /** For its next requests, one each; what stands for a function is done before the request. */
  readonly surprises: (Fault | 'the other works' | undefined)[] = [];
  private context!: ReleaseContext;
  private controller!: ReturnType<typeof createWorkloadVersionController>;
  other?: VersionReplica;
  private isBusy = false;

  constructor(private readonly world: VersionWorld) {
    this.restart();
  }

  /** A new process: it lists everything. */
  restart(): void {
    const { world } = this;
    const client = world.client(() => this.beforeRequest());
    const dependencies: any = {
      connection: undefined,
      client: undefined,
      logger: silent,
      timings: DEFAULT_TIMINGS,
    };
    const watch = (kind: any, indexers?: any): any =>
      new ResourceWatch({ ...dependencies, kind, indexers });
    this.surprises.length = 0;
    this.context = {
      config: {
        name: 'test',
        mode: 'reconcile',
        keptnNamespace: 'keptn-system',
      } as ReleaseContext['config'],
      settings: { ...defaultReleaseSettings, definitionGraceSeconds: 30 },
      watches: createReleaseWatches(dependencies, {
        rollouts: false,
        metrics: false,
        keptnConfigs: false,
      }),
      tasks: watch('KeptnTask', {
        owner: ({ metadata }: any) =>
          (metadata.ownerReferences ?? []).map(({ uid }: any) => uid),
      }),
      definitions: watch('KeptnTaskDefinition'),
      client,
      events: new EventRecorder({
        client,
        logger: silent,
        now: () => world.now,
      }),
      releases: { save: (one: any) => world.save(one) } as any,
      runs: undefined as any,
      telemetry: new UntracedTelemetry(),
      logger: silent,
      assertLeader: () => undefined,
      now: () => world.now,
    };
    this.context.watches.namespaces.learn({
      metadata: {
        name: 'shop',
        annotations: { 'keptn.sh/lifecycle-toolkit': 'enabled' },
      },
    });
    this.controller = createWorkloadVersionController(this.context);
    this.listen();
  }

  /** Its caches catch up with the cluster. */
  listen(): void {
    const { watches, tasks, definitions } = this.context;
    const { objects } = this.world;
    const all: [string, ResourceWatch<any>][] = [
      ['KeptnWorkloadVersion', watches.workloadVersions],
      ['KeptnAppVersion', watches.appVersions],
      ['ReplicaSet', watches.replicaSets],
      ['KeptnTask', tasks],
      ['KeptnTaskDefinition', definitions],
    ];
    for (const [kind, { cache }] of all) {
      for (const known of [...cache.values()]) {
        const current = objects.get(`${kind}/${known.metadata.name}`);
        if (current?.metadata.uid !== known.metadata.uid) {
          cache.remove(known);
        }
      }
    }
    for (const [kind, one] of all) {
      for (const object of objects.values()) {
        if (object.kind === kind) {
          one.learn(structuredClone(object), 'quietly');
        }
      }
    }
  }

  /** One look. What goes wrong is tried again by somebody else, some other time. */
  async work(): Promise<void> {
    if (this.isBusy) {
      return;
    }
    this.isBusy = true;
    try {
      await this.controller.reconcile(KEY);
    } catch (error) {
      if (error instanceof BrokenPromise) {
        throw error;
      }
      if ((error as Error).constructor.name === 'Dead') {
        this.restart();
      }
    } finally {
      this.isBusy = false;
    }
  }

  private async beforeRequest(): Promise<Fault | undefined> {
    const surprise = this.surprises.shift();
    if (surprise === 'the other works') {
      await this.other?.work();
      return undefined;
    }
    return surprise;
  }
}
