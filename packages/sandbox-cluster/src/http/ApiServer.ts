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

import { createServer, Server } from 'node:https';
import {
  IncomingMessage,
  OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { PodLogSource } from '../ClusterApi';
import { authenticate, impersonated, Tokens } from '../auth/authenticate';
import { StatusError } from '../errors/StatusError';
import { FaultRequest, Faults } from '../faults/Faults';
import { LoggedRequest } from '../faults/RequestLog';
import { AccessRequest, Authorizer, refusal } from '../rbac/Authorizer';
import { User } from '../resources/ResourceType';
import { ApiContext } from '../service/ApiContext';
import { Answer, RequestContext } from './RequestContext';
import { readBody } from './readBody';
import { nameAskedFor, readRequest, RequestInfo } from './requestInfo';
import { route } from './router';

/** What the HTTP server needs to know. */
export interface ApiServerOptions {
  api: ApiContext;
  tokens: Tokens;
  authorizer: Authorizer;
  faults: Faults;
  key: string;
  cert: string;
  podLogs?: () => PodLogSource | undefined;
}

/** The HTTPS front of the cluster: who asks, may they, does a fault strike, and who answers. */
export class ApiServer {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly options: ApiServerOptions) {
    const { key, cert } = options;
    this.server = createServer({ key, cert }, (request, response) => {
      void this.handle(request, response);
    });
    this.server.keepAliveTimeout = 60_000;
    this.server.requestTimeout = 0;
    this.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** Starts to listen; answers the port. */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    return (this.server.address() as AddressInfo).port;
  }

  /** Ends every connection, open watches too. */
  async close(): Promise<void> {
    const closed = new Promise<void>(resolve => {
      this.server.close(() => resolve());
    });
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse) {
    const info = readRequest(request.method ?? 'GET', request.url ?? '/');
    const entry = logEntry(request, info);
    this.options.faults.requests.add(entry);
    response.on('close', () => {
      if (response.headersSent && response.writableFinished) {
        entry.status = response.statusCode;
      }
    });
    const warnings: string[] = [];
    try {
      const user = this.identify(request);
      entry.user = user.name;
      const faulted: FaultRequest = { ...entry, user: user.name };
      await this.strike(faulted);
      this.authorize(user, info, faulted);
      const context: RequestContext = {
        api: this.options.api,
        info,
        request,
        response,
        body: await readBody(request),
        user,
        userAgent: entry.userAgent,
        warnings,
      };
      const answer = await route(context, this.options);
      if (!answer) return;
      if (this.options.faults.takeLoss(faulted)) {
        request.socket.destroy();
        return;
      }
      send(response, answer, warnings, request.method === 'HEAD');
    } catch (error) {
      sendError(response, error, warnings);
    }
  }

  private identify(request: IncomingMessage): User {
    const { tokens, authorizer } = this.options;
    const user = authenticate(request, tokens);
    const wanted = impersonated(request);
    if (!wanted) return user;
    const access: AccessRequest = {
      user,
      verb: 'impersonate',
      resource: 'users',
      name: wanted.name,
    };
    if (!authorizer.allows(access)) throw refusal(access);
    return wanted;
  }

  private async strike(request: FaultRequest) {
    const { faults } = this.options;
    const wait = faults.delayOf(request);
    if (wait) await sleep(wait);
    const failure = faults.takeFailure(request);
    if (failure) throw failureStatus(failure);
  }

  private authorize(user: User, info: RequestInfo, faulted: FaultRequest) {
    const { resource, path, verb } = info;
    const access: AccessRequest = resource
      ? {
          user,
          verb,
          group: resource.group,
          resource: resource.plural,
          subresource: resource.subresource,
          namespace: resource.namespace,
          name: nameAskedFor(info),
        }
      : { user, verb, path };
    const { faults, authorizer } = this.options;
    if (faults.isRefused(faulted) || !authorizer.allows(access)) {
      throw refusal(access);
    }
  }
}

function logEntry(request: IncomingMessage, info: RequestInfo): LoggedRequest {
  const { resource } = info;
  return {
    time: Date.now(),
    method: info.method,
    verb: info.verb,
    url: request.url ?? '/',
    group: resource?.group,
    resource: resource?.plural,
    subresource: resource?.subresource,
    namespace: resource?.namespace,
    name: resource?.name,
    user: '',
    userAgent: request.headers['user-agent'] ?? '',
    status: 0,
  };
}

const FAILURES: Record<number, [reason: string, message: string]> = {
  409: [
    'Conflict',
    'Operation cannot be fulfilled: the object has been modified; please apply your changes to the latest version and try again',
  ],
  410: ['Expired', 'The resourceVersion for the provided list is too old.'],
  429: [
    'TooManyRequests',
    'the server has received too many requests and has asked us to try again later',
  ],
  500: ['InternalError', 'Internal error occurred: fault injected on request'],
  503: [
    'ServiceUnavailable',
    'the server is currently unable to handle the request',
  ],
};

function failureStatus({
  status,
  retryAfterSeconds,
}: {
  status: number;
  retryAfterSeconds?: number;
}): StatusError {
  const [reason, message] = FAILURES[status];
  const details = retryAfterSeconds ? { retryAfterSeconds } : undefined;
  return new StatusError(status, reason, message, details);
}

function send(
  response: ServerResponse,
  { status, body, contentType }: Answer,
  warnings: string[],
  isHead: boolean,
) {
  response.writeHead(status, {
    'content-type': contentType ?? 'application/json',
    'content-length': Buffer.byteLength(body),
    ...warningHeaders(warnings),
  });
  response.end(isHead ? undefined : body);
}

function sendError(
  response: ServerResponse,
  error: unknown,
  warnings: string[],
) {
  const known =
    error instanceof StatusError
      ? error
      : new StatusError(
          500,
          'InternalError',
          `Internal error occurred: ${(error as Error)?.stack ?? error}`,
        );
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const retryAfter = known.details?.retryAfterSeconds;
  response.writeHead(known.code, {
    'content-type': 'application/json',
    ...(retryAfter && { 'retry-after': String(retryAfter) }),
    ...(known.code === 401 && { 'www-authenticate': 'Bearer' }),
    ...warningHeaders(warnings),
  });
  response.end(JSON.stringify(known.toStatus()));
}

function warningHeaders(warnings: string[]): OutgoingHttpHeaders {
  if (warnings.length === 0) return {};
  return {
    // Node takes a list for every header; its types allow one for set-cookie only.
    warning: [...new Set(warnings)].map(warningValue) as unknown as string,
  };
}

/** `299 - "text"` with the bytes of UTF-8, as headers carry them. */
function warningValue(text: string): string {
  const quoted = text.replace(/[\\"]/g, '\\$&').replace(/\s+/g, ' ');
  return `299 - "${Buffer.from(quoted).toString('latin1')}"`;
}
