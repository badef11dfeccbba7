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

import {
  ClusterApi,
  KubeObject,
  ResourceClient,
  SandboxController,
} from '../../ClusterApi';
import { EventRecorder } from '../common/EventRecorder';
import { ControllerTimings } from '../options';
import { ChildIndex } from '../workload/ChildIndex';
import { WorkloadLoop } from '../workload/WorkloadLoop';
import { syncDeployment } from './syncDeployment';

/** What Deployments are brought forward with. */
export interface DeploymentTools {
  deployments: ResourceClient;
  replicaSets: ChildIndex;
  events: EventRecorder;
  /** Looks at the Deployment again in `delayMs`. */
  again(deployment: KubeObject, delayMs: number): void;
}

/** Rolls each Deployment's template out, through one ReplicaSet for each template that it had. */
export class DeploymentController implements SandboxController {
  private readonly loop: WorkloadLoop;

  private readonly tools: DeploymentTools;

  constructor(
    api: ClusterApi,
    timings: ControllerTimings,
    onError: (error: unknown) => void,
  ) {
    const sync = (deployment: KubeObject) =>
      syncDeployment(this.tools, deployment);
    this.loop = new WorkloadLoop({
      api,
      kind: 'Deployment',
      timings,
      sync,
      onError,
    });
    const replicaSets = this.loop.children('apps/v1', 'ReplicaSet');
    this.tools = {
      deployments: this.loop.workloads,
      replicaSets,
      events: new EventRecorder(api, { component: 'deployment-controller' }),
      again: (deployment, delayMs) => this.loop.again(deployment, delayMs),
    };
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }
}
