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

import type { V1ConfigMap } from '@kubernetes/client-node';
import { aDefinition, aTask, resolved } from '../__testUtils__/builders';
import { functionConfigMap } from '../definition/functionConfigMap';
import { jobName } from '../names';
import { codeConfigMapKey, codeForTask } from './codeForTask';

const inline = { deno: { inline: { code: 'x' } } };
const fromConfigMap = { deno: { configMapRef: { name: 'code' } } };
const shared = { namespace: 'keptn-system' };

function look(
  definition: ReturnType<typeof aDefinition>,
  configMap?: V1ConfigMap,
) {
  const resolution = resolved(definition);
  if (resolution.state !== 'resolved') {
    throw new Error(resolution.message);
  }
  return {
    key: codeConfigMapKey(resolution.effective, 'shop'),
    code: codeForTask(aTask(), resolution.effective, configMap),
  };
}

describe('codeForTask', () => {
  it('mounts the ConfigMap of inline code', () => {
    const definition = aDefinition(inline);
    expect(look(definition, functionConfigMap(definition, 'x'))).toEqual({
      key: { namespace: 'shop', name: 'keptnfn-smoke' },
      code: { state: 'ready', configMapName: 'keptnfn-smoke', actions: [] },
    });
  });

  it('makes it when the task is faster than its definition', () => {
    expect(look(aDefinition(inline)).code).toMatchObject({
      configMapName: 'keptnfn-smoke',
      actions: [{ type: 'create-config-map' }],
    });
  });

  it('never runs code that somebody put under its name', () => {
    const theirs = { metadata: {}, data: { code: 'rm -rf /' } };
    expect(look(aDefinition(inline), theirs).code).toMatchObject({
      state: 'waiting',
      reason: 'DefinitionInvalid',
      message:
        'ConfigMap shop/keptnfn-smoke was not made for this definition and is left alone; delete it or rename the definition.',
    });
  });

  it('D-09 copies shared inline code beside the Job', () => {
    const { key, code } = look(aDefinition(inline, shared));
    expect(key).toBeUndefined();
    expect(code).toMatchObject({
      state: 'ready',
      configMapName: expect.stringMatching(
        new RegExp(`^${jobName(aTask())}-[0-9a-f]{8}$`),
      ),
      actions: [
        {
          type: 'create-config-map',
          configMap: {
            metadata: {
              namespace: 'shop',
              ownerReferences: [{ kind: 'KeptnTask', name: 'smoke-1' }],
            },
            data: { code: 'x' },
          },
        },
      ],
    });
  });

  it('D-09 copies a shared ConfigMap beside the Job', () => {
    const { key, code } = look(aDefinition(fromConfigMap, shared), {
      data: { code: 'theirs', other: 'y' },
    });
    expect(key).toEqual({ namespace: 'keptn-system', name: 'code' });
    expect(code).toMatchObject({
      actions: [{ configMap: { data: { code: 'theirs' } } }],
    });
  });

  it('mounts a ConfigMap beside the task as it is', () => {
    expect(
      look(aDefinition(fromConfigMap), { data: { code: 'x' } }).code,
    ).toEqual({ state: 'ready', configMapName: 'code', actions: [] });
  });

  it.each([
    [
      undefined,
      'ConfigMapMissing',
      'ConfigMap shop/code does not exist; the code of definition smoke comes from it.',
    ],
    [
      { data: {} },
      'ConfigMapKeyMissing',
      'ConfigMap shop/code has no key "code"; the code of definition smoke must be there.',
    ],
  ])('D-18 says what is missing: %j', (configMap, reason, message) => {
    expect(look(aDefinition(fromConfigMap), configMap).code).toEqual({
      state: 'waiting',
      reason,
      message,
    });
  });

  it('needs nothing for a URL', () => {
    expect(
      look(aDefinition({ deno: { httpRef: { url: 'https://a' } } })),
    ).toEqual({
      key: undefined,
      code: { state: 'ready', actions: [] },
    });
  });
});
