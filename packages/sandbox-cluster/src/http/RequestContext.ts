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

import { IncomingMessage, ServerResponse } from 'node:http';
import { ResourceType, User } from '../resources/ResourceType';
import { ApiContext } from '../service/ApiContext';
import { Body } from './readBody';
import { RequestInfo, ResourcePath } from './requestInfo';

/** One authenticated request on its way through the server. */
export interface RequestContext {
  api: ApiContext;
  info: RequestInfo;
  request: IncomingMessage;
  response: ServerResponse;
  body: Body;
  user: User;
  userAgent: string;
  /** Texts for the Warning headers of the answer. */
  warnings: string[];
}

/** A request for a resource that the server serves. */
export interface ResourceRequest extends RequestContext {
  type: ResourceType;
  path: ResourcePath;
}

/** What a handler answers. The body is JSON text, unless a content type says otherwise. */
export interface Answer {
  status: number;
  body: string;
  contentType?: string;
}

export function jsonAnswer(status: number, value: unknown): Answer {
  return { status, body: JSON.stringify(value) };
}
