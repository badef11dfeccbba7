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

import { KubeObject, ResourceClient } from '../../ClusterApi';
import { EventRecorder } from '../common/EventRecorder';
import { ControllerTimings } from '../options';
import { References } from './env/References';
import { ImageStore } from './images/ImageStore';
import { LogStore } from './logs/LogStore';
import { Executables } from './process/Executables';
import { Slots } from './process/Slots';
import { PodDirectory } from './volumes/PodDirectory';

/** What every Pod on the node is run with. */
export interface KubeletTools {
  pods: ResourceClient;
  events: EventRecorder;
  references: References;
  images: ImageStore;
  executables: Executables;
  logs: LogStore;
  slots: Slots;
  timings: ControllerTimings;
  /** Directory for the files of Pods. */
  podsRoot: string;
  /** Told about what should not happen. */
  onError(error: unknown): void;
}

/** What the containers of one Pod share. */
export interface PodScope {
  tools: KubeletTools;
  pod: KubeObject;
  directory: PodDirectory;
  /** Writes the Pod's status after a container's record has changed. */
  changed(): void;
}

/** Writes an event about a container: `fieldPath` as the kubelet gives it. */
export function containerEvent(
  { tools, pod }: PodScope,
  name: string,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  const list = (pod.spec.containers ?? []).some(
    (container: any) => container.name === name,
  )
    ? 'containers'
    : 'initContainers';
  tools.events.record(pod, {
    type,
    reason,
    message,
    fieldPath: `spec.${list}{${name}}`,
  });
}
