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

import { join } from 'node:path';
import {
  ClusterApi,
  KubeObject,
  ObjectEvent,
  SandboxController,
} from '../../ClusterApi';
import { EventRecorder } from '../common/EventRecorder';
import { guard } from '../common/guard';
import { ControllerTimings, NODE_NAME, SandboxImages } from '../options';
import { KubeletTools } from './KubeletTools';
import { PodWorker } from './PodWorker';
import { References } from './env/References';
import { ImageStore } from './images/ImageStore';
import { LogStore } from './logs/LogStore';
import { Executables } from './process/Executables';
import { Slots } from './process/Slots';
import { endStrays } from './process/endStrays';

const DEFAULT_PROCESSES = 32;
const STOP_GRACE_MS = 2_000;

/** What the node is started with. */
export interface KubeletOptions {
  api: ClusterApi;
  /** Private directory for everything on disk. */
  root: string;
  config: SandboxImages;
  timings: ControllerTimings;
  logs: LogStore;
  onError(error: unknown): void;
}

/** The one node of the cluster: runs the containers of its Pods as processes of this machine. */
export class Kubelet implements SandboxController {
  private readonly workers = new Map<string, PodWorker>();

  private readonly leaving = new Set<Promise<void>>();

  private readonly endWatch: () => void;

  private constructor(
    private readonly tools: KubeletTools,
    private readonly root: string,
  ) {
    this.endWatch = tools.pods.watch(
      guard(event => this.onPod(event), tools.onError),
    );
  }

  static async start(options: KubeletOptions): Promise<Kubelet> {
    const { api, root, config, timings, logs, onError } = options;
    const executables = await Executables.create(
      join(root, 'bin'),
      config.executables,
    );
    const source = { component: 'kubelet', host: NODE_NAME };
    const tools: KubeletTools = {
      pods: api.resource('v1', 'Pod'),
      events: new EventRecorder(api, source),
      references: new References(api),
      images: new ImageStore(config.images),
      executables,
      logs,
      slots: new Slots(config.maxProcesses ?? DEFAULT_PROCESSES),
      timings,
      podsRoot: join(root, 'pods'),
      onError,
    };
    return new Kubelet(tools, root);
  }

  async stop(): Promise<void> {
    this.endWatch();
    for (const worker of this.workers.values()) {
      this.leave(worker, STOP_GRACE_MS);
    }
    await Promise.all(this.leaving);
    await endStrays(this.root);
  }

  private onPod({ type, object }: ObjectEvent): void {
    if (object.spec.nodeName !== NODE_NAME) return;
    const { uid } = object.metadata;
    const worker = this.workers.get(uid);
    if (type === 'DELETED') {
      this.workers.delete(uid);
      // The object is gone, so what still runs is ended at once.
      if (worker) this.leave(worker, 0);
    } else if (worker) {
      worker.update(object);
    } else if (!hasEnded(object)) {
      this.workers.set(uid, new PodWorker(this.tools, object));
    } else if (object.metadata.deletionTimestamp) {
      this.finishDeletion(object);
    }
  }

  private leave(worker: PodWorker, graceMs: number): void {
    const left = worker
      .remove(graceMs)
      .catch(error => this.tools.onError(error))
      .finally(() => this.leaving.delete(left));
    this.leaving.add(left);
  }

  private finishDeletion({ metadata }: KubeObject): void {
    if (metadata.deletionGracePeriodSeconds === 0) return;
    this.tools.pods.delete(metadata.namespace, metadata.name, {
      gracePeriodSeconds: 0,
      preconditions: { uid: metadata.uid },
    });
  }
}

function hasEnded({ status }: KubeObject): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}
