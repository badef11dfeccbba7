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

import type { V1PodTemplateSpec } from '@kubernetes/client-node';
import { identify, workloadNameOf } from './identify';
import type { Words } from './keys';
import { lookUp } from './keys';

function aTemplate(
  annotations: Record<string, string> = {},
  labels: Record<string, string> = {},
  containers: object[] = [{ name: 'web', image: 'nginx:1.27' }],
): V1PodTemplateSpec {
  return {
    metadata: { annotations, labels },
    spec: { containers: containers as any },
  };
}

const NAMED = { 'keptn.sh/workload': 'cart' };
const of = (annotations: Record<string, string>, more?: object[]) =>
  identify({ template: aTemplate({ ...NAMED, ...annotations }, {}, more) });

describe('lookUp', () => {
  const everywhere: Words = {
    annotations: { 'keptn.sh/app': 'a1', 'app.kubernetes.io/part-of': 'a3' },
    labels: { 'keptn.sh/app': 'a2', 'app.kubernetes.io/part-of': 'a4' },
  };
  const without = (...gone: [keyof Words, string][]): Words => {
    const words = structuredClone(everywhere);
    gone.forEach(([map, key]) => delete words[map]![key]);
    return words;
  };

  it.each<[string, Words, string | undefined]>([
    ["Keptn's annotation first", everywhere, 'a1'],
    ["then Keptn's label", without(['annotations', 'keptn.sh/app']), 'a2'],
    [
      'then the common annotation',
      without(['annotations', 'keptn.sh/app'], ['labels', 'keptn.sh/app']),
      'a3',
    ],
    [
      'then the common label',
      { labels: { 'app.kubernetes.io/part-of': 'a4' } },
      'a4',
    ],
    [
      'past what is empty',
      {
        annotations: { 'keptn.sh/app': ' ' },
        labels: { 'app.kubernetes.io/part-of': 'a4' },
      },
      'a4',
    ],
    ['nothing where there is nothing', {}, undefined],
  ])('takes %s', (_name, words, value) => {
    expect(lookUp(words, 'app')).toBe(value);
  });
});

