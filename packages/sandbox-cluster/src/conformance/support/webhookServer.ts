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
import { AddressInfo } from 'node:net';
import { makeCertificates } from '../../certificates';

/** What a webhook answers to a request: parts of the response. Nothing: no answer at all. */
export type Answer = Record<string, unknown> | undefined;

/** A webhook on this machine, for clusters that reach it, which are sandboxes. */
export class WebhookServer {
  /** Requests so far, as the cluster sent them. */
  readonly requests: any[] = [];
  caBundle = '';
  private server?: Server;

  constructor(public answer: (request: any) => Answer) {}

  async start(): Promise<void> {
    const { ca, cert, key } = await makeCertificates('127.0.0.1');
    this.caBundle = Buffer.from(ca).toString('base64');
    this.server = createServer({ cert, key }, async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      const review = JSON.parse(text);
      this.requests.push(review.request);
      const answer = this.answer(review.request);
      if (!answer) return;
      const { uid } = review.request;
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          apiVersion: 'admission.k8s.io/v1',
          kind: 'AdmissionReview',
          response: { uid, allowed: true, ...answer },
        }),
      );
    });
    await new Promise<void>(resolve => {
      this.server!.listen(0, '127.0.0.1', resolve);
    });
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}/check`;
  }

  get port(): number {
    return (this.server!.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise(resolve => {
      if (this.server) this.server.close(resolve);
      else resolve(undefined);
    });
  }
}

/** A response that patches. */
export const patching = (...patch: object[]) => ({
  patchType: 'JSONPatch',
  patch: Buffer.from(JSON.stringify(patch)).toString('base64'),
});
