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
import { invalid } from '../errors/FieldError';
import {
  badRequest,
  invalidObject,
  methodNotAllowed,
} from '../errors/StatusError';
import { int32, str, struct } from '../schema/dsl';
import { isObject, Json } from '../schema/json';
import { carryOut } from '../service/steps';
import { patchSteps, storedObject } from '../service/update';
import { viewOf } from '../service/views';
import { selectorText } from '../table/selectorText';
import { readWriteOptions } from './options';
import { readPatch } from './patchHandler';
import { parseObject } from './readBody';
import { Answer, jsonAnswer, ResourceRequest } from './RequestContext';
import { targetOf } from './resourceHandlers';

const SCALE = { group: 'autoscaling', kind: 'Scale' };

const schema = struct('Scale', {
  spec: struct('ScaleSpec', { replicas: int32 }),
  status: struct('ScaleStatus', { replicas: int32, selector: str }),
});

/** Answers the `scale` subresource of workloads: their size, and nothing else of them. */
export async function handleScale(request: ResourceRequest): Promise<Answer> {
  const { type, api, info } = request;
  const target = { ...targetOf(request), subresource: undefined };
  const stored = viewOf(type, storedObject(api, target));
  switch (info.method) {
    case 'GET':
      return jsonAnswer(200, scaleOf(stored));
    case 'PUT': {
      const { value } = parseObject(request.body, SCALE.kind);
      if (!isObject(value)) throw badRequest('expected a Scale');
      return write(request, () => value);
    }
    case 'PATCH': {
      const asScale = { ...request, type: { ...type, schema } };
      return write(request, readPatch(asScale));
    }
    default:
      throw methodNotAllowed();
  }
}

async function write(
  request: ResourceRequest,
  change: (scale: Json) => Json,
): Promise<Answer> {
  const { api, info, user, userAgent, warnings } = request;
  const kind = info.method === 'PUT' ? 'UpdateOptions' : 'PatchOptions';
  const options = readWriteOptions(kind, info.query, {
    user,
    userAgent,
    warn: text => warnings.push(text),
  });
  const target = { ...targetOf(request), subresource: undefined };
  const steps = patchSteps(
    api,
    target,
    current => resized(current, change(scaleOf(current as KubeObject))),
    options,
  );
  return jsonAnswer(200, scaleOf(await carryOut(steps, api.extensions.ask)));
}

/** The workload with the size that a Scale asks for. Its version and uid are preconditions. */
function resized(workload: Json, { metadata = {}, spec = {} }: Json): Json {
  const { replicas = 0 } = spec;
  if (!Number.isInteger(replicas)) {
    throw badRequest(
      'json: cannot unmarshal into Go struct field ScaleSpec.spec.replicas of type int32',
    );
  }
  if (replicas < 0) {
    const problem = 'must be greater than or equal to 0';
    throw invalidObject(SCALE, workload.metadata.name, [
      invalid('spec.replicas', replicas, problem),
    ]);
  }
  const { name, resourceVersion, uid } = metadata;
  return {
    ...workload,
    metadata: {
      ...workload.metadata,
      ...(name && { name }),
      ...(resourceVersion && { resourceVersion }),
      ...(uid && { uid }),
    },
    spec: { ...workload.spec, replicas },
  };
}

function scaleOf({ metadata, spec, status }: KubeObject): Json {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return {
    kind: SCALE.kind,
    apiVersion: `${SCALE.group}/v1`,
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: spec.replicas ? { replicas: spec.replicas } : {},
    status: {
      replicas: status?.replicas ?? 0,
      selector: selectorText(spec.selector),
    },
  };
}
