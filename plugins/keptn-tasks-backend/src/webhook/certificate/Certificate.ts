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
import { createSecureContext } from 'node:tls';
import { X509Certificate } from 'node:crypto';

/** A certificate with its key, PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

/** Where the webhook's certificate comes from. */
export interface CertificateSource {
  /** Where it is looked for, for messages. */
  readonly place: string;
  /** Rejects when there is none; the message goes on behind the place and a colon. */
  read(): Promise<Certificate>;
  /** While `read` waits for a cluster that does not give it: why. The message goes on as that of `read` does. */
  obstacle?(): string | undefined;
  /** Calls back whenever it may have been renewed, until the returned function is called. */
  onRenewal(listener: () => void): () => void;
}

/**
 * When a certificate ends.
 * @throws Error when it is none, or when the key is not its own, as between two writes of a renewal
 */
export function expiryOf({ cert, key }: Certificate): Date {
  createSecureContext({ cert, key });
  return new Date(new X509Certificate(cert).validTo);
}
