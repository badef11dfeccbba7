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
import { ResourceType } from '../resources/ResourceType';
import { plainServerError } from '../errors/StatusError';
import { apiVersionOf } from '../resources/ResourceType';
import { WatchEvent, watchObjects } from '../service/watch';
import { IncludeObject, tableOf } from '../table/table';
import { presentation } from './accept';
import { readInteger, readListQuery } from './options';
import { partialObject } from './present';
import { isTrue } from './requestInfo';
import { ResourceRequest } from './RequestContext';
import { serializeObject } from './serialize';

const DEFAULT_TIMEOUT_SECONDS = 1800;
const BOOKMARK_INTERVAL_MS = 60_000;
const LAST_BOOKMARK_MS = 1500;

/** An open watch, as faults see it. */
export interface OpenWatch {
  type: ResourceType;
  namespace?: string;
  userAgent: string;
  /** Cuts the connection, as a network failure would. */
  drop(): void;
}

/** Answers a watch: events as lines of JSON until the client leaves or the time is up. */
export function streamWatch(
  request: ResourceRequest,
  onOpen: (watch: OpenWatch) => () => void,
) {
  const { type, path, info, api, response, userAgent } = request;
  const query = readListQuery(type, path.namespace, info.query, true);
  const { resourceVersion } = query;
  if (resourceVersion && !/^\d+$/.test(resourceVersion)) {
    throw plainServerError(
      `resourceVersion: Invalid value: ${JSON.stringify(
        resourceVersion,
      )}: strconv.ParseUint: parsing ${JSON.stringify(
        resourceVersion,
      )}: invalid syntax`,
    );
  }
  const write = eventWriter(request);
  const sendsInitial = isTrue(info.query.get('sendInitialEvents'));
  const wantsBookmarks = isTrue(info.query.get('allowWatchBookmarks'));
  const timeout =
    (readInteger(info.query, 'timeoutSeconds') || DEFAULT_TIMEOUT_SECONDS) *
    1000;

  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();

  const bookmark = (annotations?: Record<string, string>) =>
    response.write(
      `${bookmarkLine(type, api.store.revisions.current, annotations)}\n`,
    );
  const timers: NodeJS.Timeout[] = [];
  const cleanups: Array<() => void> = [];
  let closed = false;
  const close = () => {
    if (closed) return;
    closed = true;
    timers.forEach(timer => clearTimeout(timer));
    cleanups.forEach(cleanup => cleanup());
  };
  response.on('close', close);
  try {
    cleanups.push(
      watchObjects(
        api,
        type,
        {
          ...query,
          resourceVersion: sendsInitial ? 0 : Number(resourceVersion ?? 0),
        },
        write,
      ),
    );
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    response.end(
      `${JSON.stringify({ type: 'ERROR', object: error.toStatus() })}\n`,
    );
    return;
  }
  if (sendsInitial) bookmark({ 'k8s.io/initial-events-end': 'true' });
  if (wantsBookmarks) {
    const every = setInterval(bookmark, BOOKMARK_INTERVAL_MS);
    timers.push(every);
    if (timeout > LAST_BOOKMARK_MS) {
      timers.push(setTimeout(bookmark, timeout - LAST_BOOKMARK_MS));
    }
  }
  timers.push(setTimeout(() => response.end(), timeout));
  cleanups.push(
    // Served in another way, or no more: clients start again.
    api.registry.onChange(() => {
      if (api.registry.find(type.group, type.version, type.plural) !== type) {
        setImmediate(() => response.end());
      }
    }),

    onOpen({
      type,
      namespace: path.namespace,
      userAgent,
      drop: () => response.destroy(),
    }),
  );
}

function bookmarkLine(
  type: ResourceType,
  revision: number,
  annotations?: Record<string, string>,
): string {
  return JSON.stringify({
    type: 'BOOKMARK',
    object: {
      kind: type.kind,
      apiVersion: apiVersionOf(type),
      metadata: {
        resourceVersion: String(revision),
        ...(typeof annotations === 'object' && { annotations }),
      },
    },
  });
}

function eventWriter(request: ResourceRequest): (event: WatchEvent) => void {
  const { response, type, info } = request;
  const as = presentation(request.request.headers.accept);
  const include =
    (info.query.get('includeObject') as IncludeObject | null) ?? undefined;
  let isFirst = true;
  const present = ({ object }: WatchEvent): string => {
    if (as === 'partial' || as === 'partial-list') {
      return JSON.stringify(partialObject(object));
    }
    if (as === 'object') return serializeObject(object);
    const { resourceVersion } = object.metadata;
    return JSON.stringify(
      tableOf(type, { resourceVersion }, [object], include, isFirst),
    );
  };
  return event => {
    if (response.destroyed || response.writableEnded) return;
    response.write(`{"type":"${event.type}","object":${present(event)}}\n`);
    isFirst = false;
  };
}
