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

import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { requiredRights } from './requiredRights';
import type { Kind } from './resourceKinds';
import { KINDS } from './resourceKinds';

const DEPLOY = resolve(__dirname, '../../../../deploy');

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
  resourceNames?: string[];
}

/** Each right as one line. */
function granted(manifest: string): string[] {
  return parseAllDocuments(readFileSync(`${DEPLOY}/${manifest}.yaml`, 'utf8'))
    .map(document => document.toJS())
    .filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole')
    .flatMap(({ kind, rules }) =>
      rules.flatMap(({ apiGroups, resources, verbs, resourceNames }: Rule) =>
        apiGroups.flatMap(group =>
          resources.flatMap(resource =>
            verbs.map(verb =>
              line(group, resource, verb, kind === 'Role', resourceNames?.[0]),
            ),
          ),
        ),
      ),
    )
    .sort();
}

function line(
  group: string,
  resource: string,
  verb: string,
  here: boolean,
  name = '',
) {
  return `${verb} ${resource}.${group} ${name}${
    here ? ' in the Keptn namespace' : ''
  }`;
}

describe.each(['reconcile', 'observe'] as const)('rights to %s', mode => {
  it('are granted by the manifest, and no others', () => {
    const needed = requiredRights(mode).flatMap(
      ({ group, resource, verbs, where, name }) =>
        verbs.map(verb =>
          line(group, resource, verb, where !== undefined, name),
        ),
    );
    expect(granted(`rbac/${mode}`)).toEqual([...new Set(needed)].sort());
  });
});

it('observing needs no right to change anything but to create tasks', () => {
  const changing = requiredRights('observe').flatMap(({ resource, verbs }) =>
    verbs
      .filter(verb => !['get', 'list', 'watch'].includes(verb))
      .map(verb => `${verb} ${resource}`),
  );
  expect(changing).toEqual(['create keptntasks']);
});

it("of Kubernetes' own objects releasing changes Pods alone", () => {
  const ours = ['lifecycle.keptn.sh', 'batch', 'coordination.k8s.io'];
  const changing = requiredRights('reconcile')
    .filter(({ group }) => !ours.includes(group))
    .flatMap(({ resource, verbs }) =>
      verbs
        .filter(verb => !['get', 'list', 'watch'].includes(verb))
        .map(verb => `${verb} ${resource}`),
    );
  expect(changing.sort()).toEqual([
    'create configmaps',
    'create events',
    'delete configmaps',
    'patch pods',
    'update configmaps',
  ]);
});

it('nothing is asked for on kinds that the cluster does not serve', () => {
  const plain = requiredRights('reconcile', {
    releases: false,
    rollouts: false,
    metrics: false,
    keptnConfigs: false,
    mutatingPolicies: false,
  }).map(({ resource }) => resource);
  expect(plain).toContain('keptntasks');
  expect(plain).not.toContain('keptnapps');
  expect(plain).not.toContain('rollouts');
  expect(plain).not.toContain('keptnmetrics');
  expect(plain).not.toContain('mutatingadmissionpolicies');
});

it('a tasks-only cluster needs no right that releases alone need', () => {
  const vital = requiredRights('reconcile').filter(right => right.vital);
  expect(vital.map(({ resource }) => resource)).not.toContain('keptnapps');
  expect(vital.filter(right => right.served)).toEqual([]);
});

describe('what the code does to the cluster', () => {
  const VERBS: Record<string, string[]> = {
    get: ['get'],
    list: ['list'],
    create: ['create'],
    replace: ['update'],
    patch: ['patch'],
    patchStatus: ['patch'],
    delete: ['delete'],
  };
  const files = ['cluster', 'controllers', 'service'].flatMap(folder =>
    readdirSync(resolve(__dirname, '..', folder), { recursive: true })
      .map(String)
      .filter(file => file.endsWith('.ts') && !file.includes('.test.'))
      .map(file => resolve(__dirname, '..', folder, file)),
  );
  /** Calls of a client that name the kind: `client.patch('Pod', …)`. */
  const calls = files.flatMap(file =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /client\s*\.(get|list|create|replace|patch|patchStatus|delete)\(\s*'(\w+)'/gi,
      ),
    ].map(([, method, kind]) => `${method} ${kind}`),
  );

  it.each([...new Set(calls)].sort())('%s: is granted', call => {
    const [method, kind] = call.split(' ');
    const { group, resource } = KINDS[kind as Kind];
    const part = method === 'patchStatus' ? `${resource}/status` : resource;
    const granting = requiredRights('reconcile')
      .filter(right => right.group === group && right.resource === part)
      .flatMap(({ verbs }) => verbs);
    expect(granting).toEqual(expect.arrayContaining(VERBS[method]));
  });

  const watched = files
    .filter(file => file.endsWith('Watches.ts'))
    .flatMap(file =>
      [...readFileSync(file, 'utf8').matchAll(/kind: '(\w+)'/g)].map(
        ([, kind]) => kind,
      ),
    )
    // The webhook's certificate, below.
    .filter(kind => kind !== 'Secret');

  it.each([...new Set(watched)].sort())('watch %s: is granted', kind => {
    const { group, resource } = KINDS[kind as Kind];
    const granting = requiredRights('reconcile')
      .filter(right => right.group === group && right.resource === resource)
      .flatMap(({ verbs }) => verbs);
    expect(granting).toEqual(expect.arrayContaining(['list', 'watch']));
  });

  it('to Secrets it does nothing but read the certificate of its webhook, with a right of its own', () => {
    expect(
      requiredRights('reconcile').filter(
        ({ resource }) => resource === 'secrets',
      ),
    ).toEqual([]);
    expect(granted('gates/webhook-certificate')).toEqual(
      ['get', 'list', 'watch'].map(verb =>
        line('', 'secrets', verb, true, 'backstage-keptn-gate'),
      ),
    );
  });
});
