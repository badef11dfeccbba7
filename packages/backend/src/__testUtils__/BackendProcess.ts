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

import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KeptnTasksClient } from 'backstage-plugin-keptn-tasks-common';
import { until } from './until';

/** A busy machine compiles all plugins in this time. */
const START_MS = 120_000;

/** How a process has ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  afterMs: number;
}

/** The backend of this package as a process of its own, with the configuration of a file. */
export class BackendProcess {
  /** As a person in the browser has it: with a token of the guest provider. */
  readonly client: KeptnTasksClient;
  #output = '';
  #token = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<Pick<Ending, 'code' | 'signal'>>;

  private constructor(configFile: string, readonly baseUrl: string) {
    this.#child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        path.resolve(__dirname, '../index.ts'),
        '--config',
        configFile,
      ],
      {
        cwd: path.resolve(__dirname, '../..'),
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          NODE_ENV: 'development',
          NODE_COMPILE_CACHE: path.join(tmpdir(), 'backend-compile-cache'),
        },
      },
    );
    const collect = (chunk: Buffer) => {
      this.#output += chunk;
    };
    this.#child.stdout!.on('data', collect);
    this.#child.stderr!.on('data', collect);
    this.#ended = new Promise(resolve =>
      this.#child.once('close', (code, signal) => resolve({ code, signal })),
    );
    this.client = new KeptnTasksClient({
      baseUrl: async () => `${baseUrl}/api/keptn-tasks`,
      fetch: (input, init) => this.#fetch(input as string, init),
    });
  }

  /** Starts a process; `ready` tells when it answers. */
  static start(options: {
    configFile: string;
    baseUrl: string;
  }): BackendProcess {
    return new BackendProcess(options.configFile, options.baseUrl);
  }

  /** Everything it has printed so far. */
  get output(): string {
    return this.#output;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Resolves when all plugins have started and the guest is signed in. */
  async ready(): Promise<void> {
    await until(
      async () => {
        if (this.hasEnded) return true;
        const response = await fetch(
          `${this.baseUrl}/.backstage/health/v1/readiness`,
        );
        return response.ok;
      },
      START_MS,
      () => `the backend does not get ready: ${this.#output.slice(-2_000)}`,
    );
    if (this.hasEnded) {
      throw new Error(`The backend has ended: ${this.#output.slice(-4_000)}`);
    }
    // A connection that an earlier process on this port has left behind may break the first try.
    this.#token = await until(async () => {
      const response = await fetch(`${this.baseUrl}/api/auth/guest/refresh`, {
        headers: { 'x-requested-with': 'XMLHttpRequest' },
      });
      const { backstageIdentity } = await response.json();
      return backstageIdentity.token as string;
    });
  }

  /** Resolves when it is ready and reconciles a cluster. */
  async reconciling(cluster = 'sandbox'): Promise<void> {
    await this.ready();
    await until(async () => {
      const { items } = await this.client.listClusters();
      return items.find(({ name }) => name === cluster)?.reconciling;
    });
  }

  /** A request of the guest to a path of the plugin's API. */
  async request(
    method: string,
    route: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: any; headers: Headers }> {
    const response = await this.#fetch(
      `${this.baseUrl}/api/keptn-tasks${route}`,
      {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      },
    );
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      body: isJson ? JSON.parse(text) : text,
      headers: response.headers,
    };
  }

  /** Ends it without a chance to say good-bye. */
  async kill(): Promise<Ending> {
    return this.#end('SIGKILL', 10_000);
  }

  /** Asks it to end, as the machinery around a backend does, and kills it when it does not. */
  async stop(withinMs = 20_000): Promise<Ending> {
    return this.#end('SIGTERM', withinMs);
  }

  async #end(signal: NodeJS.Signals, withinMs: number): Promise<Ending> {
    const started = Date.now();
    this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), withinMs);
    const ending = await this.#ended;
    clearTimeout(timer);
    return { ...ending, afterMs: Date.now() - started };
  }

  #fetch(url: string, init?: RequestInit): Promise<Response> {
    return fetch(url, {
      ...init,
      headers: {
        ...(init?.headers as Record<string, string>),
        authorization: `Bearer ${this.#token}`,
      },
    });
  }
}
