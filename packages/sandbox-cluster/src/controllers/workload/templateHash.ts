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

import { createHash } from 'node:crypto';

/** Letters and digits that make no words: Kubernetes' alphabet for generated names. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * A short hash of a JSON value, in the form of Kubernetes' pod-template-hash. The same value has the same hash,
 * whatever the order of its keys; it is not the hash that Kubernetes would compute.
 */
export function templateHash(value: unknown): string {
  const digest = createHash('sha256').update(canonical(value)).digest();
  return [...String(digest.readUInt32BE())]
    .map(digit => ALPHABET[digit.charCodeAt(0) % ALPHABET.length])
    .join('');
}

/** JSON with its keys in order and without what is undefined. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item) =>
    item && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(
          Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : item,
  );
}
