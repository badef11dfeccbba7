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

import type { LoggerService } from '@backstage/backend-plugin-api';
import { fileCertificate } from './certificate/fileCertificate';
import type { SecretWatch } from './certificate/secretCertificate';
import { secretCertificate } from './certificate/secretCertificate';
import type { WebhookConfig } from './readWebhookConfig';
import type { WebhookCluster } from './WebhookClusters';
import { WebhookServer } from './WebhookServer';

/** What the webhook needs of the work on a cluster. */
interface ServedCluster {
  webhook(): WebhookCluster | undefined;
  watchSecret(key: { namespace: string; name: string }): SecretWatch;
}

/** The webhook as the configuration describes it. */
export function createWebhook(
  config: WebhookConfig,
  options: {
    clusters: { get(name: string): ServedCluster | undefined };
    logger: LoggerService;
  },
): WebhookServer {
  const { clusters, logger } = options;
  const { port, host, certificate } = config;
  return new WebhookServer({
    port,
    host,
    logger,
    clusters: { get: name => clusters.get(name)?.webhook() },
    certificate:
      certificate.from === 'files'
        ? fileCertificate(certificate)
        : secretCertificate(
            clusters.get(certificate.cluster)!.watchSecret(certificate),
            certificate,
          ),
  });
}
