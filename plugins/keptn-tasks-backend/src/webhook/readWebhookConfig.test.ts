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
import path from 'path';
import { ConfigReader } from '@backstage/config';
import { readWebhookConfig } from './readWebhookConfig';

const read = (webhook?: object) =>
  readWebhookConfig(new ConfigReader((webhook ? { webhook } : {}) as any), [
    'eu-1',
  ]);
const files = { certFile: 'tls.crt', keyFile: 'tls.key' };
const secret = {
  cluster: 'eu-1',
  secret: { namespace: 'portal', name: 'tls' },
};

describe('readWebhookConfig', () => {
  it('reads where it is served and where its certificate is', () => {
    expect(read()).toBeUndefined();
    expect(read({ port: 9443, ...files })).toEqual({
      port: 9443,
      certificate: {
        from: 'files',
        certFile: path.resolve('tls.crt'),
        keyFile: path.resolve('tls.key'),
      },
    });
    expect(read({ port: 9443, host: '127.0.0.1', ...secret })).toEqual({
      port: 9443,
      host: '127.0.0.1',
      certificate: {
        from: 'secret',
        cluster: 'eu-1',
        namespace: 'portal',
        name: 'tls',
      },
    });
  });

  it.each<[object, string]>([
    [
      files,
      'keptnTasks.webhook.port is missing; say on which port the clusters reach the webhook, such as 9443',
    ],
    [
      { port: 70000, ...files },
      'keptnTasks.webhook.port is 70000; it must be a whole number from 1 to 65535',
    ],
    [
      { port: 9443 },
      'keptnTasks.webhook must say where its certificate is, in one of two ways: certFile and keyFile, or cluster and secret',
    ],
    [
      { port: 9443, ...files, ...secret },
      'keptnTasks.webhook must say where its certificate is, in one of two ways: certFile and keyFile, or cluster and secret',
    ],
    [
      { port: 9443, certFile: 'tls.crt' },
      'keptnTasks.webhook.keyFile is missing',
    ],
    [
      { port: 9443, ...secret, cluster: 'eu-2' },
      "keptnTasks.webhook.cluster is 'eu-2', which is none of keptnTasks.clusters",
    ],
    [
      { port: 9443, cluster: 'eu-1', secret: { name: 'tls' } },
      'keptnTasks.webhook.secret.namespace is missing',
    ],
  ])('refuses %j', (webhook, message) => {
    expect(() => read(webhook)).toThrow(message);
  });
});
