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
import { aDefinition } from '../__testUtils__/builders';
import type { KeptnTaskDefinitionSpec } from '../resources';
import { functionConfigMap } from './functionConfigMap';
import { planDefinition } from './planDefinition';

const inline: KeptnTaskDefinitionSpec = { deno: { inline: { code: 'x' } } };
const http: KeptnTaskDefinitionSpec = {
  deno: { httpRef: { url: 'https://a' } },
};

function existing(code: string): V1ConfigMap {
  const configMap = functionConfigMap(aDefinition(inline), code);
  return {
    ...configMap,
    metadata: { ...configMap.metadata, uid: 'cm-1', resourceVersion: '5' },
  };
}

function foreign(
  data: Record<string, string>,
  metadata: V1ConfigMap['metadata'] = {},
): V1ConfigMap {
  return {
    metadata: {
      ...existing('').metadata,
      labels: {},
      ownerReferences: [],
      ...metadata,
    },
    data,
  };
}

const named = { function: { configMap: 'keptnfn-smoke' } };

describe('planDefinition', () => {
  it.each<{
    name: string;
    spec: KeptnTaskDefinitionSpec;
    configMap?: V1ConfigMap;
    actions: string[];
    status: object;
    problems?: number;
  }>([
    {
      name: 'makes the ConfigMap of inline code',
      spec: inline,
      actions: ['create-config-map'],
      status: named,
    },
    {
      name: 'leaves it alone when it is as it should be',
      spec: inline,
      configMap: existing('x'),
      actions: [],
      status: named,
    },
    {
      name: 'brings it up to date',
      spec: inline,
      configMap: existing('old'),
      actions: ['update-config-map'],
      status: named,
    },
    {
      name: 'D-14 never overwrites what others made',
      spec: inline,
      configMap: foreign({ code: 'theirs' }),
      actions: [],
      status: {},
      problems: 1,
    },
    {
      name: 'D-14 not even with equal code, when there is more to it',
      spec: inline,
      configMap: foreign({ code: 'x', other: 'y' }),
      actions: [],
      status: {},
      problems: 1,
    },
    {
      name: 'D-14 nor what belongs to somebody else',
      spec: inline,
      configMap: foreign(
        { code: 'x' },
        {
          ownerReferences: [
            { apiVersion: 'v1', kind: 'X', name: 'x', uid: 'x' },
          ],
        },
      ),
      actions: [],
      status: {},
      problems: 1,
    },
    {
      name: 'D-14 nor ours of a definition of the same name before',
      spec: inline,
      configMap: foreign(
        { code: 'old' },
        {
          labels: existing('').metadata!.labels,
          ownerReferences: [
            { ...existing('').metadata!.ownerReferences![0], uid: 'before' },
          ],
        },
      ),
      actions: [],
      status: {},
      problems: 1,
    },
    {
      name: 'D-14 adopts what Keptn made for this code',
      spec: inline,
      configMap: foreign({ code: 'x' }),
      actions: ['update-config-map'],
      status: named,
    },
    {
      name: 'D-15 takes it away when the code moves to a URL',
      spec: http,
      configMap: existing('x'),
      actions: ['delete-config-map'],
      status: {},
    },
    {
      name: 'D-15 but only its own',
      spec: http,
      configMap: foreign({ code: 'x' }),
      actions: [],
      status: {},
    },
    {
      name: 'reports the ConfigMap that a definition names',
      spec: { python: { configMapRef: { name: 'code' } } },
      actions: [],
      status: { function: { configMap: 'code' } },
    },
    {
      name: 'makes nothing for a container',
      spec: { container: { name: 'c', image: 'i' } },
      actions: [],
      status: {},
    },
    {
      name: 'D-17 says what is wrong',
      spec: { deno: {} },
      actions: [],
      status: {},
      problems: 1,
    },
  ])('$name', ({ spec, configMap, actions, status, problems = 0 }) => {
    const plan = planDefinition({ definition: aDefinition(spec), configMap });

    expect(plan.actions.map(({ type }) => type)).toEqual(actions);
    expect(plan.status).toEqual(status);
    expect(plan.problems).toHaveLength(problems);
    expect(plan.notices.map(({ message }) => message)).toEqual(plan.problems);
  });

  it('keeps what others wrote on its ConfigMap, and its version', () => {
    const { actions } = planDefinition({
      definition: aDefinition(inline),
      configMap: {
        ...existing('old'),
        metadata: { ...existing('old').metadata, annotations: { a: 'b' } },
      },
    });
    expect(actions).toEqual([
      {
        type: 'update-config-map',
        configMap: expect.objectContaining({
          metadata: expect.objectContaining({
            uid: 'cm-1',
            resourceVersion: '5',
            annotations: { a: 'b' },
          }),
          data: { code: 'x' },
        }),
      },
    ]);
  });

  it('cuts a long name as Keptn does', () => {
    const name = 'a'.repeat(253);
    const { status } = planDefinition({
      definition: aDefinition(inline, { name }),
    });
    expect(status.function!.configMap).toBe(`keptnfn-${'a'.repeat(245)}`);
  });
});
