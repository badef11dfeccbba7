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
import { serverSideApply } from '../apply/serverSideApply';
import {
  badRequest,
  plainServerError,
  StatusError,
} from '../errors/StatusError';
import { jsonPatch } from '../patch/jsonPatch';
import { mergePatch } from '../patch/mergePatch';
import { strategicMerge } from '../patch/strategicMerge';
import { apiVersionOf, ResourceType } from '../resources/ResourceType';
import { isObject, Json } from '../schema/json';
import { objectMeta } from '../service/objectMeta';
import { carryOut } from '../service/steps';
import { applySteps, patchSteps, Target } from '../service/update';
import { undeclaredFields } from '../apply/undeclaredFields';
import { readWriteOptions } from './options';
import { presentation } from './accept';
import { presentObject } from './present';
import { parseJson, parseYamlText } from './readBody';
import { Answer, ResourceRequest } from './RequestContext';
import { isTrue } from './requestInfo';

const JSON_PATCH = 'application/json-patch+json';
const MERGE_PATCH = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const APPLY = 'application/apply-patch+yaml';

/** Answers a PATCH of any kind. */
export async function handlePatch(
  request: ResourceRequest,
  target: Target,
): Promise<Answer> {
  const { api, type, info, body, user, userAgent, warnings } = request;
  const supported = [
    JSON_PATCH,
    MERGE_PATCH,
    ...(type.builtIn ? [STRATEGIC] : []),
    APPLY,
  ];
  if (!supported.includes(body.mediaType)) {
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${supported.join(
        ', ',
      )}`,
    );
  }
  const isApply = body.mediaType === APPLY;
  const options = readWriteOptions(
    'PatchOptions',
    info.query,
    { user, userAgent, warn: text => warnings.push(text) },
    isApply,
  );
  const answer = (status: number, object: KubeObject): Answer => ({
    status,
    body: presentObject(
      type,
      object,
      presentation(request.request.headers.accept),
    ),
  });
  if (!isApply) {
    const patch = readPatch(request);
    const steps = patchSteps(api, target, patch, options);
    return answer(200, await carryOut(steps, api.extensions.ask));
  }
  const applied = readApplied(request, target);
  const steps = applySteps(
    api,
    target,
    live =>
      withTypeMeta(
        type,
        serverSideApply(
          {
            type,
            applied,
            manager: options.manager,
            force: isTrue(info.query.get('force')),
            subresource: target.subresource,
          },
          live,
        ),
        applied,
      ),
    options,
  );
  const { object, created } = await carryOut(steps, api.extensions.ask);
  return answer(created ? 201 : 200, object);
}

/** The change that a patch of any kind but apply asks for. */
export function readPatch({
  body,
  type,
}: Pick<ResourceRequest, 'body' | 'type'>): (current: Json) => Json {
  const patch = parseJson(
    body.text || '{}',
    message => `error decoding patch: ${message}`,
  );
  if (body.mediaType === JSON_PATCH)
    return current => jsonPatch(current, patch);
  if (!isObject(patch)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal into Go value of type map[string]interface {}',
    );
  }
  if (body.mediaType === MERGE_PATCH) {
    return current => mergePatch(current, patch) as Json;
  }
  const schema = {
    ...type.schema,
    properties: { ...type.schema.properties, metadata: objectMeta },
  };
  return current => strategicMerge(current, patch, schema) as Json;
}

function readApplied(request: ResourceRequest, target: Target): Json {
  const { body, type } = request;
  const applied = parseYamlText(body.text);
  const { apiVersion, kind } = isObject(applied) ? applied : ({} as Json);
  if (!isObject(applied) || !apiVersion || !kind) {
    throw badRequest(
      `invalid object type: ${apiVersion ?? '/'}, Kind=${kind ?? ''}`,
    );
  }
  if (apiVersion !== apiVersionOf(type)) {
    throw badRequest(
      `Incorrect version specified in apply patch. Specified patch version: ${apiVersion}, expected: ${apiVersionOf(
        type,
      )}`,
    );
  }
  const metadata: Json = applied.metadata ?? {};
  if (metadata.managedFields) {
    throw badRequest('metadata.managedFields must be nil');
  }
  if (metadata.name && metadata.name !== target.name) {
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${target.name})`,
    );
  }
  const [undeclared] = undeclaredFields(applied, type);
  if (undeclared) {
    const namespace = metadata.namespace ?? '';
    throw plainServerError(
      `failed to create typed patch object (${namespace}/${target.name}; ${apiVersion}, Kind=${kind}): ${undeclared}: field not declared in schema`,
    );
  }
  return applied;
}

function withTypeMeta(
  type: ResourceType,
  object: KubeObject,
  applied: Json,
): Json {
  const { resourceVersion, uid } = (applied.metadata ?? {}) as Json;
  return {
    ...object,
    apiVersion: apiVersionOf(type),
    kind: applied.kind,
    metadata: {
      ...object.metadata,
      ...(resourceVersion && { resourceVersion }),
      ...(uid && { uid }),
    },
  };
}
