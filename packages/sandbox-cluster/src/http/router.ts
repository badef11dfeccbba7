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

import { stringify } from 'yaml';
import {
  badRequest,
  methodNotAllowed,
  unknownResource,
} from '../errors/StatusError';
import { controlFaults } from '../faults/faultEndpoint';
import { isServed } from '../discovery/discovery';
import { decodeBuiltIn } from '../schema/decode';
import { isObject, Json } from '../schema/json';
import { apiVersionOf } from '../resources/ResourceType';
import { ApiServerOptions } from './ApiServer';
import { handleInfo } from './infoHandlers';
import { parseObject } from './readBody';
import {
  Answer,
  jsonAnswer,
  RequestContext,
  ResourceRequest,
} from './RequestContext';
import { handleResource } from './resourceHandlers';
import { handleSubresource } from './subresourceHandlers';
import { virtualTypes } from './virtualTypes';
import { wantsYaml } from './accept';
import { streamWatch } from './watchStream';

/** Finds who answers a request. Undefined when the answer is a stream that has begun already. */
export async function route(
  context: RequestContext,
  options: ApiServerOptions,
): Promise<Answer | undefined> {
  const { info, api } = context;
  if (info.path === '/sandbox/faults') return faultsAnswer(context, options);
  const { resource: path } = info;
  if (!path) return handleInfo(context);
  if (!isServed(api.registry, path.group, path.version)) return notFoundPage();
  const virtual = virtualTypes.find(
    type =>
      type.group === path.group &&
      type.version === path.version &&
      type.plural === path.plural,
  );
  if (virtual) {
    if (info.method !== 'POST') throw methodNotAllowed();
    const { value } = parseObject(context.body);
    if (!isObject(value)) throw badRequest('expected an object');
    value.apiVersion ??= apiVersionOf(virtual);
    value.kind ??= virtual.kind;
    decodeBuiltIn(value, virtual.schema, virtual.kind, virtual.version);
    dropEmptyTexts(value);
    const answer = virtual.answer(
      { metadata: {}, ...value },
      { user: context.user, authorizer: options.authorizer },
    );
    return jsonAnswer(201, answer);
  }
  const type = api.registry.find(path.group, path.version, path.plural);
  if (!type) throw unknownResource();
  if (type.deprecation) context.warnings.push(type.deprecation);
  const request: ResourceRequest = { ...context, type, path };
  if (path.subresource && path.subresource !== 'status') {
    return handleSubresource(request, options.podLogs?.());
  }
  if (info.verb === 'watch') {
    if (info.method !== 'GET') throw methodNotAllowed();
    streamWatch(withNameSelector(request), watch =>
      options.faults.opened(watch),
    );
    return undefined;
  }
  const answer = await handleResource(request);
  return wantsYaml(context.request.headers.accept) ? asYaml(answer) : answer;
}

function asYaml(answer: Answer): Answer {
  return {
    ...answer,
    body: stringify(JSON.parse(answer.body)),
    contentType: 'application/yaml',
  };
}

/** Reviews leave out what is empty, whether it was sent or not. */
function dropEmptyTexts(value: Json) {
  for (const [key, item] of Object.entries(value)) {
    if (item === '') delete value[key];
    else if (isObject(item)) dropEmptyTexts(item);
  }
}

/** `/watch/…/<name>` is a watch of the collection for this name. */
function withNameSelector(request: ResourceRequest): ResourceRequest {
  const { name } = request.path;
  if (!name) return request;
  const query = new URLSearchParams(request.info.query);
  query.set('fieldSelector', `metadata.name=${name}`);
  return { ...request, info: { ...request.info, query } };
}

function faultsAnswer(
  { info, user, body }: RequestContext,
  { faults }: ApiServerOptions,
): Answer {
  if (info.method !== 'POST' || !user.groups.includes('system:masters')) {
    throw methodNotAllowed();
  }
  return jsonAnswer(200, controlFaults(faults, parseObject(body).value));
}

/** The plain text that unknown paths get. */
export function notFoundPage(): Answer {
  return {
    status: 404,
    body: '404 page not found\n',
    contentType: 'text/plain; charset=utf-8',
  };
}
