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

import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeCertificates } from 'sandbox-cluster';
import { parse } from 'yaml';
import { CLUSTER, until } from '../../../__testUtils__/clusterHarness';
import { ReleaseHarness } from '../../../__testUtils__/releaseHarness';
import {
  GATE_REMOVED_ANNOTATION,
  SCHEDULING_GATE,
} from '../../../domain/release/annotations';
import type { WebhookCertificateConfig } from '../../../webhook/readWebhookConfig';
import {
  certificateFiles,
  WebhookReplica,
  writeCertificate,
} from './__testUtils__/WebhookReplica';

jest.setTimeout(240_000);

const MANIFEST = resolve(
  __dirname,
  '../../../../../../deploy/gates/webhook.yaml',
);
const ACCOUNT = 'system:serviceaccount:keptn-system:keptn-tasks';
/** Where deploy/gates/webhook-certificate.yaml expects it. */
const SECRET = { namespace: 'backstage', name: 'backstage-keptn-gate' };

describe('with the webhook in the cluster', () => {
  let directory: string;
  let harness: ReleaseHarness;
  let leader: WebhookReplica;
  let files: Extract<WebhookCertificateConfig, { from: 'files' }>;
  let ca: string;

  /** Fills in deploy/gates/webhook.yaml for a replica, and puts it into the cluster in place of what is there. */
  function register(
    { webhook }: WebhookReplica,
    conditions: (name: string) => boolean = () => true,
  ) {
    const manifest = parse(readFileSync(MANIFEST, 'utf8'));
    const [hook] = manifest.webhooks;
    hook.clientConfig = {
      url: `https://127.0.0.1:${webhook.port}/mutate-v1-pod/${CLUSTER}`,
      caBundle: Buffer.from(ca).toString('base64'),
    };
    hook.matchConditions = hook.matchConditions.filter(
      ({ name }: { name: string }) => conditions(name),
    );
    const resource = harness.cluster.resource(
      manifest.apiVersion,
      manifest.kind,
    );
    const known = resource.get(undefined, manifest.metadata.name);
    if (known) {
      resource.update({ ...known, webhooks: manifest.webhooks });
    } else {
      harness.cluster.create(manifest);
    }
  }

  /** Whether a Pod had a gate that was opened. */
  const wasGated = (pod: ReturnType<ReleaseHarness['pods']>[number]) =>
    Boolean(pod.metadata.annotations?.[GATE_REMOVED_ANNOTATION]);

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'webhook-'));
    files = { from: 'files', ...certificateFiles(directory) };
    harness = await ReleaseHarness.start({
      tokens: { account: { name: ACCOUNT } },
    });
    harness.cluster.applyFile('deploy/rbac/reconcile.yaml');
    leader = WebhookReplica.start(harness, files, {
      config: { token: 'account' },
    });
  });
  afterAll(async () => {
    await leader?.webhook.stop();
    await harness?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('health says what is missing, and how long the certificate lasts', async () => {
    await until(() => leader.gates()?.message?.includes('no certificate'));
    expect(leader.gates()).toMatchObject({ mode: 'webhook', ready: false });
    expect(leader.gates()?.message).toContain('Pods are not held meanwhile');

    const certificates = await writeCertificate(files);
    ca = certificates.ca;
    const certificateExpiresAt = new Date(
      new X509Certificate(certificates.cert).validTo,
    ).toISOString();
    await until(() => leader.gates()?.certificateExpiresAt, 60_000);
    await until(() => leader.gates()?.message?.includes('keptn-gate'));
    expect(leader.gates()).toEqual({
      mode: 'webhook',
      ready: false,
      message:
        'Pods are not held: the webhook configuration keptn-gate is not in the cluster; fill in deploy/gates/webhook.yaml and apply it',
      certificateExpiresAt,
    });

    register(leader);
    await until(() => leader.gates()?.ready);
    expect(leader.gates()).toEqual({
      mode: 'webhook',
      ready: true,
      certificateExpiresAt,
    });
    await leader.leading();
  });

  it('Pods whose template has no gate wait until their checks have passed', async () => {
    harness.definition(
      'told',
      `until [ -e ${directory}/go ]; do sleep 0.1; done`,
    );
    harness.deploy('cart', { pre: 'told', gated: false, replicas: 2 });
    await harness.gated('cart', 2);
    await until(() =>
      harness
        .tasksOf('told')
        .some(({ status }) => status?.status === 'Progressing'),
    );
    expect(harness.pods('cart').map(pod => harness.isGated(pod))).toEqual([
      true,
      true,
    ]);

    await writeFile(join(directory, 'go'), '');
    const { status } = await harness.workloadEnded('cart-cart-1.0.0');
    expect(status?.status).toBe('Succeeded');
    await harness.running('cart', 2);
    expect(harness.pods('cart').map(wasGated)).toEqual([true, true]);
  });

  it('further Pods of a cleared revision never get a gate', async () => {
    const first = harness.pods('cart').map(({ metadata }) => metadata.uid);
    harness.scale('cart', 4);
    await harness.running('cart', 4);
    const added = harness
      .pods('cart')
      .filter(({ metadata }) => !first.includes(metadata.uid));
    expect(added.map(wasGated)).toEqual([false, false]);
  });

  it('Pods keep their gate when a check fails', async () => {
    harness.deploy('broken', { pre: 'fails', gated: false });
    const { status } = await harness.workloadEnded('broken-broken-1.0.0');
    expect(status?.status).toBe('Failed');
    await harness.gated('broken', 1);
  });

  /** A Deployment whose Pod template has no annotations. */
  const deployAnnotatedOutside = (name: string) =>
    harness.apply({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name,
        namespace: 'shop',
        annotations: {
          'keptn.sh/workload': name,
          'keptn.sh/version': '1.0.0',
          'keptn.sh/pre-deployment-tasks': 'fails',
        },
      },
      spec: {
        replicas: 2,
        selector: { matchLabels: { 'test/name': name } },
        template: {
          metadata: { labels: { 'test/name': name } },
          spec: {
            terminationGracePeriodSeconds: 0,
            containers: [{ name: 'server', image: 'ghcr.io/example/o:1' }],
          },
        },
      },
    });

  it('annotations that stand on the workload are enough', async () => {
    register(leader, name => name !== 'annotated');
    deployAnnotatedOutside('outside');
    const { status } = await harness.workloadEnded('outside-outside-1.0.0');
    expect(status?.status).toBe('Failed');
    await harness.gated('outside', 2);
  });

  it('annotations that stand on the workload are enough too when its ReplicaSet is seen late', async () => {
    const { faults } = harness.cluster.sandbox;
    const slow = { verb: 'watch', resource: 'replicasets' };
    faults.delay({ ...slow, milliseconds: 400 });
    faults.dropWatches({ resource: 'replicasets', userAgent: 'keptn-tasks' });
    await until(() => faults.openWatches('replicasets') === 0);
    deployAnnotatedOutside('unseen');
    await until(() => harness.pods('unseen').length === 2);
    expect(harness.pods('unseen').map(pod => harness.isGated(pod))).toEqual([
      true,
      true,
    ]);
    faults.delay({ ...slow, milliseconds: 0 });
    register(leader);
  });

  it('a replica that does not lead answers too', async () => {
    const other = WebhookReplica.start(harness, files, {
      config: { token: 'account' },
    });
    await other.answering();
    register(other);
    const asked = jest.spyOn(other.runtime.webhook()!, 'isCleared');
    harness.deploy('second', { pre: 'passes', gated: false });
    await harness.workloadEnded('second-second-1.0.0');
    await harness.running('second', 1);
    expect(harness.pods('second').map(wasGated)).toEqual([true]);
    harness.scale('second', 2);
    await harness.running('second', 2);
    expect(harness.pods('second').map(wasGated).sort()).toEqual([false, true]);

    expect(asked).toHaveBeenCalled();
    expect(other.runtime.health()).toMatchObject({
      reconciling: false,
      gates: { ready: true },
    });
    expect(leader.runtime.health().reconciling).toBe(true);
    register(leader);
    await other.stop();
  });

  it('a certificate that is renewed in its files is served without a restart', async () => {
    const { port } = leader.webhook;
    const former = await leader.servedCertificate();
    ({ ca } = await writeCertificate(files));
    await until(
      async () =>
        (await leader.servedCertificate()).serialNumber !== former.serialNumber,
      60_000,
    );
    expect(leader.webhook.port).toBe(port);
    register(leader);
    harness.deploy('renewed', { pre: 'fails', gated: false });
    await harness.gated('renewed', 1);
  });

  it('new Pods run when the portal is away, and go on running when it is back (D-44)', async () => {
    const port = leader.webhook.port!;
    await leader.stop();
    harness.deploy('alone', { pre: 'fails', gated: false });
    await harness.running('alone', 1);
    const [pod] = harness.pods('alone');
    expect(pod.spec.schedulingGates ?? []).toEqual([]);

    leader = WebhookReplica.start(harness, files, {
      port,
      config: { token: 'account' },
    });
    await leader.leading();
    const { status } = await harness.workloadEnded('alone-alone-1.0.0');
    expect(status?.status).toBe('Failed');
    expect(harness.pods('alone').map(({ metadata }) => metadata.uid)).toEqual([
      pod.metadata.uid,
    ]);
    await harness.running('alone', 1);
    harness.deploy('guarded', { pre: 'fails', gated: false });
    await harness.gated('guarded', 1);
  });

  it('the certificate may come from a Secret, is waited for, and is renewed in it', async () => {
    await leader.stop();
    leader = WebhookReplica.start(
      harness,
      { from: 'secret', cluster: CLUSTER, ...SECRET },
      { config: { token: 'account' } },
    );
    const message = () => leader.gates()?.message ?? '';
    await until(() => message().includes('forbidden'), 30_000, message);

    harness.cluster.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: SECRET.namespace },
    });
    harness.cluster.applyFile('deploy/gates/webhook-certificate.yaml');
    await until(() => message().includes('it does not exist'), 60_000, message);

    const secrets = harness.cluster.resource('v1', 'Secret');
    const renew = async () => {
      const made = await makeCertificates('127.0.0.1');
      ca = made.ca;
      const known = secrets.get(SECRET.namespace, SECRET.name);
      const data = {
        'tls.crt': Buffer.from(made.cert).toString('base64'),
        'tls.key': Buffer.from(made.key).toString('base64'),
      };
      if (known) {
        secrets.update({ ...known, data });
      } else {
        harness.cluster.create({
          apiVersion: 'v1',
          kind: 'Secret',
          type: 'kubernetes.io/tls',
          metadata: SECRET,
          data,
        });
      }
      const { serialNumber } = new X509Certificate(made.cert);
      await until(
        async () =>
          leader.webhook.port &&
          (await leader.servedCertificate()).serialNumber === serialNumber,
        60_000,
        message,
      );
    };
    await renew();
    const { port } = leader.webhook;
    await renew();
    expect(leader.webhook.port).toBe(port);

    await leader.leading();
    register(leader);
    await until(() => leader.gates()?.ready);
    harness.deploy('sealed', { pre: 'passes', gated: false });
    await harness.workloadEnded('sealed-sealed-1.0.0');
    await harness.running('sealed', 1);
    expect(harness.pods('sealed').map(wasGated)).toEqual([true]);
  });

  it('a gate of another system stays beside ours (D-43)', async () => {
    const other = 'example.com/quota';
    harness.deploy('both', {
      pre: 'passes',
      gated: false,
      podSpec: { schedulingGates: [{ name: other }] },
    });
    const namesOf = () =>
      harness
        .pods('both')
        .map(({ spec }) =>
          (spec.schedulingGates ?? []).map(
            ({ name }: { name: string }) => name,
          ),
        );
    await until(() => namesOf()[0]?.includes(SCHEDULING_GATE));
    expect(namesOf()).toEqual([[other, SCHEDULING_GATE]]);
    await until(() => namesOf()[0]?.length === 1, 60_000);
    expect(namesOf()).toEqual([[other]]);
  });
});
