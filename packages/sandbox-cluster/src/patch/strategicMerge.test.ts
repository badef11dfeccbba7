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

import { pod } from '../builtin/schemas/pod';
import { strategicMerge } from './strategicMerge';

const container = (name: string, rest = {}) => ({ name, image: 'i', ...rest });
const podOf = (...containers: object[]) => ({ spec: { containers } });
const merge = (target: object, patch: object) =>
  strategicMerge(target, patch, pod) as any;

describe('strategicMerge', () => {
  it('merges items by key and leaves the others', () => {
    const target = podOf(container('one'), container('two'));
    expect(merge(target, podOf({ name: 'two', image: 'new' }))).toEqual(
      podOf(container('one'), { name: 'two', image: 'new' }),
    );
  });

  it('puts new items first', () => {
    const env = [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ];
    const result = merge(
      podOf(container('one', { env })),
      podOf({
        name: 'one',
        env: [
          { name: 'A', $patch: 'delete' },
          { name: 'C', value: '3' },
        ],
      }),
    );
    expect(result.spec.containers[0].env).toEqual([
      { name: 'C', value: '3' },
      { name: 'B', value: '2' },
    ]);
  });

  it('replaces what $patch: replace says', () => {
    const target = podOf(container('one'), container('two'));
    expect(
      merge(target, {
        spec: { $patch: 'replace', containers: [container('x')] },
      }),
    ).toEqual(podOf(container('x')));
    expect(merge(target, podOf(container('x'), { $patch: 'replace' }))).toEqual(
      podOf(container('x')),
    );
  });

  it('removes an object that $patch: delete names', () => {
    expect(
      merge(
        { spec: { securityContext: {}, nodeName: 'n' } },
        {
          spec: { securityContext: { $patch: 'delete' } },
        },
      ),
    ).toEqual({ spec: { nodeName: 'n' } });
  });

  it('deletes from lists of plain values and keeps them without duplicates', () => {
    const target = { metadata: { finalizers: ['a/x', 'a/y'] } };
    expect(
      merge(target, {
        metadata: {
          '$deleteFromPrimitiveList/finalizers': ['a/x'],
          finalizers: ['a/y', 'a/z'],
        },
      }),
    ).toEqual({ metadata: { finalizers: ['a/y', 'a/z'] } });
  });

  it('orders lists as $setElementOrder says', () => {
    const target = podOf(container('one'), container('two'));
    const result = merge(target, {
      spec: {
        '$setElementOrder/containers': [
          { name: 'two' },
          { name: 'three' },
          { name: 'one' },
        ],
        containers: [container('three')],
      },
    });
    expect(result.spec.containers.map((c: any) => c.name)).toEqual([
      'two',
      'three',
      'one',
    ]);
  });

  it('keeps only the keys that $retainKeys names', () => {
    expect(
      strategicMerge(
        { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } },
        { strategy: { $retainKeys: ['type'], type: 'Recreate' } },
        undefined,
      ),
    ).toEqual({ strategy: { type: 'Recreate' } });
  });

  it('removes what is null and replaces lists without a key', () => {
    const target = podOf(container('one', { command: ['a', 'b'], tty: true }));
    expect(
      merge(target, podOf({ name: 'one', command: ['c'], tty: null })),
    ).toEqual(podOf(container('one', { command: ['c'] })));
  });

  it('refuses items without their key', () => {
    expect(() => merge(podOf(container('one')), podOf({ image: 'x' }))).toThrow(
      /does not contain declared merge key: name/,
    );
  });
});
