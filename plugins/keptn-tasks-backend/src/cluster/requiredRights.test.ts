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

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { requiredRights } from './requiredRights';

const FOLDER = resolve(__dirname, '../../../../deploy/rbac');

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
  resourceNames?: string[];
}

/** Each right as one line. */
function granted(mode: string): string[] {
  return parseAllDocuments(readFileSync(`${FOLDER}/${mode}.yaml`, 'utf8'))
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
    expect(granted(mode)).toEqual([...new Set(needed)].sort());
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
