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

import { KubeObject } from '../ClusterApi';
import { badRequest, StatusError } from '../errors/StatusError';
import { ResourceType } from '../resources/ResourceType';
import { FieldSelector } from '../selectors/fieldSelector';
import { LabelSelector } from '../selectors/labelSelector';
import { Collection } from '../store/Collection';
import { ApiContext } from './ApiContext';
import { viewOf } from './views';

/** What a list asks for. */
export interface ListQuery {
  namespace?: string;
  labels?: LabelSelector;
  fields?: FieldSelector;
  limit?: number;
  continueToken?: string;
  resourceVersion?: string;
  resourceVersionMatch?: string;
}

export interface ListResult {
  resourceVersion: string;
  items: KubeObject[];
  continueToken?: string;
  remainingItemCount?: number;
}

/** Whether an object is what the selectors of a list or a watch ask for. */
export function isSelected(
  query: Pick<ListQuery, 'labels' | 'fields'>,
  object: KubeObject,
): boolean {
  return (
    (!query.labels || query.labels.matches(object.metadata.labels)) &&
    (!query.fields || query.fields.matches(object))
  );
}

/** Lists a collection: now, or page by page as it was when the first page was read. */
export function listObjects(
  context: ApiContext,
  type: ResourceType,
  query: ListQuery,
): ListResult {
  const collection = context.store.collection(type.storage);
  const current = context.store.revisions.current;
  const token = query.continueToken
    ? decodeToken(query.continueToken, query)
    : undefined;
  const revision = token
    ? token.revision
    : exactRevision(query, current) ?? current;
  const source =
    revision === current || revision < 0
      ? present(collection, type, query)
      : collection.listAt(revision, query.namespace);
  if (!source) throw expired(token);

  const limit = query.resourceVersion === '0' && !token ? 0 : query.limit ?? 0;
  const start = token ? firstAfter(source, token.start, query.namespace) : 0;
  const items: KubeObject[] = [];
  let index = start;
  for (; index < source.length && (!limit || items.length < limit); index++) {
    const view = viewOf(type, source[index]);
    if (isSelected(query, view)) items.push(view);
  }
  const result: ListResult = {
    resourceVersion: String(revision < 0 ? current : revision),
    items,
  };
  if (hasMore(source, index, type, query)) {
    const last = items[items.length - 1].metadata;
    result.continueToken = encodeToken(
      revision,
      `${
        query.namespace ? '' : `${last.namespace ? `/${last.namespace}` : ''}`
      }/${last.name}\u0000`,
    );
    const filtered =
      (query.labels && !query.labels.empty) ||
      (query.fields && !query.fields.empty);
    if (!filtered) result.remainingItemCount = source.length - index;
  }
  return result;
}

/** What is there now; a list for one name need not look at the others. */
function present(
  collection: Collection,
  type: ResourceType,
  { namespace, fields }: ListQuery,
): readonly KubeObject[] {
  const isOne = fields?.name && (namespace || !type.namespaced);
  if (!isOne || !fields.name) return collection.list(namespace);
  const object = collection.get(namespace, fields.name);
  return object ? [object] : [];
}

function hasMore(
  source: readonly KubeObject[],
  from: number,
  type: ResourceType,
  query: ListQuery,
): boolean {
  for (let i = from; i < source.length; i++) {
    if (isSelected(query, viewOf(type, source[i]))) return true;
  }
  return false;
}

function exactRevision(query: ListQuery, current: number): number | undefined {
  const { resourceVersion, resourceVersionMatch } = query;
  if (!resourceVersion || resourceVersion === '0') return undefined;
  const revision = Number(resourceVersion);
  const paged = query.limit && resourceVersionMatch === undefined;
  if (resourceVersionMatch !== 'Exact' && !paged) return undefined;
  return Math.min(revision, current);
}

interface Token {
  revision: number;
  start: string;
}

function encodeToken(revision: number, start: string): string {
  return Buffer.from(
    JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start }),
  ).toString('base64url');
}

function decodeToken(text: string, query: ListQuery): Token {
  if (query.resourceVersion && query.resourceVersion !== '0') {
    throw badRequest(
      'specifying resource version is not allowed when using continue',
    );
  }
  const raw = Buffer.from(text, 'base64url').toString();
  try {
    const { v, rv, start } = JSON.parse(raw) as Record<string, unknown>;
    if (
      v === 'meta.k8s.io/v1' &&
      typeof rv === 'number' &&
      typeof start === 'string'
    ) {
      return {
        revision: rv,
        start: start.startsWith('/') ? start : `/${start}`,
      };
    }
  } catch {
    throw badRequest(
      `invalid continue token: continue key is not valid: invalid character '${
        raw[0] ?? ''
      }' looking for beginning of value`,
    );
  }
  throw badRequest('invalid continue token: continue key is not valid');
}

function firstAfter(
  source: readonly KubeObject[],
  start: string,
  namespace: string | undefined,
): number {
  let low = 0;
  let high = source.length;
  const keyOf = ({ metadata }: KubeObject) =>
    namespace || !metadata.namespace
      ? `/${metadata.name}`
      : `/${metadata.namespace}/${metadata.name}`;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyOf(source[middle]) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function expired(token: Token | undefined): StatusError {
  if (!token) {
    return new StatusError(
      410,
      'Expired',
      'The resourceVersion for the provided list is too old.',
    );
  }
  return new StatusError(
    410,
    'Expired',
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    undefined,
    { continue: encodeToken(-1, token.start.slice(1)) },
  );
}
