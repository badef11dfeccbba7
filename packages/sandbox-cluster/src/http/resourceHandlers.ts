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
import {
  methodNotAllowed,
  StatusError,
  unknownResource,
} from '../errors/StatusError';
import { createSteps } from '../service/create';
import { deleteSteps } from '../service/delete';
import { listObjects } from '../service/list';
import { carryOut } from '../service/steps';
import { storedObject, Target, updateSteps } from '../service/update';
import { viewOf } from '../service/views';
import { IncludeObject } from '../table/table';
import { presentation } from './accept';
import { readDeleteOptions, readListQuery, readWriteOptions } from './options';
import { handlePatch } from './patchHandler';
import { presentList, presentObject } from './present';
import { parseObject } from './readBody';
import { Answer, jsonAnswer, ResourceRequest } from './RequestContext';

const TOO_LARGE_WAIT_MS = 3000;

/** Answers a request for a collection or an object of it. */
export async function handleResource(
  request: ResourceRequest,
): Promise<Answer> {
  const { path, info, type } = request;
  if (path.subresource && path.subresource !== 'status')
    throw unknownResource();
  if (path.subresource === 'status' && !type.hasStatus) throw unknownResource();
  if (path.name === undefined) {
    switch (info.method) {
      case 'GET':
      case 'HEAD':
        return list(request);
      case 'POST':
        return create(request);
      case 'DELETE':
        return deleteCollection(request);
      default:
        throw methodNotAllowed();
    }
  }
  switch (info.method) {
    case 'GET':
    case 'HEAD':
      return get(request);
    case 'PUT':
      return update(request);
    case 'PATCH':
      return handlePatch(request, targetOf(request));
    case 'DELETE':
      if (path.subresource) throw methodNotAllowed();
      return remove(request);
    default:
      throw methodNotAllowed();
  }
}

/** The object that a request is about. */
export function targetOf({ type, path }: ResourceRequest): Target {
  return {
    type,
    namespace: type.namespaced ? path.namespace : undefined,
    name: path.name ?? '',
    subresource: path.subresource,
  };
}

/** An object as the answer to this request. */
export function answerObject(
  request: ResourceRequest,
  status: number,
  object: KubeObject,
): Answer {
  const as = presentation(request.request.headers.accept);
  const include = request.info.query.get(
    'includeObject',
  ) as IncludeObject | null;
  return {
    status,
    body: presentObject(request.type, object, as, include ?? undefined),
  };
}

function get(request: ResourceRequest): Answer {
  const stored = storedObject(request.api, targetOf(request));
  return answerObject(request, 200, viewOf(request.type, stored));
}

async function list(request: ResourceRequest): Promise<Answer> {
  const { type, path, info, api } = request;
  const query = readListQuery(type, path.namespace, info.query, false);
  const { resourceVersion } = query;
  if (resourceVersion && !/^\d+$/.test(resourceVersion)) {
    throw new StatusError(
      400,
      'BadRequest',
      `invalid resource version: resourceVersion: Invalid value: ${JSON.stringify(
        resourceVersion,
      )}: strconv.ParseUint: parsing ${JSON.stringify(
        resourceVersion,
      )}: invalid syntax`,
    );
  }
  if (Number(resourceVersion ?? 0) > api.store.revisions.current) {
    await waitForRevision(request, Number(resourceVersion));
  }
  const as = presentation(request.request.headers.accept);
  const include = info.query.get('includeObject') as IncludeObject | null;
  const result = listObjects(api, type, query);
  return {
    status: 200,
    body: presentList(type, result, as, include ?? undefined),
  };
}

async function waitForRevision({ api }: ResourceRequest, wanted: number) {
  const until = Date.now() + TOO_LARGE_WAIT_MS;
  while (Date.now() < until) {
    await new Promise(resolve => setTimeout(resolve, 50));
    if (api.store.revisions.current >= wanted) return;
  }
  throw new StatusError(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${wanted}, current: ${api.store.revisions.current}`,
    {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  );
}

function writeRequest(request: ResourceRequest) {
  const { user, userAgent, warnings } = request;
  return { user, userAgent, warn: (text: string) => warnings.push(text) };
}

async function create(request: ResourceRequest): Promise<Answer> {
  const { api, type, path, info } = request;
  const options = readWriteOptions(
    'CreateOptions',
    info.query,
    writeRequest(request),
  );
  const { value, duplicates } = parseObject(request.body, type.kind);
  const namespace = type.namespaced ? path.namespace ?? '' : undefined;
  if (namespace === '') throw methodNotAllowed();
  const steps = createSteps(api, type, namespace, value, {
    ...options,
    duplicates,
  });
  const object = await carryOut(steps, api.extensions.ask);
  return answerObject(request, 201, object);
}

async function update(request: ResourceRequest): Promise<Answer> {
  const { api, info } = request;
  const options = readWriteOptions(
    'UpdateOptions',
    info.query,
    writeRequest(request),
  );
  const { value, duplicates } = parseObject(request.body, request.type.kind);
  const steps = updateSteps(api, targetOf(request), value, {
    ...options,
    duplicates,
  });
  const object = await carryOut(steps, api.extensions.ask);
  return answerObject(request, 200, object);
}

function readDeletion(request: ResourceRequest) {
  const { body, info } = request;
  const given = body.text ? parseObject(body).value : undefined;
  const { dryRun, ...deletion } = readDeleteOptions(given, info.query);
  const options = {
    ...writeRequest(request),
    manager: 'delete',
    fieldValidation: 'Ignore' as const,
    dryRun,
  };
  return { deletion, options };
}

async function remove(request: ResourceRequest): Promise<Answer> {
  const { api, type } = request;
  const { deletion, options } = readDeletion(request);
  const { object, gone } = await carryOut(
    deleteSteps(api, targetOf(request), deletion, options),
    api.extensions.ask,
  );
  if (!gone) return answerObject(request, 200, object);
  const { name, uid } = object.metadata;
  return jsonAnswer(200, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name,
      ...(type.group && { group: type.group }),
      kind: type.plural,
      uid,
    },
  });
}

async function deleteCollection(request: ResourceRequest): Promise<Answer> {
  const { api, type, path, info } = request;
  const query = readListQuery(type, path.namespace, info.query, false);
  const { deletion, options } = readDeletion(request);
  const found = listObjects(api, type, query);
  for (const { metadata } of found.items) {
    const target = { type, namespace: metadata.namespace, name: metadata.name };
    const steps = deleteSteps(api, target, deletion, options);
    await carryOut(steps, api.extensions.ask);
  }
  const as = presentation(request.request.headers.accept);
  return { status: 200, body: presentList(type, found, as) };
}
