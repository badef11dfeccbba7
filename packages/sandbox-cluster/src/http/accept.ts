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

import { StatusError } from '../errors/StatusError';

/** How a client wants objects shown. */
export type Presentation = 'object' | 'table' | 'partial' | 'partial-list';

const ACCEPTED = [
  'application/json',
  'application/yaml',
  '*/*',
  'application/*',
];

/** Whether a client wants YAML rather than JSON. */
export function wantsYaml(accept: string | undefined): boolean {
  const first = (accept ?? '')
    .split(',')
    .map(entry => entry.split(';')[0].trim())
    .find(type => ACCEPTED.includes(type));
  return first === 'application/yaml';
}

/** The first media type of an Accept header that the server can answer with. */
export function presentation(accept: string | undefined): Presentation {
  const entries = (accept ?? '*/*').split(',').map(entry => entry.trim());
  for (const entry of entries) {
    const [type, ...parameters] = entry.split(';').map(part => part.trim());
    if (!ACCEPTED.includes(type)) continue;
    const as = parameters.find(p => p.startsWith('as='))?.slice(3);
    if (as === undefined) return 'object';
    const isV1 =
      parameters.includes('v=v1') && parameters.includes('g=meta.k8s.io');
    if (!isV1) continue;
    if (as === 'Table') return 'table';
    if (as === 'PartialObjectMetadata') return 'partial';
    if (as === 'PartialObjectMetadataList') return 'partial-list';
  }
  throw new StatusError(
    406,
    'NotAcceptable',
    'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  );
}
