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

import { subscribe } from 'node:diagnostics_channel';
import type { RequestCounts } from './messages';

const READS = ['GET', 'HEAD'];

/**
 * Counts the requests of this process where they leave it, in its HTTP client: nothing that it sends escapes, repeated
 * tries included. A Lease is renewed whatever there is to do, and access reviews store nothing; both are left out.
 * Returns what tells the counts so far. Requests are noted now and sorted then, so that counting costs them little.
 */
export function countRequests(): () => {
  writes: RequestCounts;
  reads: RequestCounts;
} {
  const sent: { method: string; path: string }[] = [];
  subscribe('undici:request:create', message => {
    const { method, path } = (
      message as { request: { method: string; path: string } }
    ).request;
    sent.push({ method, path });
  });
  return () => {
    const counts = { writes: {}, reads: {} };
    for (const { method, path } of sent) {
      const resource = resourceOf(path);
      if (resource === 'leases' || resource.endsWith('accessreviews')) continue;
      const group: RequestCounts = READS.includes(method)
        ? counts.reads
        : counts.writes;
      const key = `${method} ${resource}`;
      group[key] = (group[key] ?? 0) + 1;
    }
    return counts;
  };
}

/** `/apis/batch/v1/namespaces/shop/jobs/a?x=y` → `jobs`; a subresource is named with it. */
function resourceOf(path: string): string {
  const parts = path.split('?')[0].split('/').filter(Boolean);
  const versionAt = parts.findIndex(part => /^v\d/.test(part));
  if (versionAt < 0) return path;
  const rest = parts.slice(versionAt + 1);
  const inNamespace =
    rest[0] === 'namespaces' && rest.length > 2 ? rest.slice(2) : rest;
  const [resource = '', , subresource] = inNamespace;
  return subresource ? `${resource}/${subresource}` : resource;
}
