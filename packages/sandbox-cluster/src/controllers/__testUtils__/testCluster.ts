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

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterApi, KubeObject, PodLogOptions } from '../../ClusterApi';
import { ApiMachinery } from '../../ApiMachinery';
import { mergePatch } from '../../patch/mergePatch';
import {
  Controllers,
  ControllerTimings,
  SandboxImages,
  quickTimings,
  startControllers,
} from '../index';

/** Tests run real processes, maybe on a busy machine. Nothing of this is waited for when all is well. */
const PATIENCE_MS = 20_000;
jest.setTimeout(60_000);

/** The real cluster without its HTTP server: store, admission, garbage collector, and our controllers. */
export class TestCluster {
  readonly api: ClusterApi;

  readonly root = mkdtempSync(join(tmpdir(), 'sandbox-controllers-'));

  private readonly machinery = new ApiMachinery('no certificate is needed');

  readonly errors: unknown[] = [];

  readonly controllers: Controllers;

  constructor(
    config: SandboxImages = {},
    timings: Partial<ControllerTimings> = {},
  ) {
    this.api = this.machinery.api;
    this.controllers = startControllers({
      api: this.api,
      root: this.root,
      config,
      timings: { ...quickTimings, ...timings },
      onError: error => this.errors.push(error),
    });
  }

  async stop(): Promise<void> {
    await this.controllers.stop();
    this.machinery.stop();
    rmSync(this.root, { recursive: true, force: true });
    if (this.errors.length > 0) throw this.errors[0];
  }

  create(kind: string, body: any): KubeObject {
    const apiVersion = apiVersionOf(kind);
    const { name, ...rest } = body;
    return this.api.resource(apiVersion, kind).create({
      apiVersion,
      kind,
      metadata: { name, namespace: 'default' },
      ...rest,
    });
  }

  /** A Pod that runs a shell script in one container called `main`. */
  runPod(name: string, script: string, container = {}, spec = {}): KubeObject {
    return this.create('Pod', {
      name,
      spec: {
        restartPolicy: 'Never',
        containers: [main(script, container)],
        ...spec,
      },
    });
  }

  /** A Job that runs a shell script. */
  runJob(name: string, script: string, spec: any = {}, podSpec: any = {}) {
    return this.create('Job', {
      name,
      spec: {
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [main(script)],
            ...podSpec,
          },
        },
        ...spec,
      },
    });
  }

  get(kind: string, name: string): KubeObject | undefined {
    const apiVersion = apiVersionOf(kind);
    const namespace = kind === 'Namespace' ? undefined : 'default';
    return this.api.resource(apiVersion, kind).get(namespace, name);
  }

  /** Waits until the object fits; fails with what it looks like otherwise. */
  async until(
    kind: string,
    name: string,
    fits: (object: KubeObject) => unknown,
    timeoutMs = PATIENCE_MS,
  ): Promise<KubeObject> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const object = this.get(kind, name);
      if (object && fits(object)) return object;
      if (Date.now() > end) {
        const shown = JSON.stringify(object?.status, undefined, 1);
        throw new Error(`${kind} ${name} stays as it is: ${shown}`);
      }
      await pause(5);
    }
  }

  untilPhase(name: string, phase: string): Promise<KubeObject> {
    return this.until('Pod', name, ({ status }) => status.phase === phase);
  }

  async untilGone(kind: string, name: string): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (this.get(kind, name)) {
      if (Date.now() > end) throw new Error(`${kind} ${name} is still there`);
      await pause(5);
    }
  }

  /** Every object of the kind in the namespace. */
  list(kind: string): KubeObject[] {
    return this.api.resource(apiVersionOf(kind), kind).list('default');
  }

  /** Merges changes into an object as it is now. */
  change(kind: string, name: string, changes: Record<string, any>): KubeObject {
    const client = this.api.resource(apiVersionOf(kind), kind);
    const merged = mergePatch(this.get(kind, name), changes);
    return client.update(merged as KubeObject);
  }

  podsOf(job: string): KubeObject[] {
    return this.api
      .resource('v1', 'Pod')
      .list('default')
      .filter(pod => pod.metadata.labels?.['job-name'] === job);
  }

  /** Events about an object, as `reason xcount: message`. */
  events(about: string): string[] {
    return this.api
      .resource('v1', 'Event')
      .list('default')
      .filter(({ involvedObject }) => involvedObject.name === about)
      .map(
        ({ reason, count, message }) =>
          `${reason}${count > 1 ? ` x${count}` : ''}: ${message}`,
      );
  }

  async log(name: string, options: PodLogOptions = {}): Promise<string> {
    const pod = this.get('Pod', name)!;
    const { signal } = new AbortController();
    const chunks = await this.controllers.podLogs.open(pod, options, signal);
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks ?? []) parts.push(chunk);
    return Buffer.concat(parts).toString();
  }

  /** Every state of an object from now on, as it is stored. */
  record(kind: string, name?: string): KubeObject[] {
    const apiVersion = apiVersionOf(kind);
    const states: KubeObject[] = [];
    this.api.resource(apiVersion, kind).watch(({ object, type }) => {
      if (name && object.metadata.name !== name) return;
      states.push(type === 'DELETED' ? { ...object, deleted: true } : object);
    });
    return states;
  }
}

const APPS = [
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'ControllerRevision',
];

function apiVersionOf(kind: string): string {
  if (APPS.includes(kind)) return 'apps/v1';
  return kind === 'Job' ? 'batch/v1' : 'v1';
}

export function main(script: string, more = {}) {
  return {
    name: 'main',
    image: 'busybox:1.36.1',
    command: ['sh', '-c', script],
    ...more,
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms);
  });
}
