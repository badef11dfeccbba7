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

import { decodeProtobuf, isProtobuf } from './decodeProtobuf';

/** A length-delimited field. */
const field = (number: number, value: Buffer | string): Buffer => {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
};
const int = (number: number, value: number) => Buffer.from([number * 8, value]);

const envelope = (apiVersion: string, kind: string, ...raw: Buffer[]) =>
  Buffer.concat([
    Buffer.from([0x6b, 0x38, 0x73, 0]),
    field(1, Buffer.concat([field(1, apiVersion), field(2, kind)])),
    field(2, Buffer.concat(raw)),
  ]);

const entry = (key: string, value: Buffer | string) =>
  field(2, Buffer.concat([field(1, key), field(2, value)]));

describe('decodeProtobuf', () => {
  it('reads maps and drops what Go writes for nothing', () => {
    const metadata = Buffer.concat([
      field(1, 'a'),
      field(3, ''),
      int(7, 0),
      field(8, ''),
    ]);
    expect(
      decodeProtobuf(
        envelope('v1', 'ConfigMap', field(1, metadata), entry('k', 'v')),
      ),
    ).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
      data: { k: 'v' },
    });
  });

  it('writes bytes as base64', () => {
    const { data } = decodeProtobuf(
      envelope('v1', 'Secret', entry('k', 'value')),
    );
    expect(data).toEqual({ k: 'dmFsdWU=' });
  });

  it('reads lists, pointers that are zero, and messages without a name of their own', () => {
    const secretKeyRef = field(
      4,
      Buffer.concat([field(1, field(1, 'secret')), field(2, 'key')]),
    );
    const env = field(
      7,
      Buffer.concat([field(1, 'E'), field(3, secretKeyRef)]),
    );
    const container = field(
      2,
      Buffer.concat([field(1, 'main'), field(3, 'sh'), field(3, '-c'), env]),
    );
    const template = field(6, field(2, container));
    const job = decodeProtobuf(
      envelope(
        'batch/v1',
        'Job',
        field(2, Buffer.concat([int(7, 0), template])),
      ),
    );
    expect(job.spec).toEqual({
      backoffLimit: 0,
      template: {
        spec: {
          containers: [
            {
              name: 'main',
              command: ['sh', '-c'],
              env: [
                {
                  name: 'E',
                  valueFrom: { secretKeyRef: { name: 'secret', key: 'key' } },
                },
              ],
            },
          ],
        },
      },
    });
  });

  it('refuses kinds that it does not know and bytes that break off', () => {
    expect(() => decodeProtobuf(envelope('v1', 'Nope'))).toThrow(
      'no kind "Nope" is registered for version "v1"',
    );
    const whole = envelope('v1', 'ConfigMap', entry('k', 'v'));
    expect(() => decodeProtobuf(whole.subarray(0, whole.length - 2))).toThrow(
      RangeError,
    );
  });

  it('knows its envelope', () => {
    expect(isProtobuf(envelope('v1', 'ConfigMap'))).toBe(true);
    expect(isProtobuf(Buffer.from('{}'))).toBe(false);
  });
});
