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

/** How long the controllers wait before they do things. Milliseconds; the defaults are Kubernetes' own. */
export interface ControllerTimings {
  /** News about Pods is collected this long before their Job is looked at again. */
  jobSyncBatchMs: number;
  /** First wait after a Job could not be brought forward (Pods refused, …); doubles up to 60 times as much. */
  jobRetryMs: number;
  /** Wait after the first failed Pod of a Job; doubles with each further one, up to 60 times as much. */
  jobBackoffMs: number;
  /** Wait after a container failed twice; doubles up to 30 times as much. */
  restartBackoffMs: number;
  /** Wait after an image could not be pulled; doubles up to 30 times as much. */
  imageBackoffMs: number;
  /** When the kubelet looks again at a container that did not start. */
  podSyncMs: number;
  /** The first of these looks, and the restart of a container that ended for the first time. */
  podResyncMs: number;
  /** Between the end of a Pod's containers and its final phase. */
  phaseDelayMs: number;
  /** First wait after a volume could not be mounted; doubles up to 244 times as much. */
  mountRetryMs: number;
  /** First wait after a workload could not be brought forward (Pods refused, …); doubles with each further try. */
  workloadRetryMs: number;
  /** How long a second of a probe's delays and periods takes. */
  probeSecondMs: number;
}

/** What a real cluster does. */
export const realTimings: ControllerTimings = {
  jobSyncBatchMs: 1_000,
  jobRetryMs: 1_000,
  jobBackoffMs: 10_000,
  restartBackoffMs: 10_000,
  imageBackoffMs: 10_000,
  podSyncMs: 12_500,
  podResyncMs: 1_000,
  phaseDelayMs: 1_000,
  mountRetryMs: 500,
  workloadRetryMs: 5,
  probeSecondMs: 1_000,
};

/** For tests: the same order of things as in a real cluster, about thirty times as fast. */
export const quickTimings: ControllerTimings = {
  jobSyncBatchMs: 40,
  jobRetryMs: 60,
  jobBackoffMs: 200,
  restartBackoffMs: 200,
  imageBackoffMs: 200,
  podSyncMs: 250,
  podResyncMs: 20,
  phaseDelayMs: 40,
  mountRetryMs: 40,
  workloadRetryMs: 5,
  probeSecondMs: 30,
};

/** Size of the one node. Nominal: Pods are plain processes and nothing reserves anything for them. */
export interface NodeSize {
  cpu: string;
  memory: string;
  pods: string;
}

/** Names of the programs that runner images bring along. */
export type ExecutableName = 'deno' | 'python3' | 'sh' | 'curl';

/** What an image would bring along, for images that the sandbox can stand in for. */
export interface ImageRule {
  /** Matches the image's full name without its tag or digest, e.g. `docker.io/library/busybox`. */
  name: RegExp;
  entrypoint?: string[];
  cmd?: string[];
  /** A value that begins with `/` is a path inside the image. */
  env?: Record<string, string>;
  /** User that the image runs as, as it is written in the image. Default: root. */
  user?: string;
  workingDir?: string;
  /** Its containers count as running, and as ready, until they are told to end; there is no process. */
  simulate?: boolean;
}

/** What the sandbox's node can run, and how much of it at once. */
export interface SandboxImages {
  /** Images beside the built-in list; looked at first. */
  images?: ImageRule[];
  /** Paths of programs that are not found (or not wanted) where they are looked for. */
  executables?: Partial<Record<ExecutableName, string>>;
  /** Containers that run at the same time; more wait in `ContainerCreating`. Default 32. */
  maxProcesses?: number;
  node?: Partial<NodeSize>;
}

export const NODE_NAME = 'sandbox';
