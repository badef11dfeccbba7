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

import { generate } from 'selfsigned';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A certificate authority of its own and a server certificate for loopback addresses, all PEM. */
export interface Certificates {
  ca: string;
  cert: string;
  key: string;
}

/** What a server certificate is for, beside loopback addresses. */
export interface CertificateOptions {
  /** Further DNS names. */
  names?: string[];
  /** When it ends; in a year unless it is given. */
  notAfter?: Date;
}

/** Makes certificates for one life of the process. */
export async function makeCertificates(
  host: string,
  { names = [], notAfter }: CertificateOptions = {},
): Promise<Certificates> {
  const ca = await generate([{ name: 'commonName', value: 'sandbox-ca' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'sandbox' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: ca.private, cert: ca.cert },
    ...(notAfter && {
      notBeforeDate: new Date(notAfter.getTime() - DAY_MS),
      notAfterDate: notAfter,
    }),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 2, value: 'kubernetes.default.svc' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
          ...names.map(value => ({ type: 2 as const, value })),
          ...(/^[\d.]+$/.test(host) && host !== '127.0.0.1'
            ? [{ type: 7 as const, ip: host }]
            : []),
        ],
      },
    ],
  });
  return { ca: ca.cert, cert: server.cert, key: server.private };
}
