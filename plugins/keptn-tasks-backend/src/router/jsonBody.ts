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

import express, {
  type ErrorRequestHandler,
  type RequestHandler,
} from 'express';
import { InputError } from '@backstage/errors';

const LIMIT_BYTES = 1024 * 1024;

const explain: ErrorRequestHandler = (error, _req, _res, next) => {
  if (error?.type === 'entity.too.large') {
    next(
      Object.assign(
        new Error(`The request body is larger than ${LIMIT_BYTES} bytes`),
        { name: 'PayloadTooLargeError', statusCode: 413 },
      ),
    );
    return;
  }
  if (error?.type === 'entity.parse.failed') {
    next(new InputError('The request body is not valid JSON', error));
    return;
  }
  next(error);
};

/** Reads JSON bodies of a bounded size. */
export function jsonBody(): (RequestHandler | ErrorRequestHandler)[] {
  return [express.json({ limit: LIMIT_BYTES }), explain];
}
