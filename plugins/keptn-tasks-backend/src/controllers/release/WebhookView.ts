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

import type { V1Pod } from '@kubernetes/client-node';
import type { ResourceWatch } from '../../cluster/ResourceWatch';
import { CLEARED_REVISIONS } from '../../domain/release/annotations';
import { lookUp } from '../../domain/release/identity/keys';
import { revisionOwnerOf } from '../../domain/release/revision';
import type { WebhookCluster } from '../../webhook/WebhookClusters';
import type { WatchDependencies } from '../ClusterWatches';
import { ourConfigMaps } from '../ClusterWatches';
import { workloadOf } from './gate/observeGate';
import type { ReleaseWatches } from './ReleaseWatches';
import { createReleaseWatches } from './ReleaseWatches';

/** Well below the time that deploy/gates/webhook.yaml gives an answer. */
const SEEN_WITHIN_MS = 1_000;

/**
 * What the webhook has to know of a cluster. Every replica that serves it has this view, whether it leads or not: an
 * API server asks any of them.
 */
export class WebhookView implements WebhookCluster {
  private readonly watches: ReleaseWatches;
  private readonly configMaps: ResourceWatch<'ConfigMap'>;
  private readonly all: ResourceWatch<any>[];

  constructor(dependencies: WatchDependencies, served: { rollouts: boolean }) {
    this.watches = createReleaseWatches(dependencies, {
      ...served,
      metrics: false,
      keptnConfigs: false,
    });
    this.configMaps = ourConfigMaps(dependencies);
    const { deployments, replicaSets, statefulSets, daemonSets, rollouts } =
      this.watches;
    this.all = [
      this.configMaps,
      deployments,
      replicaSets,
      statefulSets,
      daemonSets,
      ...(rollouts ? [rollouts] : []),
    ];
  }

  start(): void {
    const { namespaces } = this.watches;
    namespaces.start();
    // What the others keep depends on which namespaces have opted in.
    namespaces.synced().then(
      () => this.all.forEach(watch => watch.start()),
      () => undefined,
    );
  }

  async stop(): Promise<void> {
    await Promise.all(
      [this.watches.namespaces, ...this.all].map(watch => watch.stop()),
    );
  }

  ready(): boolean {
    return [this.watches.namespaces, ...this.all].every(
      watch => watch.health().synced,
    );
  }

  isOptedIn(namespace: string): boolean {
    return this.watches.isOptedIn(namespace);
  }

  async seen(pod: V1Pod, namespace: string): Promise<void> {
    const isSeen = () => this.workloadOf(pod, namespace) !== undefined;
    if (
      this.ready() &&
      this.isOptedIn(namespace) &&
      revisionOwnerOf(pod) &&
      !lookUp(pod.metadata, 'workload') &&
      !isSeen()
    ) {
      await this.changed(isSeen);
    }
  }

  hasIdentity(pod: V1Pod, namespace: string): boolean {
    const workload = this.workloadOf(pod, namespace);
    return [pod.metadata, ...(workload?.words ?? [])].some(words =>
      lookUp(words, 'workload'),
    );
  }

  private workloadOf(pod: V1Pod, namespace: string) {
    // A Pod that is being created may leave its namespace to the request.
    return workloadOf(this.watches, {
      ...pod,
      metadata: { ...pod.metadata, namespace },
    });
  }

  /** Resolves when a change makes something so, or none has within the bound. */
  private async changed(isSo: () => boolean): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let ends: (() => void)[] = [];
    await new Promise<void>(resolve => {
      timer = setTimeout(resolve, SEEN_WITHIN_MS);
      ends = this.all.map(watch =>
        watch.onChange(() => {
          if (isSo()) {
            resolve();
          }
        }),
      );
    });
    clearTimeout(timer);
    ends.forEach(end => end());
  }

  isCleared(namespace: string, revisionKey: string): boolean {
    const list = this.configMaps.cache.get({
      namespace,
      name: CLEARED_REVISIONS,
    });
    return Object.hasOwn(list?.data ?? {}, revisionKey);
  }
}
