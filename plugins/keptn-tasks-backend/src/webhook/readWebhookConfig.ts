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
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** How the webhook is served. */
export interface WebhookConfig {
  port: number;
  /** Address to listen on; all of the machine's when absent. */
  host?: string;
  certificate: WebhookCertificateConfig;
}

/** Where its certificate comes from: two files, or a Secret of one of the clusters. */
export type WebhookCertificateConfig =
  | { from: 'files'; certFile: string; keyFile: string }
  | { from: 'secret'; cluster: string; namespace: string; name: string };

const at = 'keptnTasks.webhook';

/**
 * Reads `keptnTasks.webhook`; `undefined` without it. The first thing that is wrong is told in one sentence that names
 * its path.
 * @param clusters - names of the configured clusters
 * @throws InputError
 */
export function readWebhookConfig(
  section: Config | undefined,
  clusters: string[],
): WebhookConfig | undefined {
  const webhook = section?.getOptionalConfig('webhook');
  if (!webhook) {
    return undefined;
  }
  const port = webhook.getOptionalNumber('port');
  if (port === undefined) {
    throw new InputError(
      `${at}.port is missing; say on which port the clusters reach the webhook, such as 9443`,
    );
  }
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new InputError(
      `${at}.port is ${port}; it must be a whole number from 1 to 65535`,
    );
  }
  return {
    port,
    host: webhook.getOptionalString('host'),
    certificate: readCertificate(webhook, clusters),
  };
}

function readCertificate(
  webhook: Config,
  clusters: string[],
): WebhookCertificateConfig {
  const hasFiles = webhook.has('certFile') || webhook.has('keyFile');
  const hasSecret = webhook.has('secret') || webhook.has('cluster');
  if (hasFiles === hasSecret) {
    throw new InputError(
      `${at} must say where its certificate is, in one of two ways: certFile and keyFile, or cluster and secret`,
    );
  }
  if (hasFiles) {
    return {
      from: 'files',
      certFile: path.resolve(needed(webhook, 'certFile')),
      keyFile: path.resolve(needed(webhook, 'keyFile')),
    };
  }
  const cluster = needed(webhook, 'cluster');
  if (!clusters.includes(cluster)) {
    throw new InputError(
      `${at}.cluster is '${cluster}', which is none of keptnTasks.clusters`,
    );
  }
  return {
    from: 'secret',
    cluster,
    namespace: needed(webhook, 'secret.namespace'),
    name: needed(webhook, 'secret.name'),
  };
}

function needed(webhook: Config, key: string): string {
  const value = webhook.getOptionalString(key);
  if (!value) {
    throw new InputError(`${at}.${key} is missing`);
  }
  return value;
}
