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

import { readFields } from './ProtobufReader';

function numbers(bytes: Uint8Array): Map<number, bigint | Uint8Array> {
  return new Map([...readFields(bytes)].map(f => [f.number, f.value]));
}

const textOf = (value: bigint | Uint8Array | undefined) =>
  value instanceof Uint8Array ? Buffer.from(value).toString() : '';

const numberOf = (value: bigint | Uint8Array | undefined) =>
  typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : 0;

function readTime(bytes: Uint8Array, digits: number): string | undefined {
  if (bytes.length === 0) return undefined;
  const fields = numbers(bytes);
  const seconds = new Date(numberOf(fields.get(1)) * 1000)
    .toISOString()
    .slice(0, 19);
  const fraction = String(numberOf(fields.get(2)))
    .padStart(9, '0')
    .slice(0, digits);
  return digits ? `${seconds}.${fraction}Z` : `${seconds}Z`;
}

function readRaw(bytes: Uint8Array): unknown {
  const text = textOf(numbers(bytes).get(1));
  return text ? JSON.parse(text) : undefined;
}

/** Messages that JSON writes as something other than an object of their fields. */
export const specialTypes: Record<string, (bytes: Uint8Array) => unknown> = {
  'meta.v1.Time': bytes => readTime(bytes, 0),
  'meta.v1.MicroTime': bytes => readTime(bytes, 6),
  'meta.v1.FieldsV1': readRaw,
  'runtime.RawExtension': readRaw,
  'resource.Quantity': bytes => textOf(numbers(bytes).get(1)),
  'util.intstr.IntOrString': bytes => {
    const fields = numbers(bytes);
    return numberOf(fields.get(1)) === 1
      ? textOf(fields.get(3))
      : numberOf(fields.get(2));
  },
};
