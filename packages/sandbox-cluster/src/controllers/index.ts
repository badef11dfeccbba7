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

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterApi, PodLogSource, SandboxController } from '../ClusterApi';
import { DaemonSetController } from './daemonSet/DaemonSetController';
import { DeploymentController } from './deployment/DeploymentController';
import { JobController } from './job/JobController';
import { TtlController } from './job/TtlController';
import { Kubelet } from './kubelet/Kubelet';
import { LogStore } from './kubelet/logs/LogStore';
import { PodLogs } from './kubelet/logs/PodLogs';
import { registerNode } from './kubelet/registerNode';
import { ControllerTimings, SandboxImages, realTimings } from './options';
import { ReplicaSetController } from './replicaSet/ReplicaSetController';
import { Scheduler } from './scheduler/Scheduler';
import { StatefulSetController } from './statefulSet/StatefulSetController';

export type {
  ControllerTimings,
  ExecutableName,
  ImageRule,
  NodeSize,
  SandboxImages,
} from './options';
export { NODE_NAME, quickTimings, realTimings } from './options';

/** What the controllers of a sandbox cluster are started with. */
export interface ControllersOptions {
  api: ClusterApi;
  /** Private directory for the file systems and logs of Pods; made when it is missing, never removed. */
  root: string;
  config?: SandboxImages;
  /** Where waits should be shorter than in a real cluster. */
  timings?: Partial<ControllerTimings>;
  /** Told about what should not happen. Default: a warning of the process. */
  onError?: (error: unknown) => void;
}

/** The running controllers of a sandbox cluster. */
export interface Controllers extends SandboxController {
  /** Where the `log` subresource of Pods gets its text. */
  podLogs: PodLogSource;
}

/**
 * Starts the scheduler, the kubelet of the one node and the controllers of Jobs and workloads. They work until
 * `stop` is called, which also ends every process of every Pod.
 */
export function startControllers(options: ControllersOptions): Controllers {
  const { api, root, config = {}, onError = warn } = options;
  const timings = { ...realTimings, ...options.timings };
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const logs = new LogStore(join(root, 'logs'));
  registerNode(api, config.node);
  // Programs are looked for meanwhile; Pods wait for their node until then.
  const kubelet = Kubelet.start({ api, root, config, timings, logs, onError });
  kubelet.catch(onError);
  const others = [
    new JobController(api, timings, onError),
    new TtlController(api),
    new DeploymentController(api, timings, onError),
    new ReplicaSetController(api, timings, onError),
    new StatefulSetController(api, timings, onError),
    new DaemonSetController(api, timings, onError),
    new Scheduler(api),
  ];
  return {
    podLogs: new PodLogs(logs),
    async stop() {
      await Promise.all(others.map(controller => controller.stop()));
      await (await kubelet.catch(() => undefined))?.stop();
      logs.close();
    },
  };
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
