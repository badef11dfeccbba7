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

import type { KeptnTask } from '../resources';
import { triggerOf } from './triggerOf';

function aTask(metadata: Partial<KeptnTask['metadata']>): KeptnTask {
  return {
    apiVersion: 'lifecycle.keptn.sh/v1',
    kind: 'KeptnTask',
    metadata: { name: 'check', namespace: 'shop', uid: 'u', ...metadata },
    spec: { taskDefinition: 'check', context: { taskType: 'pre' } },
  };
}

describe('triggerOf', () => {
  it.each([
    ['kubectl-client-side-apply', 'kubectl'],
    ['kubectl-create', 'kubectl'],
    ['kubectl', 'kubectl'],
    ['argocd-controller', 'argocd'],
    ['kustomize-controller', 'kustomize-controller'],
    ['kubectler', 'kubectler'],
  ])('knows the program that created a task as %s', (manager, by) => {
    expect(
      triggerOf(
        aTask({ managedFields: [{ manager }, { manager: 'somebody-else' }] }),
      ),
    ).toEqual({ source: 'cluster', by });
  });

  it('tells the creator from those who changed the task or its status', () => {
    const at = (seconds: number) => new Date(seconds * 1000);
    expect(
      triggerOf(
        aTask({
          managedFields: [
            { manager: 'portal', time: at(1), subresource: 'status' },
            { manager: 'flux', operation: 'Apply', time: at(9) },
            { manager: 'kubectl-create', operation: 'Update', time: at(5) },
          ],
        }),
      ),
    ).toEqual({ source: 'cluster', by: 'kubectl' });
  });

  it('names nobody where the cluster keeps no field managers', () => {
    expect(triggerOf(aTask({}))).toEqual({ source: 'cluster', by: undefined });
  });

  it('knows a task of a release by its controller, not by its context', () => {
    const owner = { apiVersion: 'lifecycle.keptn.sh/v1', name: 'v', uid: 'o' };
    expect(
      triggerOf(
        aTask({
          ownerReferences: [
            { ...owner, kind: 'KeptnWorkloadVersion', controller: true },
          ],
        }),
      ),
    ).toEqual({ source: 'release' });
  });
});
