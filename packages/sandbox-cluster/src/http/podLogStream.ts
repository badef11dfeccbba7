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

import { PodLogOptions, PodLogSource } from '../ClusterApi';
import { invalid } from '../errors/FieldError';
import { badRequest, invalidObject, StatusError } from '../errors/StatusError';
import { storedObject } from '../service/update';
import { viewOf } from '../service/views';
import { readInteger } from './options';
import { isTrue } from './requestInfo';
import { Answer, ResourceRequest } from './RequestContext';
import { targetOf } from './resourceHandlers';

const TEXT = { 'content-type': 'text/plain' };

/** Answers the log of a Pod: text as it comes, 204 when the Pod is not scheduled. */
export async function streamPodLog(
  request: ResourceRequest,
  source: PodLogSource | undefined,
): Promise<Answer | undefined> {
  const { api, response, type } = request;
  const target = { ...targetOf(request), subresource: undefined };
  const pod = viewOf(type, storedObject(api, target));
  if (!source) {
    throw new StatusError(
      503,
      'ServiceUnavailable',
      'no controllers run Pods here',
    );
  }
  const options = readLogOptions(request.info.query, target.name);
  const aborted = new AbortController();
  response.on('close', () => aborted.abort());
  const chunks = await source.open(pod, options, aborted.signal);
  if (!chunks) return { status: 204, body: '', contentType: 'text/plain' };
  response.writeHead(200, TEXT);
  response.flushHeaders();
  for await (const chunk of chunks) {
    if (aborted.signal.aborted) break;
    if (!response.write(chunk)) {
      await new Promise<void>(resolve => {
        response.once('drain', resolve);
        response.once('close', resolve);
      });
    }
  }
  response.end();
  return undefined;
}

function readLogOptions(query: URLSearchParams, pod: string): PodLogOptions {
  const options: PodLogOptions = {
    container: query.get('container') || undefined,
    follow: isTrue(query.get('follow')),
    previous: isTrue(query.get('previous')),
    timestamps: isTrue(query.get('timestamps')),
    tailLines: readInteger(query, 'tailLines'),
    limitBytes: readInteger(query, 'limitBytes'),
    sinceSeconds: readInteger(query, 'sinceSeconds'),
    sinceTime: query.get('sinceTime') || undefined,
  };
  if (options.sinceTime && Number.isNaN(Date.parse(options.sinceTime))) {
    const text = JSON.stringify(options.sinceTime);
    throw badRequest(
      `parsing time ${text} as "2006-01-02T15:04:05Z07:00": cannot parse ${text} as "2006"`,
    );
  }
  const errors = [];
  if (options.tailLines !== undefined && options.tailLines < 0) {
    errors.push(
      invalid(
        'tailLines',
        options.tailLines,
        'must be greater than or equal to 0',
      ),
    );
  }
  if (options.limitBytes !== undefined && options.limitBytes < 1) {
    errors.push(
      invalid('limitBytes', options.limitBytes, 'must be greater than 0'),
    );
  }
  if (options.sinceSeconds !== undefined && options.sinceSeconds < 1) {
    errors.push(
      invalid('sinceSeconds', options.sinceSeconds, 'must be greater than 0'),
    );
  }
  if (options.sinceSeconds !== undefined && options.sinceTime) {
    errors.push({
      reason: 'FieldValueForbidden',
      message:
        'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
      field: '[]',
    });
  }
  if (errors.length) {
    throw invalidObject({ group: '', kind: 'PodLogOptions' }, pod, errors);
  }
  return options;
}
