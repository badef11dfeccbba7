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

import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { resourcePath } from './support/paths';
import { useCluster } from './support/useCluster';

const DEPLOY = resolve(__dirname, '../../../../deploy');

/** Resource and scope of what the manifests hold. */
const RESOURCES: Record<string, string> = {
  CustomResourceDefinition: 'customresourcedefinitions',
  ClusterRole: 'clusterroles',
  MutatingAdmissionPolicy: 'mutatingadmissionpolicies',
  MutatingAdmissionPolicyBinding: 'mutatingadmissionpolicybindings',
  MutatingWebhookConfiguration: 'mutatingwebhookconfigurations',
};

/** Kinds that came later than the oldest version that the suite runs against. */
const SINCE: Record<string, number> = {
  MutatingAdmissionPolicy: 36,
  MutatingAdmissionPolicyBinding: 36,
};

const manifests = ['crds', 'gates', 'rbac']
  .flatMap(directory =>
    readdirSync(join(DEPLOY, directory))
      .filter(file => file.endsWith('.yaml'))
      .map(file => join(DEPLOY, directory, file)),
  )
  .flatMap(file => parseAllDocuments(readFileSync(file, 'utf8')))
  .map(document => document.toJS())
  .filter(object => object?.kind in RESOURCES);

// Dry runs: what the cluster already has stays as it is.
describe('The manifests of this repository', () => {
  const cluster = useCluster();
  const { api } = cluster;

  it('are there', () => {
    const kinds = new Set(manifests.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(Object.keys(RESOURCES).sort());
  });

  it.each(manifests.map(object => [object.kind, object.metadata.name, object]))(
    'are accepted without a warning: %s %s',
    async (kind, name, object) => {
      if (!cluster.since(SINCE[kind] ?? 0)) return;
      const answer = await api.patch(
        resourcePath(object.apiVersion, undefined, RESOURCES[kind], name),
        object,
        'apply',
        {
          query: {
            dryRun: 'All',
            fieldManager: 'conformance',
            fieldValidation: 'Strict',
            force: true,
          },
        },
      );
      expect(answer.body).toMatchObject({ kind, metadata: { name } });
      expect([200, 201]).toContain(answer.status);
      expect(answer.warnings).toEqual([]);
    },
  );
});
