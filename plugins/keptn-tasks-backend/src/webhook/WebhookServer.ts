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
import type { Server } from 'node:https';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Certificate, CertificateSource } from './certificate/Certificate';
import { expiryOf } from './certificate/Certificate';
import { handleReview } from './handleReview';
import type { WebhookClusters } from './WebhookClusters';

export interface WebhookServerOptions {
  port: number;
  host?: string;
  certificate: CertificateSource;
  clusters: WebhookClusters;
  logger: LoggerService;
  /** When a port that is taken is tried again. */
  retryMs?: number;
}

/** How the webhook is doing. */
export interface WebhookHealth {
  isListening: boolean;
  /** When the certificate that is served ends. */
  certificateExpiresAt?: Date;
  /** A sentence about what is wrong. */
  problem?: string;
}

/** An API server waits for 30 seconds at most. */
const REQUEST_WITHIN_MS = 30_000;
const RETRY_MS = 5_000;

/**
 * Serves the webhook that holds Pods, over HTTPS on a port of its own. It begins when there is a certificate, and takes a
 * renewed one without ending a connection. What is wrong is told by `health` and never stops anything else.
 */
export class WebhookServer {
  private server?: Server;
  private served?: Certificate;
  private endRenewals?: () => void;
  private retry?: NodeJS.Timeout;
  /** Nothing is known of the certificate yet. */
  private isWaiting = false;
  private problem?: string;
  private loading: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(private readonly options: WebhookServerOptions) {}

  /** Resolves when the first look at the certificate is done, whether there was one or not. */
  start(): Promise<void> {
    this.isWaiting = true;
    this.endRenewals ??= this.options.certificate.onRenewal(() => this.load());
    return this.load();
  }

  health(): WebhookHealth {
    const expiresAt = this.served && expiryOf(this.served);
    return {
      isListening: this.server !== undefined,
      certificateExpiresAt: expiresAt,
      problem: this.isWaiting
        ? this.describeWait()
        : this.problem ?? this.describeExpiry(expiresAt),
    };
  }

  /** The port that it listens on. */
  get port(): number | undefined {
    return (this.server?.address() as AddressInfo | null | undefined)?.port;
  }

  /** Ends it, once the requests that are being answered are. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.endRenewals?.();
    clearTimeout(this.retry);
    const { server } = this;
    this.server = undefined;
    if (server) {
      await close(server);
    }
  }

  /** One after the other: what was read last is what is served. */
  private load(): Promise<void> {
    this.loading = this.loading.then(async () => {
      if (this.isStopped) {
        return;
      }
      try {
        const certificate = await this.readCertificate();
        if (!this.isStopped) {
          await this.serve(certificate);
        }
        this.problem = undefined;
      } catch (error) {
        this.report(toError(error).message);
      }
      this.isWaiting = false;
    });
    return this.loading;
  }

  private async readCertificate(): Promise<Certificate> {
    const { certificate } = this.options;
    try {
      const read = await certificate.read();
      expiryOf(read);
      return read;
    } catch (error) {
      throw new Error(
        `The webhook finds no certificate in ${certificate.place}: ${
          toError(error).message
        }. ${
          this.server
            ? 'The former one is still served.'
            : 'Pods are not held meanwhile.'
        }`,
      );
    }
  }

  private async serve(certificate: Certificate): Promise<void> {
    const { logger } = this.options;
    if (!this.server) {
      const server = await this.listen(certificate);
      if (this.isStopped) {
        await close(server);
        return;
      }
      this.server = server;
      logger.info(`The webhook that holds Pods listens on port ${this.port}`);
    } else if (certificate.cert !== this.served?.cert) {
      // New connections get the new one, those that are open stay.
      this.server.setSecureContext(certificate);
      logger.info('The webhook serves a renewed certificate');
    }
    this.served = certificate;
  }

  private async listen(certificate: Certificate): Promise<Server> {
    const { host, port, clusters, retryMs = RETRY_MS } = this.options;
    const server = createServer(certificate, (request, response) => {
      void handleReview(clusters, request, response);
    });
    server.requestTimeout = REQUEST_WITHIN_MS;
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve();
        });
      });
      return server;
    } catch (error) {
      if (!this.isStopped) {
        this.retry = setTimeout(() => this.load(), retryMs);
      }
      throw new Error(
        `The webhook cannot listen on port ${port}: ${
          toError(error).message
        }. It is tried again; Pods are not held meanwhile.`,
      );
    }
  }

  private describeWait(): string {
    const { certificate } = this.options;
    const obstacle = certificate.obstacle?.();
    return `The webhook waits for its certificate in ${certificate.place}${
      obstacle ? `: ${obstacle}` : ''
    }. Pods are not held meanwhile.`;
  }

  private describeExpiry(expiresAt: Date | undefined): string | undefined {
    return expiresAt && expiresAt.getTime() < Date.now()
      ? `The certificate of the webhook in ${
          this.options.certificate.place
        } has expired on ${expiresAt.toISOString()}; Pods are not held until it is renewed.`
      : undefined;
  }

  private report(problem: string): void {
    if (this.problem !== problem) {
      this.options.logger.warn(problem);
    }
    this.problem = problem;
  }
}

function close(server: Server): Promise<void> {
  return new Promise(done => {
    server.close(() => done());
    server.closeIdleConnections();
  });
}
