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

import { KubeObject } from '../../ClusterApi';
import { controllerOf } from '../workload/owners';
import { Backoff } from './Backoff';
import { PodScope, containerEvent } from './KubeletTools';
import { MissingReferenceError } from './env/References';
import { containerEnv } from './env/containerEnv';
import { Image, pullFailure } from './images/ImageStore';
import { InvalidImageNameError } from './images/imageName';
import { rootComplaint } from './runAsNonRoot';

/** What a container is started with. */
export interface Setup {
  image: Image;
  env: Record<string, string>;
}

/** Why a container cannot be started now. */
export interface Obstacle {
  reason: string;
  message: string;
}

/** Finds a container's image and environment, with the kubelet's events and reasons when it cannot. */
export class ContainerSetup {
  private readonly pullBackoff: Backoff;

  private lastPull = 0;

  constructor(private readonly scope: PodScope, private readonly spec: any) {
    this.pullBackoff = new Backoff(scope.tools.timings.imageBackoffMs);
  }

  /** One try. */
  attempt(): Setup | Obstacle {
    const image = this.findImage();
    if ('reason' in image) return image;
    try {
      const { pod, tools } = this.scope;
      const env = containerEnv(pod, this.spec, tools.references);
      const complaint = rootComplaint(pod, this.spec, image.rule.user);
      if (complaint) throw new MissingReferenceError(complaint);
      return { image, env };
    } catch (error) {
      if (!(error instanceof MissingReferenceError)) throw error;
      this.event('Warning', 'Failed', `Error: ${error.message}`);
      return { reason: 'CreateContainerConfigError', message: error.message };
    }
  }

  private findImage(): Image | Obstacle {
    const { image: reference, imagePullPolicy } = this.spec;
    let image: Image | undefined;
    try {
      const { tools, pod } = this.scope;
      image = tools.images.find(reference, isOfWorkload(pod));
    } catch (error) {
      if (!(error instanceof InvalidImageNameError)) throw error;
      this.event('Warning', 'InspectFailed', error.message);
      return this.failed('InvalidImageName', error.message);
    }
    if (!image) return this.absent(reference, imagePullPolicy);
    if (imagePullPolicy === 'Always') {
      this.event('Normal', 'Pulling', `Pulling image "${reference}"`);
      this.event(
        'Normal',
        'Pulled',
        `Successfully pulled image "${reference}" in 1ms (1ms including waiting). Image size: 0 bytes.`,
      );
    } else {
      this.event(
        'Normal',
        'Pulled',
        `Container image "${reference}" already present on machine and can be accessed by the pod`,
      );
    }
    return image;
  }

  private absent(reference: string, policy: string): Obstacle {
    if (policy === 'Never') {
      const message = `Container image "${reference}" is not present with pull policy of Never`;
      this.event('Warning', 'ErrImageNeverPull', message);
      return this.failed('ErrImageNeverPull', message);
    }
    const failure = pullFailure(reference);
    if (this.pullBackoff.pending(this.lastPull)) {
      const message = `Back-off pulling image "${reference}"`;
      this.event('Normal', 'BackOff', message);
      return this.failed(
        'ImagePullBackOff',
        `${message}: ErrImagePull: ${failure}`,
      );
    }
    this.event('Normal', 'Pulling', `Pulling image "${reference}"`);
    this.lastPull = Date.now();
    this.pullBackoff.grow();
    this.event(
      'Warning',
      'Failed',
      `Failed to pull image "${reference}": ${failure}`,
    );
    return this.failed('ErrImagePull', failure);
  }

  private failed(reason: string, message: string): Obstacle {
    this.event('Warning', 'Failed', `Error: ${reason}`);
    return { reason, message };
  }

  private event(type: 'Normal' | 'Warning', reason: string, message: string) {
    containerEvent(this.scope, this.spec.name, type, reason, message);
  }
}

/** Whether the Pod is one of many that serve: what its images do matters less than that they run. */
function isOfWorkload(pod: KubeObject): boolean {
  const { kind = '' } = controllerOf(pod) ?? {};
  return ['ReplicaSet', 'StatefulSet', 'DaemonSet'].includes(kind);
}
