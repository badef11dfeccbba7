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
import type { IncomingMessage, ServerResponse } from 'node:http';
import { toError } from '@backstage/errors';
import { answerReview } from './answerReview';
import { readBody } from './readBody';
import type { WebhookClusters } from './WebhookClusters';

const PATH = /^\/mutate-v1-pod\/([^/?#]+)\/?(?:\?.*)?$/;

/** Answers one request of an API server: `POST /mutate-v1-pod/<name of the cluster>`. */
export async function handleReview(
  clusters: WebhookClusters,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const name = PATH.exec(request.url ?? '')?.[1];
    if (request.method !== 'POST' || name === undefined) {
      send(response, 404, 'text/plain', 'Not found');
      return;
    }
    const body = await readBody(request);
    if (body === undefined) {
      response.shouldKeepAlive = false;
      send(response, 413, 'text/plain', 'The body is too long for a review');
      return;
    }
    const cluster = decodeURIComponent(name);
    const answer = await answerReview(body, cluster, clusters.get(cluster));
    send(response, 200, 'application/json', JSON.stringify(answer));
  } catch (error) {
    // The API server lets the Pod pass then: the webhook's failure policy is Ignore.
    send(response, 400, 'text/plain', toError(error).message);
  }
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
