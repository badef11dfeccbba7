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

import { toSeconds } from '../../common/time';

/** How a run of a container ended, as it is stored. */
export interface Terminated {
  exitCode: number;
  reason: string;
  message?: string;
  startedAt: string;
  finishedAt: string;
  containerID?: string;
}

/** The state of a container, as it is stored: one of the three. */
export interface ContainerState {
  waiting?: { reason: string; message?: string };
  running?: { startedAt: string };
  terminated?: Terminated;
}

/** What the kubelet knows about a container of a Pod. */
export class ContainerRecord {
  state: ContainerState;

  last: { terminated?: Terminated } = {};

  restartCount = 0;

  image?: { full: string; id: string };

  containerId?: string;

  /** The container runs and its startup probe, if it has one, has passed. */
  started = false;

  /** The container has started and its readiness probe, if it has one, has passed. */
  ready = false;

  private everStarted = false;

  constructor(readonly spec: any, waitingReason: string) {
    this.state = { waiting: { reason: waitingReason } };
  }

  get name(): string {
    return this.spec.name;
  }

  /** An init container that goes on beside the others: it is done as soon as it has started. */
  get sidecar(): boolean {
    return this.spec.restartPolicy === 'Always';
  }

  /** As an init container: whether what comes after it may start. */
  get initialized(): boolean {
    return this.sidecar ? this.everStarted : this.terminated?.exitCode === 0;
  }

  get running(): boolean {
    return this.state.running !== undefined;
  }

  get terminated(): Terminated | undefined {
    return this.state.terminated;
  }

  /** The container waits for another try; what ended before is kept as its last state. */
  wait(reason: string, message?: string): void {
    if (this.state.terminated)
      this.last = { terminated: this.state.terminated };
    this.state = { waiting: { reason, ...(message && { message }) } };
  }

  /** A new run begins; it is not started yet. */
  begin(containerId: string): void {
    if (this.state.terminated)
      this.last = { terminated: this.state.terminated };
    if (this.containerId) this.restartCount += 1;
    this.containerId = containerId;
  }

  run(startedAt: number): void {
    this.state = { running: { startedAt: toSeconds(startedAt) } };
    if (!this.spec.startupProbe) this.markStarted();
  }

  /** The startup probe has passed. */
  markStarted(): void {
    this.started = true;
    this.everStarted = true;
    if (!this.spec.readinessProbe) this.ready = true;
  }

  end(terminated: Terminated): void {
    this.started = false;
    this.ready = false;
    this.state = { terminated };
  }

  /** For a Pod that has ended: a container that waits for a restart counts as it ended before. */
  settle(): void {
    if (this.state.waiting && this.last.terminated) {
      this.state = { terminated: this.last.terminated };
      this.last = {};
    }
  }
}
