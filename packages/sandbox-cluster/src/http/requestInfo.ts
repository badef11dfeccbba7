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

import { selectedName } from '../selectors/fieldSelector';

/** What a request asks for, read from its method, path and query. */
export interface RequestInfo {
  method: string;
  path: string;
  query: URLSearchParams;
  /** Undefined for everything that is not under /api/<version> or /apis/<group>/<version>. */
  resource?: ResourcePath;
  verb: string;
}

export interface ResourcePath {
  group: string;
  version: string;
  plural: string;
  namespace?: string;
  name?: string;
  subresource?: string;
  isWatchPath: boolean;
}

/** Reads a request the way the API server does, for routing, authorization and the request log. */
export function readRequest(method: string, url: string): RequestInfo {
  const parsed = new URL(url, 'https://sandbox');
  const resource = readPath(parsed.pathname);
  const query = parsed.searchParams;
  return {
    method,
    path: parsed.pathname,
    query,
    resource,
    verb: resource ? verbOf(method, resource, query) : method.toLowerCase(),
  };
}

function readPath(path: string): ResourcePath | undefined {
  const parts = path.split('/').filter(Boolean).map(decodeSegment);
  let group: string;
  let version: string;
  let rest: string[];
  if (parts[0] === 'api' && parts.length >= 3) {
    [, version, ...rest] = parts;
    group = '';
  } else if (parts[0] === 'apis' && parts.length >= 4) {
    [, group, version, ...rest] = parts;
  } else {
    return undefined;
  }
  const isWatchPath = rest[0] === 'watch' && rest.length > 1;
  if (isWatchPath) rest = rest.slice(1);
  let namespace: string | undefined;
  if (
    rest[0] === 'namespaces' &&
    rest.length > 2 &&
    !isNamespacePart(rest[2])
  ) {
    [, namespace, ...rest] = rest;
  }
  const [plural, name, subresource] = rest;
  if (rest.length > 3 && subresource !== 'proxy') return undefined;
  return { group, version, plural, namespace, name, subresource, isWatchPath };
}

function isNamespacePart(part: string): boolean {
  return part === 'status' || part === 'finalize';
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function verbOf(
  method: string,
  resource: ResourcePath,
  query: URLSearchParams,
): string {
  switch (method) {
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return resource.name ? 'delete' : 'deletecollection';
    default:
      if (resource.name) return resource.isWatchPath ? 'watch' : 'get';
      return resource.isWatchPath || isTrue(query.get('watch'))
        ? 'watch'
        : 'list';
  }
}

/** The name that rights are judged by: that of the path, or the one that a list or a watch selects. */
export function nameAskedFor({
  resource,
  verb,
  query,
}: RequestInfo): string | undefined {
  const selector =
    verb === 'list' || verb === 'watch' ? query.get('fieldSelector') : null;
  return resource?.name ?? (selector ? selectedName(selector) : undefined);
}

/** How the API server reads a boolean parameter. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== '0' && value.toLowerCase() !== 'false';
}
