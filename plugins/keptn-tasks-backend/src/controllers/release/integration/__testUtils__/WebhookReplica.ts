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
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import type { Certificates } from 'sandbox-cluster';
import { makeCertificates } from 'sandbox-cluster';
import type { ClusterConfig } from '../../../../cluster/ClusterConfig';
import type { ClusterRuntime } from '../../../ClusterRuntime';
import {
  CLUSTER,
  quietLogger,
  until,
} from '../../../../__testUtils__/clusterHarness';
import type { ReleaseHarness } from '../../../../__testUtils__/releaseHarness';
import { createWebhook } from '../../../../webhook/createWebhook';
import type { WebhookCertificateConfig } from '../../../../webhook/readWebhookConfig';
import type { WebhookServer } from '../../../../webhook/WebhookServer';

/** A replica of the backend that serves the webhook, put together as the plugin does it. */
export class WebhookReplica {
  private constructor(
    private readonly harness: ReleaseHarness,
    readonly runtime: ClusterRuntime,
    readonly webhook: WebhookServer,
  ) {}

  /** Starts both parts; whether they get on is for the test to see. */
  static start(
    harness: ReleaseHarness,
    certificate: WebhookCertificateConfig,
    options: { port?: number; config?: Partial<ClusterConfig> } = {},
  ): WebhookReplica {
    const served: { webhook?: WebhookServer } = {};
    const runtime = harness.cluster.startRuntime(
      { gates: 'webhook', ...options.config },
      {
        releases: harness.cluster.releaseOptions(),
        webhook: () => served.webhook!.health(),
      },
    );
    const webhook = createWebhook(
      { port: options.port ?? 0, host: '127.0.0.1', certificate },
      {
        clusters: { get: name => (name === CLUSTER ? runtime : undefined) },
        logger: quietLogger,
      },
    );
    served.webhook = webhook;
    void webhook.start();
    return new WebhookReplica(harness, runtime, webhook);
  }

  /** What people are told of the gates. */
  gates() {
    return this.runtime.health().gates;
  }

  /** Waits until it answers for the cluster. */
  async answering(): Promise<void> {
    await until(
      () => this.webhook.port && this.runtime.webhook()?.ready(),
      60_000,
      () => JSON.stringify(this.runtime.health()),
    );
  }

  /** Waits until it looks after releases too. */
  async leading(): Promise<void> {
    await until(() => this.runtime.releasesReady(), 60_000);
    await this.answering();
  }

  /** The certificate that somebody is shown who connects now. */
  async servedCertificate(): Promise<X509Certificate> {
    return new Promise((resolve, reject) => {
      const socket = connect(
        {
          host: '127.0.0.1',
          port: this.webhook.port,
          rejectUnauthorized: false,
        },
        () => {
          resolve(new X509Certificate(socket.getPeerCertificate().raw));
          socket.end();
        },
      );
      socket.on('error', reject);
    });
  }

  async stop(): Promise<void> {
    await Promise.all([
      this.webhook.stop(),
      this.harness.cluster.stopRuntime(this.runtime),
    ]);
  }
}

/** Makes a certificate with an authority of its own and puts it into two files. */
export async function writeCertificate(files: {
  certFile: string;
  keyFile: string;
}): Promise<Certificates> {
  const certificates = await makeCertificates('127.0.0.1');
  await writeFile(files.keyFile, certificates.key);
  await writeFile(files.certFile, certificates.cert);
  return certificates;
}

export function certificateFiles(directory: string) {
  return {
    certFile: join(directory, 'tls.crt'),
    keyFile: join(directory, 'tls.key'),
  };
}
