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
import { isClusterError } from '../../cluster/ClusterError';
import type { CertificateSource } from './Certificate';

/** The part of a watch on Secrets that is needed here. */
export interface SecretWatch {
  cache: {
    get(key: {
      namespace: string;
      name: string;
    }): { data?: Record<string, string> } | undefined;
  };
  synced(): Promise<void>;
  /** The error is set while the cluster does not give it. */
  health(): { error?: Error };
  onChange(listener: () => void): () => void;
}

/** A certificate in a Secret of a cluster, under `tls.crt` and `tls.key`, such as cert-manager makes. */
export function secretCertificate(
  watch: SecretWatch,
  secret: { cluster: string; namespace: string; name: string },
): CertificateSource {
  const { cluster, namespace, name } = secret;
  return {
    place: `Secret ${namespace}/${name} of cluster ${cluster}`,
    async read() {
      await watch.synced();
      const data = watch.cache.get({ namespace, name })?.data;
      if (!data) {
        throw new Error('it does not exist');
      }
      const [cert, key] = ['tls.crt', 'tls.key'].map(entry => {
        if (!data[entry]) {
          throw new Error(`it has no ${entry}`);
        }
        return Buffer.from(data[entry], 'base64').toString();
      });
      return { cert, key };
    },
    obstacle() {
      const { error } = watch.health();
      if (!isClusterError(error, 'forbidden')) {
        return error?.message;
      }
      return `${error.message}; grant the right as deploy/gates/webhook-certificate.yaml does`;
    },
    onRenewal: listener => watch.onChange(() => listener()),
  };
}
