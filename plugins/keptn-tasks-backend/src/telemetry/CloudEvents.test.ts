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

import { mockServices } from '@backstage/backend-test-utils';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../__testUtils__/until';
import type { Notice } from '../domain/plan';
import { createCloudEvents } from './CloudEvents';

const now = () => new Date('2026-03-01T10:00:00Z');
const about = {
  apiVersion: 'lifecycle.keptn.sh/v1',
  kind: 'KeptnAppVersion',
  metadata: { name: 'shop-1-6b86b273', namespace: 'shop', uid: 'u' },
  spec: { appName: 'shop', version: '1' },
};
const started: Notice = {
  type: 'Normal',
  reason: 'AppPreDeployTasksStarted',
  message: 'Running the pre-deployment tasks of shop 1.',
};

describe('CloudEvents', () => {
  const logger = mockServices.logger.mock();
  let received: { headers: IncomingHttpHeaders; body: any; method?: string }[];
  let answer: number | 'never';
  let server: Server;
  let url: string;

  beforeEach(async () => {
    jest.resetAllMocks();
    received = [];
    answer = 202;
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', part => parts.push(part));
      request.on('end', () => {
        const { headers, method } = request;
        const body = JSON.parse(Buffer.concat(parts).toString());
        received.push({ headers, body, method });
        if (answer !== 'never') {
          response.writeHead(answer, { location: '/elsewhere' }).end();
        }
      });
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(done => server.close(done));
  });

  function publish(endpoint: string | undefined, timeoutMs?: number) {
    createCloudEvents({
      endpoint: () => endpoint,
      logger,
      now,
      timeoutMs,
    }).publish(about, started);
  }

  it('are posted in binary mode, with what Keptn says in them', async () => {
    publish(url);
    await until(() => received.length === 1);
    const [{ headers, body, method }] = received;
    expect(method).toBe('POST');
    expect(headers).toMatchObject({
      'ce-specversion': '1.0',
      'ce-id': expect.stringMatching(/^[0-9a-f]{32}$/),
      'ce-source': 'keptn.sh',
      'ce-type': 'App Pre-Deployment Tasks.Started',
      'ce-time': '2026-03-01T10:00:00.000Z',
      'content-type': 'application/json',
    });
    expect(body).toEqual({
      message: 'Running the pre-deployment tasks of shop 1.',
      type: 'Normal',
      version: '1',
      resource: {
        group: 'lifecycle.keptn.sh',
        kind: 'KeptnAppVersion',
        version: 'v1',
        name: 'shop-1-6b86b273',
        namespace: 'shop',
      },
    });
    expect(logger.debug).not.toHaveBeenCalled();
  });

  it.each([undefined, '', '  '])(
    'go nowhere when the endpoint is %j',
    endpoint => {
      publish(endpoint);
      expect(logger.warn).not.toHaveBeenCalled();
    },
  );

  it.each(['broker:8080', 'file:///etc/passwd', 'not a URL'])(
    'warn once that %s is no place to post to',
    endpoint => {
      const events = createCloudEvents({
        endpoint: () => endpoint,
        logger,
        now,
      });
      events.publish(about, started);
      events.publish(about, { ...started, message: 'Another one.' });
      expect(logger.warn).toHaveBeenCalledTimes(1);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('make it an http or https URL'),
      );
    },
  );

  it.each<[typeof answer, string]>([
    [500, 'HTTP 500'],
    [302, 'was not taken'],
    ['never', 'was not taken'],
  ])(
    'are tried once, and an answer of %s is for the debug log',
    async (status, words) => {
      answer = status;
      publish(url, 1_000);
      await until(() => logger.debug.mock.calls.length === 1);
      expect(logger.debug).toHaveBeenCalledWith(expect.stringContaining(words));
      expect(received).toHaveLength(1);
    },
  );

  it('are sent a few at a time, and all of them', async () => {
    const events = createCloudEvents({ endpoint: () => url, logger, now });
    for (let i = 0; i < 50; i++) {
      events.publish(about, { ...started, message: `Number ${i}.` });
    }
    await until(() => received.length === 50);
    expect(new Set(received.map(({ headers }) => headers['ce-id'])).size).toBe(
      50,
    );
  });
});
