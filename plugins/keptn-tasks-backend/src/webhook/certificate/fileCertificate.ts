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
import { watchFile, unwatchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { CertificateSource } from './Certificate';

/** Mounted Secrets change by links that no event of the file system tells of reliably, so the files are looked at. */
const LOOK_EVERY_MS = 10_000;

/** A certificate in two files, such as a mounted Secret. */
export function fileCertificate(
  files: { certFile: string; keyFile: string },
  lookEveryMs = LOOK_EVERY_MS,
): CertificateSource {
  const { certFile, keyFile } = files;
  return {
    place: `${certFile} and ${keyFile}`,
    async read() {
      const [cert, key] = await Promise.all([
        readFile(certFile, 'utf8'),
        readFile(keyFile, 'utf8'),
      ]);
      return { cert, key };
    },
    onRenewal(listener) {
      const options = { interval: lookEveryMs, persistent: false };
      // An own function for each file and source: others may look at the same file.
      const told = () => listener();
      for (const file of [certFile, keyFile]) {
        watchFile(file, options, told);
      }
      return () => {
        for (const file of [certFile, keyFile]) {
          unwatchFile(file, told);
        }
      };
    },
  };
}
