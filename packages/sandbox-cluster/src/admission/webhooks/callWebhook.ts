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
import { randomUUID } from 'node:crypto';
import { request as httpsRequest, RequestOptions } from 'node:https';
import { Json } from '../../schema/json';
import { describeFailure } from './describeFailure';
import { readReview } from './readReview';
import { ClientConfig, WebhookAnswer, WebhookCall } from './WebhookCall';

/** Where Services of webhooks really listen: `<namespace>/<name>` to a port of this machine. */
export type ServicePorts = Record<string, number>;

/** Sends an AdmissionReview over HTTPS. Never throws: what goes wrong is the answer. */
export async function callWebhook(
  { clientConfig, request, timeoutSeconds }: WebhookCall,
  services: ServicePorts = {},
): Promise<WebhookAnswer> {
  let target: Target | undefined;
  try {
    target = targetOf(clientConfig, services);
  } catch (error) {
    return { failure: `failed to call webhook: ${(error as Error).message}` };
  }
  if (!target) {
    const { name = '', namespace = '' } = clientConfig.service ?? {};
    return {
      failure: `failed to call webhook: the sandbox has no address for service ${namespace}/${name}: name it in webhookServices, or use a url`,
    };
  }
  const { url, options } = target;
  url.searchParams.set('timeout', `${timeoutSeconds}s`);
  const uid = randomUUID();
  const review = {
    kind: 'AdmissionReview',
    apiVersion: 'admission.k8s.io/v1',
    request: { uid, ...request },
  };
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  const named = target.shown ?? url.href;
  try {
    const { status, text } = await post(url, review, {
      ...options,
      signal,
      ca: clientConfig.caBundle
        ? Buffer.from(clientConfig.caBundle, 'base64').toString()
        : undefined,
    });
    if (status < 200 || status > 206) {
      return {
        failure:
          status >= 500
            ? `failed to call webhook: an error on the server (${JSON.stringify(
                text,
              )}) has prevented the request from succeeding`
            : `failed to call webhook: the server rejected our request (${status})`,
      };
    }
    return readReview(uid, text);
  } catch (error) {
    const why = signal.aborted
      ? 'context deadline exceeded'
      : describeFailure(error as NodeJS.ErrnoException, url);
    return {
      failure: `failed to call webhook: Post ${JSON.stringify(named)}: ${why}`,
    };
  }
}

interface Target {
  url: URL;
  options: RequestOptions;
  /** What messages call it, when it is not the URL. */
  shown?: string;
}

function targetOf(
  { url, service }: ClientConfig,
  services: ServicePorts,
): Target | undefined {
  if (url) return { url: new URL(url), options: {} };
  const { namespace, name, path = '/', port = 443 } = service!;
  const actual = services[`${namespace}/${name}`];
  if (actual === undefined) return undefined;
  const host = `${name}.${namespace}.svc`;
  return {
    url: new URL(path, `https://127.0.0.1:${actual}`),
    options: { servername: host, headers: { host: `${host}:${port}` } },
    shown: `https://${host}:${port}${path}`,
  };
}

function post(
  url: URL,
  body: Json,
  options: RequestOptions,
): Promise<{ status: number; text: string }> {
  const payload = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest(url, {
      ...options,
      agent: false,
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(payload),
        'user-agent': 'kube-apiserver-admission',
        ...options.headers,
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', response => {
      const chunks: Buffer[] = [];
      response.on('data', chunk => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    outgoing.end(payload);
  });
}
