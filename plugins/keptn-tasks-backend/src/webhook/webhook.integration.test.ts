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
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request as httpsRequest } from 'node:https';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TLSSocket } from 'node:tls';
import type { V1Pod } from '@kubernetes/client-node';
import { makeCertificates } from 'sandbox-cluster';
import type { CertificateOptions } from 'sandbox-cluster';
import { parse } from 'yaml';
import {
  CLUSTER,
  ClusterHarness,
  quietLogger,
  until,
} from '../__testUtils__/clusterHarness';
import { ClusterConnection } from '../cluster/ClusterConnection';
import { KubernetesClusterClient } from '../cluster/KubernetesClusterClient';
import { fileCertificate } from './certificate/fileCertificate';
import type { WebhookCluster } from './WebhookClusters';
import { WebhookServer } from './WebhookServer';

jest.setTimeout(120_000);

const GATE = { name: 'keptn-prechecks-gate' };
const SERVICE = 'backstage-keptn-gate.backstage.svc';
const MANIFEST = resolve(__dirname, '../../../../deploy/gates/webhook.yaml');

describe('the webhook over HTTPS', () => {
  let directory: string;
  let caBundle: string;
  let server: WebhookServer;

  const files = () => ({
    certFile: join(directory, 'tls.crt'),
    keyFile: join(directory, 'tls.key'),
  });
  const renew = async (options: CertificateOptions = {}) => {
    const { ca, cert, key } = await makeCertificates('127.0.0.1', {
      names: [SERVICE],
      ...options,
    });
    await writeFile(files().keyFile, key);
    await writeFile(files().certFile, cert);
    return Buffer.from(ca).toString('base64');
  };
  const serve = (cluster?: WebhookCluster, port = 0) =>
    new WebhookServer({
      port,
      host: '127.0.0.1',
      certificate: fileCertificate(files(), 50),
      clusters: { get: name => (name === CLUSTER ? cluster : undefined) },
      logger: quietLogger,
      retryMs: 50,
    });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'webhook-'));
  });
  afterEach(async () => {
    await server?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  describe('with deploy/gates/webhook.yaml in a cluster', () => {
    let harness: ClusterHarness;
    let connection: ClusterConnection;
    let client: KubernetesClusterClient;
    const cleared = new Set<string>();
    let isReady: boolean;
    let asked: number;
    let replicaSet: { uid: string };

    const start = async (controllers: boolean) => {
      cleared.clear();
      isReady = true;
      asked = 0;
      caBundle = await renew();
      server = serve({
        ready: () => {
          asked += 1;
          return isReady;
        },
        seen: async () => {},
        isOptedIn: namespace => namespace === 'shop',
        hasIdentity: ({ metadata }) =>
          metadata?.annotations?.['keptn.sh/workload'] === 'cart',
        isCleared: (_, key) => cleared.has(key),
      });
      await server.start();
      harness = await ClusterHarness.start({
        withoutCrds: true,
        controllers,
        webhookServices: { 'backstage/backstage-keptn-gate': server.port! },
      });
      connection = new ClusterConnection(harness.config());
      client = new KubernetesClusterClient(connection);
      const manifest = parse(
        readFileSync(MANIFEST, 'utf8').replaceAll('/CLUSTER', `/${CLUSTER}`),
      );
      manifest.webhooks[0].clientConfig.caBundle = caBundle;
      harness.create(manifest);
      replicaSet = harness.create({
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: { name: 'cart-1', namespace: 'shop' },
        spec: {
          replicas: 0,
          selector: { matchLabels: { run: 'cart-1' } },
          template: {
            metadata: { labels: { run: 'cart-1' } },
            spec: { containers: [{ name: 'main', image: 'busybox' }] },
          },
        },
      }).metadata;
    };
    afterEach(async () => {
      await connection?.close();
      await harness?.stop();
    });

    const pod = (name: string, overrides: { spec?: object } = {}) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace: 'shop',
        annotations: { 'keptn.sh/workload': 'cart' },
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'ReplicaSet',
            name: 'cart-1',
            uid: replicaSet.uid,
            controller: true,
          },
        ],
      },
      spec: {
        containers: [{ name: 'main', image: 'busybox', command: ['true'] }],
        ...overrides.spec,
      },
    });
    const gatesOf = (created: V1Pod) =>
      (created.spec?.schedulingGates ?? []).map(({ name }) => ({ name }));

    it('holds new Pods of a revision until it is cleared', async () => {
      await start(false);
      expect(gatesOf(await client.create('Pod', pod('first')))).toEqual([GATE]);
      cleared.add('ReplicaSet.cart-1');
      expect(gatesOf(await client.create('Pod', pod('second')))).toEqual([]);
    });

    it('keeps the gates of other systems (D-43)', async () => {
      await start(false);
      const other = { name: 'example.com/quota' };
      const spec = { schedulingGates: [other] };
      const created = await client.create('Pod', pod('both', { spec }));
      expect(gatesOf(created)).toEqual([other, GATE]);
    });

    it('is not asked about Pods that name no workload, or about updates (D-45)', async () => {
      await start(false);
      const created = await client.create('Pod', pod('seen'));
      const before = asked;
      await client.patch(
        'Pod',
        { namespace: 'shop', name: 'seen' },
        { metadata: { labels: { touched: 'yes' } } },
      );
      const bare = pod('unseen');
      bare.metadata.annotations = {} as typeof bare.metadata.annotations;
      expect(gatesOf(await client.create('Pod', bare))).toEqual([]);
      expect(gatesOf(created)).toEqual([GATE]);
      expect(asked).toBe(before);
    });

    it('lets Pods pass while it has not seen the cluster yet', async () => {
      await start(false);
      isReady = false;
      expect(gatesOf(await client.create('Pod', pod('early')))).toEqual([]);
    });

    it('lets Pods pass when it is down (D-44)', async () => {
      await start(false);
      await server.stop();
      expect(gatesOf(await client.create('Pod', pod('alone')))).toEqual([]);
    });

    it('holds the Pods that a Deployment makes', async () => {
      await start(true);
      const labels = { run: 'cart' };
      harness.create({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'cart', namespace: 'shop' },
        spec: {
          replicas: 2,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels, annotations: { 'keptn.sh/workload': 'cart' } },
            spec: { containers: [{ name: 'main', image: 'busybox' }] },
          },
        },
      });
      const pods = await until(async () => {
        const found = await client.list('Pod', { namespace: 'shop' });
        return found.length === 2 ? found : undefined;
      }, 60_000);
      expect(pods.map(gatesOf)).toEqual([[GATE], [GATE]]);
    });
  });

  /** One request on a connection that is kept, and the certificate that it came with. */
  const ask = (
    agent: Agent,
    { path = `/mutate-v1-pod/${CLUSTER}`, body = '{}', method = 'POST' } = {},
  ) =>
    new Promise<{ status: number; text: string; serial: string }>(
      (done, failed) => {
        const outgoing = httpsRequest(
          {
            agent,
            host: '127.0.0.1',
            port: server.port,
            path,
            method,
            rejectUnauthorized: false,
          },
          response => {
            const socket = response.socket as TLSSocket;
            const serial = socket.getPeerCertificate().serialNumber;
            let text = '';
            response.on('data', chunk => {
              text += chunk;
            });
            response.on('end', () =>
              done({ status: response.statusCode ?? 0, text, serial }),
            );
          },
        );
        outgoing.on('error', failed);
        outgoing.end(body);
      },
    );

  describe('its certificate', () => {
    it('is renewed without ending a connection', async () => {
      await renew();
      server = serve();
      await server.start();
      const kept = new Agent({ keepAlive: true, maxSockets: 1 });
      const first = await ask(kept);
      const expiry = server.health().certificateExpiresAt!.getTime();

      await renew({ notAfter: new Date(Date.now() + 7 * 24 * 3_600_000) });
      await until(async () => {
        const { serial } = await ask(new Agent());
        return serial !== first.serial;
      });
      expect(server.health().certificateExpiresAt!.getTime()).not.toBe(expiry);
      expect(server.health().problem).toBeUndefined();
      // Still the old connection, with the certificate that it began with.
      expect((await ask(kept)).serial).toBe(first.serial);
      kept.destroy();
    });

    it('that does not come holds up neither its end nor what it says', async () => {
      server = new WebhookServer({
        port: 0,
        certificate: {
          place: 'nowhere',
          read: () => new Promise(() => {}),
          onRenewal: () => () => {},
        },
        clusters: { get: () => undefined },
        logger: quietLogger,
      });
      void server.start();
      expect(server.health()).toEqual({
        isListening: false,
        problem:
          'The webhook waits for its certificate in nowhere. Pods are not held meanwhile.',
      });
      await server.stop();
    });

    it('that is missing is waited for, and said', async () => {
      server = serve();
      await server.start();
      expect(server.health()).toMatchObject({
        isListening: false,
        problem: expect.stringMatching(
          /^The webhook finds no certificate in .*tls\.crt and .*tls\.key: ENOENT.*Pods are not held meanwhile\.$/,
        ),
      });
      await renew();
      await until(() => server.health().isListening);
      await until(() => server.health().problem === undefined);
    });

    it('that is broken leaves the former one in place', async () => {
      await renew();
      server = serve();
      await server.start();
      await writeFile(files().certFile, 'nonsense');
      await until(() =>
        server.health().problem?.endsWith('The former one is still served.'),
      );
      expect((await ask(new Agent())).status).toBe(400);
    });

    it('that has expired is said', async () => {
      const notAfter = new Date(Date.now() - 60_000);
      await renew({ notAfter });
      server = serve();
      await server.start();
      expect(server.health().problem).toMatch(
        /^The certificate of the webhook in .* has expired on .*; Pods are not held until it is renewed\.$/,
      );
    });
  });

  it('waits for a port that is taken', async () => {
    await renew();
    const other = serve();
    await other.start();
    server = serve(undefined, other.port);
    await server.start();
    expect(server.health().problem).toMatch(
      /^The webhook cannot listen on port \d+: .*EADDRINUSE.*It is tried again/,
    );
    await other.stop();
    await until(() => server.health().isListening);
  });

  it.each([
    ['another path', { path: '/' }, 404],
    ['another method', { method: 'GET' }, 404],
    ['a body that is no review', { body: '{"kind":"Pod"}' }, 400],
    ['a body that is no JSON', { body: '{' }, 400],
    ['a path that is no text', { path: '/mutate-v1-pod/%ff' }, 400],
    ['a body that is too long', { body: 'x'.repeat(9_000_000) }, 413],
  ])('answers %s', async (_, request, status) => {
    await renew();
    server = serve();
    await server.start();
    expect((await ask(new Agent(), request)).status).toBe(status);
  });
});
