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

import type { KubeConfig } from '@kubernetes/client-node';
import type { RequestOptions } from 'node:https';
import type { Dispatcher } from 'undici';
import type { ClusterConfig } from './ClusterConfig';
import { createDispatcher } from './createDispatcher';
import { loadKubeConfig } from './loadKubeConfig';

/** Who we are, in the audit log of the API server and as field manager. */
export const USER_AGENT = 'keptn-tasks';

/** Credentials are read again this often, so that rotated tokens and certificates are taken up. */
const CREDENTIALS_TTL_MS = 60_000;
/** After a refusal they are read again at once, but not in a loop. */
const MIN_RELOAD_INTERVAL_MS = 1_000;

/** One HTTP request to the API server. */
export interface ClusterRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  contentType?: string;
  signal?: AbortSignal;
  /** For the whole answer, or up to its headers when it is streamed. 30 seconds when absent. */
  timeoutMs?: number;
}

/** The answer to a request, whatever its status. */
export interface ClusterResponse {
  status: number;
  retryAfter?: string;
  body: string;
}

/** The same while its body still comes. */
export interface StreamResponse {
  status: number;
  retryAfter?: string;
  body: Dispatcher.ResponseData['body'];
}

interface Credentials {
  readAt: number;
  origin: string;
  pathPrefix: string;
  headers: Record<string, string>;
  tlsKey: string;
  dispatcher: Dispatcher;
}

/**
 * HTTP to one API server, with the credentials of the configuration and one pool of connections: a pool per request
 * would leave a TLS connection behind for each.
 */
export class ClusterConnection {
  private current?: Credentials;
  private loading?: Promise<Credentials>;
  private loadedAt = 0;
  private closed = false;
  private lastContactMs?: number;

  constructor(private readonly config: ClusterConfig) {}

  /** When the API server last answered anything. */
  get lastContactAt(): Date | undefined {
    return this.lastContactMs === undefined
      ? undefined
      : new Date(this.lastContactMs);
  }

  /** Somebody read something from the API server. */
  noteContact(): void {
    this.lastContactMs = Date.now();
  }

  /** Sends a request and reads the whole answer. Throws whatever network and TLS throw. */
  async request(request: ClusterRequest): Promise<ClusterResponse> {
    const timeout = AbortSignal.timeout(request.timeoutMs ?? 30_000);
    const signal = request.signal
      ? AbortSignal.any([request.signal, timeout])
      : timeout;
    const response = await this.send(request, signal);
    const body = await response.body.text();
    this.noteContact();
    return { status: response.status, retryAfter: response.retryAfter, body };
  }

  /**
   * Sends a request whose answer goes on. The caller reads it to its end, destroys it, or aborts the signal, and
   * watches over silence itself.
   */
  async stream(
    request: ClusterRequest & { signal: AbortSignal },
  ): Promise<StreamResponse> {
    const tooLate = new AbortController();
    const timer = setTimeout(
      () => tooLate.abort(new Error('The API server did not answer in time')),
      request.timeoutMs ?? 30_000,
    );
    try {
      const response = await this.send(
        request,
        AbortSignal.any([request.signal, tooLate.signal]),
      );
      this.noteContact();
      return response;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends all connections at once. */
  async close(): Promise<void> {
    this.closed = true;
    await this.current?.dispatcher.destroy();
  }

  private async send(request: ClusterRequest, signal: AbortSignal) {
    const first = await this.sendOnce(request, signal);
    if (first.status !== 401 || !this.mayReload()) {
      return first;
    }
    // The token may have been rotated since it was read.
    await first.body.dump();
    await this.load();
    return this.sendOnce(request, signal);
  }

  private async sendOnce(request: ClusterRequest, signal: AbortSignal) {
    const { origin, pathPrefix, headers, dispatcher } =
      await this.getCredentials();
    const response = await dispatcher.request({
      origin,
      path: `${pathPrefix}${request.path}${queryString(request.query)}`,
      method: request.method,
      headers: {
        accept: 'application/json',
        'user-agent': USER_AGENT,
        ...headers,
        ...(request.body === undefined
          ? {}
          : { 'content-type': request.contentType ?? 'application/json' }),
      },
      body: request.body === undefined ? null : JSON.stringify(request.body),
      signal,
      // Silence is judged by the callers: a quiet watch is not a broken one.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const retryAfter = response.headers['retry-after'];
    return {
      status: response.statusCode,
      retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
      body: response.body,
    };
  }

  private mayReload(): boolean {
    return Date.now() - this.loadedAt > MIN_RELOAD_INTERVAL_MS;
  }

  private async getCredentials(): Promise<Credentials> {
    if (this.closed) {
      throw new Error('The connection is closed');
    }
    const { current } = this;
    return current && Date.now() - current.readAt < CREDENTIALS_TTL_MS
      ? current
      : this.load();
  }

  /** Reads the credentials; callers at the same time share one reading. */
  private load(): Promise<Credentials> {
    this.loading ??= this.readCredentials()
      .then(credentials => {
        const replaced = this.current?.dispatcher;
        this.current = credentials;
        if (replaced && replaced !== credentials.dispatcher) {
          // What is under way may finish; a watch is ended by its own timeout.
          replaced.close().catch(() => undefined);
        }
        return credentials;
      })
      .finally(() => {
        this.loading = undefined;
      });
    return this.loading;
  }

  private async readCredentials(): Promise<Credentials> {
    this.loadedAt = Date.now();
    const kubeConfig = loadKubeConfig(this.config);
    const options: RequestOptions = { headers: {} };
    await kubeConfig.applyToHTTPSOptions(options);
    const server = new URL(kubeConfig.getCurrentCluster()!.server);
    const tlsKey = tlsFingerprint(kubeConfig, options);
    const dispatcher =
      this.current?.tlsKey === tlsKey
        ? this.current.dispatcher
        : createDispatcher(kubeConfig, options);
    return {
      readAt: Date.now(),
      origin: server.origin,
      pathPrefix: server.pathname.replace(/\/+$/, ''),
      headers: authHeaders(options),
      tlsKey,
      dispatcher,
    };
  }
}

function authHeaders(options: RequestOptions): Record<string, string> {
  const headers = Object.fromEntries(
    Object.entries(options.headers ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name.toLowerCase(), String(value).trim()]),
  );
  if (options.auth) {
    headers.authorization = `Basic ${Buffer.from(options.auth).toString(
      'base64',
    )}`;
  }
  return headers;
}

function tlsFingerprint(kubeConfig: KubeConfig, options: RequestOptions) {
  const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } =
    options;
  const cluster = kubeConfig.getCurrentCluster();
  return JSON.stringify([
    cluster?.server,
    cluster?.proxyUrl,
    ...[ca, cert, key, pfx].map(part => part?.toString()),
    passphrase,
    rejectUnauthorized,
    servername,
  ]);
}

function queryString(query: ClusterRequest['query']): string {
  const entries = Object.entries(query ?? {}).filter(
    ([, value]) => value !== undefined,
  );
  return entries.length === 0
    ? ''
    : `?${entries
        .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
        .join('&')}`;
}
