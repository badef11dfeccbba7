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
import type { EffectiveDefinition } from './EffectiveDefinition';

/**
 * Hash over what a definition runs: equal hashes ran the same thing, whatever the definitions were called, wherever
 * they lay and in whichever order their fields stood. 16 hex digits.
 */
export function definitionHash(effective: EffectiveDefinition): string {
  const { name: _name, namespace: _namespace, ...content } = effective;
  const code =
    content.code?.type === 'inline'
      ? { inline: content.code.code }
      : content.code;
  const parameters = content.parameters.map(({ name, value }) => [name, value]);
  return createHash('sha256')
    .update(canonicalJson({ ...content, code, parameters }))
    .digest('hex')
    .slice(0, 16);
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, content]) => content !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([key, content]) => `${JSON.stringify(key)}:${canonicalJson(content)}`,
      );
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}
