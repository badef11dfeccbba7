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
const MAX_QUOTED = 30;

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
export function parseObject(
  body: Body,
  kind = 'DeleteOptions',
): {
  value: unknown;
  duplicates: string[];
} {
  switch (body.mediaType) {
    case '':
    case 'application/json':
      return {
        value: parseJson(
          body.text,
          message =>
            `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${message} (${summarize(
              body.text,
            )})`,
        ),
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
  } catch (error) {
    throw badRequest(describe(goSyntaxError(text, (error as Error).message)));
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

const EXPECTATIONS: Array<[RegExp, string]> = [
  [/property name/, 'looking for beginning of object key string'],
  [/after property value/, 'after object key:value pair'],
  [/after array element/, 'after array element'],
  [/after property name/, 'after object key'],
  [/after JSON/, 'after top-level value'],
];

/** The words of Go for what `JSON.parse` says. */
function goSyntaxError(text: string, message: string): string {
  const position = Number(/at position (\d+)/.exec(message)?.[1] ?? NaN);
  const index = Number.isNaN(position) ? text.search(/\S/) : position;
  const isEnd =
    /end of JSON input/.test(message) || index >= text.trimEnd().length;
  if (isEnd || index < 0) return 'unexpected end of JSON input';
  const [, where] = EXPECTATIONS.find(([words]) => words.test(message)) ?? [
    undefined,
    'looking for beginning of value',
  ];
  return `invalid character '${text[index]}' ${where}`;
}

/** The start of a body, as refusals quote it. */
function summarize(text: string): string {
  if (text === '') return '<empty>';
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)} ...` : text;
}
