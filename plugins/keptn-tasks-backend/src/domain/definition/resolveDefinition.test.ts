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

import { parse } from 'yaml';
import { aDefinition, lookupAmong } from '../__testUtils__/builders';
import type {
  KeptnTaskDefinition,
  KeptnTaskDefinitionSpec,
} from '../resources';
import { defaultTaskSettings } from '../settings';
import type { EffectiveDefinition } from './EffectiveDefinition';
import { resolveDefinition } from './resolveDefinition';

const inline = { inline: { code: 'x' } };
const named = (
  name: string,
  spec: KeptnTaskDefinitionSpec,
  namespace = 'shop',
) => aDefinition(spec, { name, namespace });
const refersTo = (name: string) => ({ deno: { functionRef: { name } } });

function resolve(...definitions: KeptnTaskDefinition[]) {
  return resolveDefinition(
    'a',
    'shop',
    lookupAmong(...definitions),
    defaultTaskSettings,
  );
}

function effective(...definitions: KeptnTaskDefinition[]): EffectiveDefinition {
  const resolution = resolve(...definitions);
  if (resolution.state !== 'resolved') {
    throw new Error(resolution.message);
  }
  return resolution.effective;
}

describe('resolveDefinition', () => {
  it.each([
    {
      name: 'takes the definition beside the task',
      definitions: [
        named('a', { python: inline }),
        named('a', { deno: inline }, 'keptn-system'),
      ],
      expected: { namespace: 'shop', runner: 'python' },
    },
    {
      name: 'D-09 takes a shared definition when there is none beside the task',
      definitions: [named('a', { deno: inline }, 'keptn-system')],
      expected: {
        namespace: 'keptn-system',
        image: 'ghcr.io/keptn/deno-runtime:v3.0.1',
        code: { type: 'inline', code: 'x' },
      },
    },
    {
      name: 'D-12 follows references at any depth, and runs what the last one is',
      definitions: [
        named('a', refersTo('b')),
        named('b', refersTo('c')),
        named('c', refersTo('d')),
        named(
          'd',
          { python: { httpRef: { url: 'https://x/y.py' } } },
          'keptn-system',
        ),
      ],
      expected: {
        name: 'a',
        namespace: 'shop',
        runner: 'python',
        code: { type: 'url', url: 'https://x/y.py' },
      },
    },
    {
      name: 'D-13 follows a reference to a container',
      definitions: [
        named('a', refersTo('b')),
        named('b', { container: { name: 'c', image: 'i:1' } }),
      ],
      expected: { runner: 'container', image: 'i:1', container: { name: 'c' } },
    },
    {
      name: 'looks for a ConfigMap beside the definition that names it',
      definitions: [
        named(
          'a',
          { deno: { configMapRef: { name: 'code' } } },
          'keptn-system',
        ),
      ],
      expected: {
        code: { type: 'config-map', namespace: 'keptn-system', name: 'code' },
      },
    },
    {
      name: 'takes what concerns the Pod from the definition that the task names only',
      definitions: [
        named('a', {
          ...refersTo('b'),
          retries: 1,
          serviceAccount: { name: 'own' },
        }),
        named('b', {
          deno: inline,
          retries: 7,
          timeout: '7m',
          ttlSecondsAfterFinished: 7,
          serviceAccount: { name: 'other' },
          automountServiceAccountToken: { type: true },
        }),
      ],
      expected: {
        retries: 1,
        timeout: undefined,
        ttlSecondsAfterFinished: undefined,
        serviceAccountName: 'own',
        automountServiceAccountToken: undefined,
      },
    },
    {
      name: 'takes the nearest Secret and the nearest arguments',
      definitions: [
        named('a', refersTo('b')),
        named('b', {
          deno: {
            functionRef: { name: 'c' },
            secureParameters: { secret: 's2' },
            cmdParameters: '',
          },
        }),
        named('c', {
          deno: {
            ...inline,
            secureParameters: { secret: 's3' },
            cmdParameters: '-3',
          },
        }),
      ],
      expected: { secureParameters: 's2', cmdParameters: '' },
    },
  ])('$name', ({ definitions, expected }) => {
    expect(effective(...definitions)).toMatchObject(expected);
  });

  it('D-11 lets the nearest parameter win, an empty one too, and tells where each is from', () => {
    const { parameters } = effective(
      named('a', {
        deno: {
          functionRef: { name: 'b' },
          parameters: { map: { x: '', y: 'a' } },
        },
      }),
      named('b', {
        deno: {
          functionRef: { name: 'c' },
          parameters: { map: { y: 'b', z: 'b' } },
        },
      }),
      named('c', {
        deno: { ...inline, parameters: { map: { x: 'c', z: 'c', w: 'c' } } },
      }),
    );
    expect(parameters).toEqual([
      { name: 'w', value: 'c', source: 'reference', definition: 'c' },
      { name: 'x', value: '', source: 'definition', definition: 'a' },
      { name: 'y', value: 'a', source: 'definition', definition: 'a' },
      { name: 'z', value: 'b', source: 'reference', definition: 'b' },
    ]);
  });

  it.each([
    {
      name: 'a missing definition',
      definitions: [],
      expected: {
        state: 'waiting',
        reason: 'DefinitionMissing',
        message:
          'Definition a is neither in namespace shop nor in keptn-system.',
      },
    },
    {
      name: 'a missing reference, by its own name',
      definitions: [named('a', refersTo('b'), 'keptn-system')],
      expected: {
        state: 'waiting',
        reason: 'ReferenceMissing',
        message:
          'Definition a refers to definition b, which is neither in namespace shop nor in keptn-system.',
        namespace: 'keptn-system',
      },
    },
    {
      name: 'a definition that refers to itself',
      definitions: [named('a', refersTo('a'))],
      expected: {
        state: 'invalid',
        reason: 'ReferenceCycle',
        message: 'Definition a refers to itself: a → a.',
        namespace: 'shop',
      },
    },
    {
      name: 'a cycle further on',
      definitions: [
        named('a', refersTo('b')),
        named('b', refersTo('c')),
        named('c', refersTo('b')),
      ],
      expected: {
        state: 'invalid',
        reason: 'ReferenceCycle',
        message: 'Definition a refers to itself: b → c → b.',
        namespace: 'shop',
      },
    },
    {
      name: 'D-17 a referenced definition that cannot run',
      definitions: [named('a', refersTo('b')), named('b', { deno: {} })],
      expected: {
        state: 'invalid',
        reason: 'DefinitionInvalid',
        message:
          'Definition shop/b cannot run: spec.deno must have exactly one of inline, httpRef, functionRef, configMapRef as the source of its code; it has none.',
        namespace: 'shop',
      },
    },
  ])('names $name', ({ definitions, expected }) => {
    expect(resolve(...definitions)).toEqual(expected);
  });

  describe('hash', () => {
    const hashOf = (...definitions: KeptnTaskDefinition[]) => {
      const resolution = resolve(...definitions);
      return resolution.state === 'resolved' ? resolution.hash : undefined;
    };
    const plain = hashOf(
      named('a', {
        deno: { ...inline, parameters: { map: { x: '1', y: '2' } } },
      }),
    );

    it.each([
      [
        'the order of fields',
        [
          named('a', {
            deno: { parameters: { map: { y: '2', x: '1' } }, ...inline },
          }),
        ],
      ],
      [
        'where the definition is',
        [
          named(
            'a',
            { deno: { ...inline, parameters: { map: { x: '1', y: '2' } } } },
            'keptn-system',
          ),
        ],
      ],
      [
        'whether its parts are its own',
        [
          named('a', {
            deno: {
              functionRef: { name: 'b' },
              parameters: { map: { x: '1' } },
            },
          }),
          named('b', { deno: { ...inline, parameters: { map: { y: '2' } } } }),
        ],
      ],
    ])('does not depend on %s', (_name, definitions) => {
      expect(hashOf(...definitions)).toBe(plain);
    });

    it.each([
      [
        'code',
        {
          deno: {
            inline: { code: 'y' },
            parameters: { map: { x: '1', y: '2' } },
          },
        },
      ],
      [
        'a parameter',
        { deno: { ...inline, parameters: { map: { x: '1', y: '3' } } } },
      ],
      [
        'the runner',
        { python: { ...inline, parameters: { map: { x: '1', y: '2' } } } },
      ],
      [
        'retries',
        {
          deno: { ...inline, parameters: { map: { x: '1', y: '2' } } },
          retries: 1,
        },
      ],
    ])('depends on %s', (_name, spec) => {
      expect(hashOf(named('a', spec))).not.toBe(plain);
    });
  });

  it('does not answer with what a definition was before one of its references changed', () => {
    const own = named('a', refersTo('b'));
    const before = named('b', { deno: inline });
    const after = named('b', { python: inline });
    expect(effective(own, before).runner).toBe('deno');
    expect(effective(own, after).runner).toBe('python');
    expect(effective(own, before).runner).toBe('deno');
  });

  it('keeps a snapshot that runs the same without any reference', () => {
    const resolution = resolve(
      named('a', {
        deno: { functionRef: { name: 'b' }, parameters: { map: { x: '1' } } },
        retries: 0,
      }),
      named('b', {
        deno: {
          inline: { code: 'line 1\nline 2\n' },
          parameters: { map: { y: '2' } },
        },
      }),
    );
    if (resolution.state !== 'resolved') {
      throw new Error(resolution.message);
    }
    const snapshot = parse(resolution.snapshot);
    expect(snapshot).toEqual({
      apiVersion: 'lifecycle.keptn.sh/v1',
      kind: 'KeptnTaskDefinition',
      metadata: { name: 'a', namespace: 'shop' },
      spec: {
        deno: {
          inline: { code: 'line 1\nline 2\n' },
          parameters: { map: { x: '1', y: '2' } },
        },
        retries: 0,
      },
    });
    const again = resolve(snapshot);
    expect(again.state === 'resolved' && again.hash).toBe(resolution.hash);
  });
});
