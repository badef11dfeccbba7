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

import { PodLogSource } from '../ClusterApi';
import {
  badRequest,
  conflict,
  methodNotAllowed,
  notFound,
  unknownResource,
} from '../errors/StatusError';
import { isObject, Json } from '../schema/json';
import { deepCopy } from '../schema/json';
import { deleteObject } from '../service/delete';
import { storedObject, updateObject } from '../service/update';
import { viewOf } from '../service/views';
import { finalizeNamespace } from '../gc/NamespaceController';
import { parseObject } from './readBody';
import { Answer, jsonAnswer, ResourceRequest } from './RequestContext';
import { answerObject, targetOf } from './resourceHandlers';
import { streamPodLog } from './podLogStream';
import { handleScale } from './scaleHandler';

/** Answers `log`, `binding` and `eviction` of Pods, `scale` of workloads and `finalize` of namespaces. */
export async function handleSubresource(
  request: ResourceRequest,
  podLogs: PodLogSource | undefined,
): Promise<Answer | undefined> {
  const { type, path, info } = request;
  const { subresource = '', name = '' } = path;
  if (!type.subresources?.[subresource]) {
    if (type.builtIn) throw unknownResource();
    throw notFound(type, name);
  }
  switch (subresource) {
    case 'log':
      if (info.method !== 'GET') throw methodNotAllowed();
      return streamPodLog(request, podLogs);
    case 'finalize':
      if (info.method !== 'PUT') throw methodNotAllowed();
      return finalize(request);
    case 'scale':
      return handleScale(request);
    default:
      if (info.method !== 'POST') throw methodNotAllowed();
      return subresource === 'binding' ? bind(request) : evict(request);
  }
}

function bind(request: ResourceRequest): Answer {
  const { api } = request;
  const target = { ...targetOf(request), subresource: undefined };
  const { value } = parseObject(request.body);
  const node = isObject(value) ? (value.target as Json)?.name : undefined;
  if (!node) throw badRequest('target.name: Required value');
  const pod = deepCopy(viewOf(target.type, storedObject(api, target)));
  const resource = { group: '', plural: 'pods/binding' };
  if (pod.spec.nodeName) {
    throw conflict(
      resource,
      target.name,
      `pod ${target.name} is already assigned to node "${pod.spec.nodeName}"`,
    );
  }
  if (pod.spec.schedulingGates?.length) {
    throw conflict(
      resource,
      target.name,
      `pod ${target.name} has non-empty .spec.schedulingGates`,
    );
  }
  pod.spec.nodeName = node;
  updateObject(api, target, pod, {
    ...writeOptions(request),
    internal: true,
  });
  return jsonAnswer(201, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code: 201,
  });
}

function evict(request: ResourceRequest): Answer {
  const target = { ...targetOf(request), subresource: undefined };
  const { value } = parseObject(request.body);
  const options: Json = isObject(value) ? value.deleteOptions ?? {} : {};
  deleteObject(request.api, target, options, writeOptions(request));
  return jsonAnswer(201, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code: 201,
  });
}

function finalize(request: ResourceRequest): Answer {
  const { value } = parseObject(request.body);
  if (!isObject(value)) throw badRequest('expected a Namespace');
  const finalizers: string[] = value.spec?.finalizers ?? [];
  const target = { ...targetOf(request), subresource: undefined };
  const namespace = viewOf(target.type, storedObject(request.api, target));
  return answerObject(
    request,
    200,
    finalizeNamespace(request.api, namespace, finalizers),
  );
}

function writeOptions({ user, warnings }: ResourceRequest) {
  return {
    user,
    manager: user.name,
    fieldValidation: 'Ignore' as const,
    warn: (text: string) => warnings.push(text),
  };
}
