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

import { IncomingMessage } from 'node:http';
import { parse as parseYaml } from 'yaml';
import { badRequest, StatusError } from '../errors/StatusError';
import { decodeProtobuf, isProtobuf } from '../protobuf/decodeProtobuf';
import { duplicateKeys } from '../schema/duplicateKeys';

const MAX_BYTES = 3 * 1024 * 1024;

/** A request body and how it is written. */
export interface Body {
  text: string;
  bytes: Uint8Array;
  mediaType: string;
}

export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_BYTES) {
      throw new StatusError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${MAX_BYTES}`,
      );
    }
    chunks.push(chunk as Buffer);
  }
  const mediaType = (request.headers['content-type'] ?? '')
    .split(';')[0]
    .trim();
  const bytes = Buffer.concat(chunks);
  return { text: bytes.toString('utf8'), bytes, mediaType };
}

/** A body as a value, with the fields that it has twice. Throws a 400 or a 415. */
export function parseObject(body: Body): {
  value: unknown;
  duplicates: string[];
} {
  switch (body.mediaType) {
    case '':
    case 'application/json':
      return {
        value: parseJson(body.text, message => message),
        duplicates: duplicateKeys(body.text),
      };
    case 'application/yaml':
      return { value: parseYamlText(body.text), duplicates: [] };
    case 'application/vnd.kubernetes.protobuf':
      return { value: parseProtobuf(body.bytes), duplicates: [] };
    default:
      throw new StatusError(
        415,
        'UnsupportedMediaType',
        'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
        {},
      );
  }
}

function parseProtobuf(bytes: Uint8Array): unknown {
  if (!isProtobuf(bytes)) {
    throw badRequest(
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    );
  }
  try {
    return decodeProtobuf(bytes);
  } catch (error) {
    throw badRequest((error as Error).message);
  }
}

/** JSON with Go's words for what is wrong. */
export function parseJson(
  text: string,
  describe: (message: string) => string,
): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(describe(goSyntaxError(text)));
  }
}

export function parseYamlText(text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    throw badRequest(
      `error converting YAML to JSON: yaml: ${
        (error as Error).message.split('\n')[0]
      }`,
    );
  }
}

function goSyntaxError(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return 'unexpected end of JSON input';
  if (/^[{[]/.test(trimmed)) {
    const opens = (trimmed.match(/[{[]/g) ?? []).length;
    const closes = (trimmed.match(/[}\]]/g) ?? []).length;
    if (opens > closes) return 'unexpected end of JSON input';
  }
  const first = /^[{["\dtfn-]/.test(trimmed) ? undefined : trimmed[0];
  return `invalid character '${
    first ?? trimmed.slice(-1)
  }' looking for beginning of ${first ? 'value' : 'object key string'}`;
}
