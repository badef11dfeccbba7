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

import { aComponent } from '../__testUtils__/testPortal';
import {
  entityScope,
  placesOf,
  releasePlacesOf,
  scopeCovers,
  scopeCoversRelease,
} from './entityScope';
import type { ClusterReach, NamespaceRule } from './reach';

const aReach = (
  cluster: string,
  ...namespaces: NamespaceRule[]
): ClusterReach => ({
  cluster,
  keptnNamespace: 'keptn-system',
  at: `keptnTasks.clusters[${cluster}]`,
  namespaces,
});
const everything = aReach('eu-1', { name: '*' });

const placesFor = (
  annotations: Record<string, string>,
  ...reaches: ClusterReach[]
) =>
  placesOf(entityScope(aComponent('checkout', annotations), reaches)).map(
    ({ cluster, namespace }) => `${cluster}/${namespace}`,
  );

describe('entityScope', () => {
  it.each<[string, Record<string, string>, string[]]>([
    [
      'targets',
      { 'keptn-tasks/targets': ' eu-1/shop , us-1/shop,' },
      ['eu-1/shop', 'us-1/shop'],
    ],
    [
      'a bare namespace: every cluster that allows it',
      { 'keptn-tasks/targets': 'shop' },
      ['eu-1/shop', 'us-1/shop'],
    ],
    [
      'a target named twice',
      { 'keptn-tasks/targets': 'eu-1/shop,shop' },
      ['eu-1/shop', 'us-1/shop'],
    ],
    [
      "Backstage's own annotations",
      {
        'backstage.io/kubernetes-namespace': 'shop',
        'backstage.io/kubernetes-cluster': 'us-1',
      },
      ['us-1/shop'],
    ],
    [
      'their namespace alone',
      { 'backstage.io/kubernetes-namespace': 'shop' },
      ['eu-1/shop', 'us-1/shop'],
    ],
    [
      'targets before them',
      {
        'keptn-tasks/targets': 'eu-1/shop',
        'backstage.io/kubernetes-namespace': 'other',
      },
      ['eu-1/shop'],
    ],
    ['nothing', {}, []],
  ])('goes where the annotations say: %s', (_, annotations, places) => {
    expect(
      placesFor(annotations, everything, aReach('us-1', { name: 'shop' })),
    ).toEqual(places);
  });

  it.each<[string, NamespaceRule[], string, boolean]>([
    ['nothing is open by itself', [], 'shop', false],
    ['a name', [{ name: 'shop' }], 'shop', true],
    ['another name', [{ name: 'shop' }], 'shop-staging', false],
    ['a pattern', [{ name: 'shop-*' }], 'shop-staging', true],
    [
      'a pattern never opens the namespaces of the cluster',
      [{ name: '*' }],
      'kube-system',
      false,
    ],
    [
      'a pattern opens namespaces only, no paths',
      [{ name: 'shop*' }],
      'shop/../kube-system',
      false,
    ],
    ['nor the one of Keptn', [{ name: '*' }], 'keptn-system', false],
    ['unless they are named', [{ name: 'keptn-system' }], 'keptn-system', true],
    [
      'the owner',
      [{ name: 'shop', owners: ['group:default/shop-team'] }],
      'shop',
      true,
    ],
    [
      'another owner',
      [{ name: 'shop', owners: ['group:default/pay-team'] }],
      'shop',
      false,
    ],
    ['no owner at all', [{ name: 'shop', owners: [] }], 'shop', false],
    [
      'rules that add up',
      [
        { name: 'shop', owners: [] },
        { name: 'sh*', owners: ['group:default/shop-team'] },
      ],
      'shop',
      true,
    ],
  ])(
    'goes no further than the configuration: %s',
    (_, rules, namespace, allowed) => {
      const annotations = { 'keptn-tasks/targets': `eu-1/${namespace}` };
      expect(placesFor(annotations, aReach('eu-1', ...rules))).toHaveLength(
        allowed ? 1 : 0,
      );
    },
  );

  it.each<[string | undefined, string[] | undefined, string[] | undefined]>([
    [undefined, undefined, undefined],
    ['smoke-*, report', undefined, ['smoke-*', 'report']],
    [undefined, ['smoke-*'], ['smoke-*']],
    ['smoke-test, migrate', ['smoke-*'], ['smoke-test']],
    ['smoke-*', ['smoke-test', 'report'], ['smoke-test']],
    ['s*', ['smoke-*'], ['smoke-*']],
    ['migrate', ['smoke-*'], []],
  ])(
    'runs definitions that both sides allow: %p and %p',
    (wanted, allowed, result) => {
      const entity = aComponent('checkout', {
        'keptn-tasks/targets': 'eu-1/shop',
        ...(wanted ? { 'keptn-tasks/definitions': wanted } : {}),
      });
      const scope = entityScope(entity, [
        aReach('eu-1', { name: 'shop', definitions: allowed }),
      ]);
      expect(scope.targets[0].definitions).toEqual(result);
    },
  );

  it.each<[string, Record<string, string>, ClusterReach[], RegExp]>([
    [
      'no cluster',
      { 'keptn-tasks/targets': 'eu-1/shop' },
      [],
      /No cluster is configured/,
    ],
    [
      'no annotation',
      {},
      [everything],
      /add the annotation keptn-tasks\/targets/,
    ],
    [
      'an unknown cluster',
      { 'keptn-tasks/targets': 'mars/shop' },
      [everything],
      /no cluster 'mars'.*there is eu-1/,
    ],
    [
      'a closed namespace',
      { 'keptn-tasks/targets': 'shop' },
      [aReach('eu-1')],
      /can add it to keptnTasks\.clusters\[eu-1\]\.namespaces/,
    ],
  ])('says why it reaches nothing: %s', (_, annotations, reaches, problem) => {
    expect(
      entityScope(aComponent('checkout', annotations), reaches).problem,
    ).toMatch(problem);
  });

  it('covers what belongs to its workload and app', () => {
    const scope = entityScope(
      aComponent('checkout', {
        'keptn-tasks/targets': 'eu-1/shop',
        'keptn.sh/app': 'shop',
        'keptn.sh/workload': 'checkout',
      }),
      [everything],
    );
    const run = { cluster: 'eu-1', namespace: 'shop', definition: 'x' };
    const names = { appName: 'shop', workloadName: 'checkout' };
    expect(scopeCovers(scope, { ...run, ...names })).toBe(true);
    expect(scopeCovers(scope, { ...run, ...names, workloadName: 'cart' })).toBe(
      false,
    );
    expect(scopeCovers(scope, { ...run, ...names, namespace: 'stg' })).toBe(
      false,
    );
    expect(scopeCovers(scope, run)).toBe(false);
  });

  const scopeWith = (annotations: Record<string, string>) =>
    entityScope(
      aComponent('checkout', {
        'keptn-tasks/targets': 'eu-1/shop',
        ...annotations,
      }),
      [aReach('eu-1', { name: 'shop', definitions: ['smoke-*'] })],
    );

  it.each<[string, Record<string, string>, string[], string[]]>([
    [
      'nothing: everything',
      {},
      ['shop', 'pay'],
      ['shop-checkout', 'pay-api', 'mail-mail'],
    ],
    [
      'an app: all of it',
      { 'keptn.sh/app': 'shop' },
      ['shop'],
      ['shop-checkout'],
    ],
    [
      'a workload by its own name, with its app',
      { 'keptn.sh/app': 'shop', 'keptn.sh/workload': 'checkout' },
      ['shop'],
      ['shop-checkout'],
    ],
    [
      'names as they stand in a manifest',
      { 'keptn.sh/app': 'Shop', 'keptn.sh/workload': 'Checkout' },
      ['shop'],
      ['shop-checkout'],
    ],
    [
      'a workload by its full name',
      { 'keptn.sh/workload': 'shop-checkout' },
      ['shop'],
      ['shop-checkout'],
    ],
    [
      'a workload by its full name, with its app',
      { 'keptn.sh/app': 'shop', 'keptn.sh/workload': 'shop-checkout' },
      ['shop'],
      ['shop-checkout'],
    ],
    [
      'a workload that is an app of its own',
      { 'keptn.sh/workload': 'mail' },
      [],
      ['mail-mail'],
    ],
    [
      'a workload of another app',
      { 'keptn.sh/app': 'pay', 'keptn.sh/workload': 'checkout' },
      ['pay'],
      [],
    ],
  ])(
    'covers releases that the annotations name, whichever definitions it may run: %s',
    (_, annotations, apps, workloads) => {
      const scope = scopeWith(annotations);
      const place = { cluster: 'eu-1', namespace: 'shop' };
      const covered = (namespace = 'shop') => [
        ['shop', 'pay'].filter(appName =>
          scopeCoversRelease(scope, {
            ...place,
            namespace,
            kind: 'app',
            appName,
          }),
        ),
        ['shop-checkout', 'pay-api', 'mail-mail'].filter(workloadName =>
          scopeCoversRelease(scope, {
            ...place,
            namespace,
            kind: 'workload',
            appName: workloadName.split('-')[0],
            workloadName,
          }),
        ),
      ];
      expect(covered()).toEqual([apps, workloads]);
      expect(covered('elsewhere')).toEqual([[], []]);
      expect(releasePlacesOf(scope).every(one => !('definitions' in one))).toBe(
        true,
      );
    },
  );

  it('covers runs of a workload under either of its names', () => {
    const scope = scopeWith({
      'keptn.sh/app': 'shop',
      'keptn.sh/workload': 'checkout',
    });
    const run = {
      cluster: 'eu-1',
      namespace: 'shop',
      definition: 'smoke-test',
      appName: 'shop',
    };
    expect(
      ['checkout', 'shop-checkout', 'cart', 'shop-cart'].filter(workloadName =>
        scopeCovers(scope, { ...run, workloadName }),
      ),
    ).toEqual(['checkout', 'shop-checkout']);
  });
});
