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

import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A CloudEvent in binary mode, as a receiver has it. */
export interface ReceivedEvent {
  path: string;
  headers: IncomingHttpHeaders;
  id: string;
  type: string;
  body: {
    message: string;
    type: string;
    version: string;
    resource: { kind: string; name: string; namespace: string };
  };
}

/** Somebody outside of the cluster who is told what happens in it. */
export class EventReceiver {
  readonly received: ReceivedEvent[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<EventReceiver> {
    const server = createServer();
    const receiver = new EventReceiver(server);
    server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', part => parts.push(part));
      request.on('end', () => {
        const { headers, url = '' } = request;
        receiver.received.push({
          path: url,
          headers,
          id: String(headers['ce-id']),
          type: String(headers['ce-type']),
          body: JSON.parse(Buffer.concat(parts).toString()),
        });
        response.writeHead(202).end();
      });
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  url(path: string): string {
    return `http://127.0.0.1:${
      (this.server.address() as AddressInfo).port
    }${path}`;
  }

  /** What it was told about an object. */
  about(kind: string, name: string): ReceivedEvent[] {
    return this.received.filter(
      ({ body }) => body.resource.kind === kind && body.resource.name === name,
    );
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(done => this.server.close(done));
  }
}