describe('identify', () => {
  it('tells nothing against words that an admission policy carried from the workload to its template', () => {
    const controller = {
      annotations: {
        ...NAMED,
        'keptn.sh/pre-deployment-tasks': 'check',
        'keptn.sh/odd': 'x',
      },
    };
    const template = aTemplate({
      ...controller.annotations,
      'keptn.sh/version': '',
      'keptn-tasks/carried': 'true',
    });
    const { identity, problems } = identify({ template, controller });
    expect(identity?.checks.preDeploymentTasks).toEqual(['check']);
    expect(problems).toEqual([expect.stringContaining('keptn.sh/odd')]);
  });

  it('reads a workload with everything from its Pod template', () => {
    expect(
      of({
        'keptn.sh/app': 'shop',
        'keptn.sh/version': '3.4.5',
        'keptn.sh/pre-deployment-tasks': 'pre-check',
        'keptn.sh/post-deployment-tasks': 'post-note,load',
        'keptn.sh/pre-deployment-evaluations': 'slo',
        'keptn.sh/post-deployment-evaluations': 'slo-after',
        'keptn.sh/metadata': 'branch=main,commit=abc123',
      }),
    ).toEqual({
      identity: {
        appName: 'shop',
        isSingleService: false,
        workloadName: 'shop-cart',
        version: '3.4.5',
        checks: {
          preDeploymentTasks: ['pre-check'],
          postDeploymentTasks: ['post-note', 'load'],
          preDeploymentEvaluations: ['slo'],
          postDeploymentEvaluations: ['slo-after'],
        },
        metadata: { branch: 'main', commit: 'abc123' },
      },
      problems: [],
    });
  });

  it('D-47 takes the recommended labels of Kubernetes for names', () => {
    const { identity } = identify({
      template: aTemplate(
        {},
        {
          'app.kubernetes.io/name': 'podtato-head-hat',
          'app.kubernetes.io/part-of': 'podtato-head',
          'app.kubernetes.io/version': '0.3.0',
        },
      ),
    });
    expect(identity).toMatchObject({
      appName: 'podtato-head',
      workloadName: 'podtato-head-podtato-head-hat',
      version: '0.3.0',
    });
  });

  it('leaves alone what says no name', () => {
    expect(identify({ template: aTemplate() })).toEqual({ problems: [] });
    expect(identify({ template: undefined })).toEqual({ problems: [] });
  });

  it('makes a workload that names no app an app of its own', () => {
    expect(
      identify({ template: aTemplate({ 'keptn.sh/workload': 'My_Cart' }) })
        .identity,
    ).toMatchObject({
      appName: 'my-cart',
      isSingleService: true,
      workloadName: 'my-cart-my-cart',
    });
  });

  it('reads the metadata of the controller where the Pod template says no name', () => {
    const { identity, problems } = identify({
      template: aTemplate(),
      controller: {
        annotations: {
          'keptn.sh/workload': 'cart',
          'keptn.sh/version': '2',
          'keptn.sh/pre-deployment-tasks': 'check',
        },
      },
    });
    expect(identity).toMatchObject({
      workloadName: 'cart-cart',
      version: '2',
      checks: { preDeploymentTasks: ['check'] },
    });
    expect(problems).toEqual([]);
  });

  it('reads the Pod template alone where it says a name, and says what is not read', () => {
    const { identity, problems } = identify({
      template: aTemplate(NAMED),
      controller: {
        annotations: { 'keptn.sh/pre-deployment-tasks': 'check' },
      },
    });
    expect(identity?.checks).toEqual({});
    expect(problems).toEqual([
      'keptn.sh/pre-deployment-tasks on the workload itself is not read, because the Pod template names the workload; move it to the Pod template.',
    ]);
  });

  it('spells versions in lower case', () => {
    expect(of({ 'keptn.sh/version': 'V1.0-RC' }).identity?.version).toBe(
      'v1.0-rc',
    );
  });

  it('D-62 keeps the text of a version that no object can be called', () => {
    expect(of({ 'keptn.sh/version': '1.0.0+b/7 x' })).toMatchObject({
      identity: { version: '1.0.0+b/7 x' },
      problems: [],
    });
  });

  it('D-41 trims blanks and leaves empty elements out, with a word', () => {
    const { identity, problems } = of({
      'keptn.sh/pre-deployment-tasks': 'a, b ,, c',
    });
    expect(identity?.checks.preDeploymentTasks).toEqual(['a', 'b', 'c']);
    expect(problems).toEqual([
      expect.stringContaining(
        'keptn.sh/pre-deployment-tasks has an empty element',
      ),
    ]);
  });

  it('D-42 takes the first = of a metadata pair', () => {
    expect(
      of({ 'keptn.sh/metadata': 'url=https://x?a=b, team = blue ,empty=' }),
    ).toMatchObject({
      identity: {
        metadata: { url: 'https://x?a=b', team: 'blue', empty: '' },
      },
      problems: [],
    });
  });

  it.each([
    [
      'an unknown key, and lists the known ones',
      { 'keptn.sh/pre-deployment-task': 'check' },
      /^keptn\.sh\/pre-deployment-task is not a key that is known.*keptn\.sh\/pre-deployment-tasks, /,
    ],
    [
      'a key of the namespace',
      { 'keptn.sh/lifecycle-toolkit': 'enabled' },
      /belongs to the annotations of the namespace/,
    ],
    ['an empty name', { 'keptn.sh/app': '' }, /^keptn\.sh\/app is empty/],
    [
      'metadata without =',
      { 'keptn.sh/metadata': 'a=b,broken' },
      /contains 'broken', which is left out/,
    ],
    [
      'a workload name that no object can have',
      { 'keptn.sh/workload': 'my cart' },
      /'my cart', which no object can be called; the workload is looked after as my-cart-[0-9a-f]{8}-my-cart-[0-9a-f]{8}\./,
    ],
    [
      'an app name that no object can have',
      { 'keptn.sh/app': 'the shop' },
      /'the shop', which no object can be called; the app is looked after as the-shop-[0-9a-f]{8}\./,
    ],
    [
      'a container that is not there',
      { 'keptn.sh/container': 'wbe' },
      /names container 'wbe'.*its containers are web\./,
    ],
    [
      'a definition name that no definition can have',
      { 'keptn.sh/post-deployment-tasks': 'Send Mail' },
      /lists 'Send Mail', which no definition can be called/,
    ],
    [
      'an empty definition name',
      { 'keptn.sh/post-deployment-tasks': ',' },
      /has an empty element/,
    ],
  ])('says %s in one sentence, and goes on', (_name, annotations, sentence) => {
    const { identity, problems } = of({
      'keptn.sh/pre-deployment-tasks': 'check',
      ...annotations,
    });
    expect(problems).toEqual([expect.stringMatching(sentence)]);
    expect(identity?.checks.preDeploymentTasks).toEqual(['check']);
  });

  it('keeps a check whose name no definition can have, so that it is not passed over', () => {
    expect(
      of({ 'keptn.sh/pre-deployment-tasks': 'Send Mail' }).identity?.checks,
    ).toEqual({ preDeploymentTasks: ['Send Mail'] });
  });

  it('says when checks have no effect because the workload says no name', () => {
    const { identity, problems } = identify({
      template: aTemplate({ 'keptn.sh/pre-deployment-tasks': 'check' }),
      controller: { annotations: { 'keptn.sh/workload': '' } },
    });
    expect(identity).toBeUndefined();
    expect(problems).toEqual([
      expect.stringContaining('keptn.sh/workload is empty'),
      expect.stringContaining(
        'keptn.sh/pre-deployment-tasks has no effect because the workload has no name',
      ),
    ]);
  });

  it('finds the name of a workload without the rest', () => {
    expect(workloadNameOf({ template: aTemplate(NAMED) })).toBe('cart-cart');
    expect(workloadNameOf({ template: aTemplate() })).toBeUndefined();
  });
});

