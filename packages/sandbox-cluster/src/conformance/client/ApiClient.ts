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

import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { Connection } from './Connection';
import { TextStream } from './TextStream';
import { Watch } from './Watch';

/** What can be said about a request beside its method, path and body. */
export interface RequestOptions {
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  contentType?: string;
  accept?: string;
  /** Sends the request as this user (impersonation). */
  as?: string;
}

/** A whole answer. `body` is parsed when the server says that it is JSON. */
export interface ApiResponse {
  status: number;
  contentType: string;
  /** Values of the Warning headers, in order. */
  warnings: string[];
  headers: Record<string, string | string[] | undefined>;
  text: string;
  body: any;
}

/** The four kinds of PATCH. */
export type PatchKind = 'merge' | 'json' | 'strategic' | 'apply';

const PATCH_TYPES: Record<PatchKind, string> = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

/**
 * Plain HTTP to an API server: hands over the raw answer, whatever its status, so that tests can assert on
 * everything a client can see. Strings are sent as they are, everything else as JSON.
 */
export class ApiClient {
  private agent?: HttpAgent;

  /** @param connection - asked at the first request, so that a client can be made before its cluster runs */
  constructor(private readonly connection: () => Connection) {}

  get(path: string, options?: RequestOptions): Promise<ApiResponse> {
    return this.request('GET', path, undefined, options);
  }

  post(path: string, body: unknown, options?: RequestOptions) {
    return this.request('POST', path, body, options);
  }

  put(path: string, body: unknown, options?: RequestOptions) {
    return this.request('PUT', path, body, options);
  }

  delete(path: string, body?: unknown, options?: RequestOptions) {
    return this.request('DELETE', path, body, options);
  }

  patch(
    path: string,
    body: unknown,
    kind: PatchKind = 'merge',
    options: RequestOptions = {},
  ) {
    const contentType = PATCH_TYPES[kind];
    return this.request('PATCH', path, body, { contentType, ...options });
  }

  async request(
    method: string,
    path: string,
    body?: unknown,
    options: RequestOptions = {},
  ): Promise<ApiResponse> {
    const message = await this.send(method, path, body, options);
    const chunks: Buffer[] = [];
    for await (const chunk of message) {
      chunks.push(chunk as Buffer);
    }
    const text = Buffer.concat(chunks).toString('utf8');
    const contentType = message.headers['content-type'] ?? '';
    const isJson = contentType.startsWith('application/json') && text !== '';
    return {
      status: message.statusCode ?? 0,
      contentType,
      warnings: message.headersDistinct.warning ?? [],
      headers: message.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  }

  /** Opens a watch; resolves when the server has accepted it, rejects with its answer when it has not. */
  async watch(
    path: string,
    query: RequestOptions['query'] = {},
    options: RequestOptions = {},
  ): Promise<Watch> {
    const message = await this.open(path, {
      ...options,
      query: { ...query, watch: true },
    });
    return new Watch(message);
  }

  /** Opens a stream of text, such as a log that is followed. */
  async stream(
    path: string,
    options: RequestOptions = {},
  ): Promise<TextStream> {
    return new TextStream(await this.open(path, { accept: '*/*', ...options }));
  }

  /** Ends the connections that are kept open. */
  close(): void {
    this.agent?.destroy();
    this.agent = undefined;
  }

  private async open(path: string, options: RequestOptions) {
    const message = await this.send('GET', path, undefined, options);
    if (message.statusCode !== 200) {
      let text = '';
      for await (const chunk of message) {
        text += chunk;
      }
      throw new Error(`GET ${path} answered ${message.statusCode}: ${text}`);
    }
    return message;
  }

  private send(
    method: string,
    path: string,
    body: unknown,
    options: RequestOptions,
  ): Promise<IncomingMessage> {
    const connection = this.connection();
    const url = new URL(`${connection.url}${path}`);
    for (const [name, value] of Object.entries(options.query ?? {})) {
      if (value !== undefined) {
        url.searchParams.set(name, String(value));
      }
    }
    const payload =
      body === undefined || typeof body === 'string'
        ? (body as string | undefined)
        : JSON.stringify(body);
    const headers: Record<string, string> = {
      accept: options.accept ?? 'application/json',
      'user-agent': 'kubernetes-conformance-suite',
      ...(connection.authorization && {
        authorization: connection.authorization,
      }),
      ...(payload !== undefined && {
        'content-type': options.contentType ?? 'application/json',
        'content-length': String(Buffer.byteLength(payload)),
      }),
      ...(options.as && { 'impersonate-user': options.as }),
      ...options.headers,
    };
    const isHttps = url.protocol === 'https:';
    this.agent ??= isHttps
      ? new HttpsAgent({
          keepAlive: true,
          ca: connection.ca,
          cert: connection.clientCertificate?.cert,
          key: connection.clientCertificate?.key,
          servername: connection.serverName,
          rejectUnauthorized: !connection.insecure,
        })
      : new HttpAgent({ keepAlive: true });
    return new Promise((done, failed) => {
      const outgoing = (isHttps ? httpsRequest : httpRequest)(
        url,
        { method, headers, agent: this.agent },
        done,
      );
      outgoing.on('error', failed);
      outgoing.end(payload);
    });
  }
}