describe('version', () => {
  const web = (image: string) => [{ name: 'web', image }];

  it("is Keptn's hash of names, images and environment", () => {
    const containers = [
      {
        name: 'web',
        image: 'nginx:1.27',
        env: [{ name: 'LOG_LEVEL', value: 'debug' }],
      },
      { name: 'sidecar', image: 'envoy:1.30' },
    ];
    expect(of({}, containers).identity?.version).toBe('3582506179');
  });

  it('counts of a value from elsewhere only its name', () => {
    const env = (entry: object) => [
      { name: 'web', image: 'nginx', env: [{ name: 'A', ...entry }] },
    ];
    const secret = { valueFrom: { secretKeyRef: { name: 's', key: 'k' } } };
    expect(of({}, env(secret)).identity?.version).toBe(
      of({}, env({})).identity?.version,
    );
  });

  it('D-40 is the image tag only of a container that is named, also when there is just one', () => {
    const one = web('ghcr.io/example/cart:2.0.1');
    expect(of({}, one).identity?.version).toMatch(/^\d+$/);
    expect(of({ 'keptn.sh/container': 'web' }, one).identity?.version).toBe(
      '2.0.1',
    );
  });

  it.each(['nginx', 'nginx:latest', 'nginx:'])(
    'is the hash where image %s says nothing',
    image => {
      expect(
        of({ 'keptn.sh/container': 'web' }, web(image)).identity?.version,
      ).toBe(of({}, web(image)).identity?.version);
    },
  );

  it('goes before what the container says', () => {
    expect(
      of({ 'keptn.sh/container': 'web', 'keptn.sh/version': '7' }).identity
        ?.version,
    ).toBe('7');
  });
});
