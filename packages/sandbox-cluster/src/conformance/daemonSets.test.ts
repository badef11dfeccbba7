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

import { controllerRevisions, daemonSets, pods } from './support/paths';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import {
  anotherVersion,
  isObserved,
  ofApp,
  untilFits,
  workload,
} from './support/workloads';

const HASH = 'controller-revision-hash';

describe('A DaemonSet', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);

  const create = (name: string, podSpec = {}, spec = {}) =>
    api.post(daemonSets(namespace), workload('DaemonSet', name, spec, podSpec));
  const until = (name: string, fits: (set: any) => unknown) =>
    untilFits(api, daemonSets(namespace, name), `DaemonSet ${name}`, fits);
  const settled = (name: string) =>
    until(
      name,
      ({ status, metadata }) =>
        status.observedGeneration === metadata.generation &&
        status.desiredNumberScheduled > 0 &&
        status.updatedNumberScheduled === status.desiredNumberScheduled &&
        status.numberAvailable === status.desiredNumberScheduled,
    );
  const revisionsOf = (app: string) =>
    ofApp(api, controllerRevisions(namespace), app);

  it('wants no Pod where its template does not fit', async () => {
    await create('elsewhere', {
      nodeSelector: { 'conformance.example.test/none': 'none' },
    });
    const { status } = await until('elsewhere', isObserved);
    expect(status).toMatchObject({
      currentNumberScheduled: 0,
      desiredNumberScheduled: 0,
      numberMisscheduled: 0,
      numberReady: 0,
    });
    const [revision] = await revisionsOf('elsewhere');
    const hash = revision.metadata.labels[HASH];
    expect(revision).toMatchObject({
      metadata: { name: `elsewhere-${hash}` },
      revision: 1,
      data: { spec: { template: { $patch: 'replace' } } },
    });
  });

  describeWithPods('with Pods that run', () => {
    it('has one on each node, bound to it by name', async () => {
      await create('agent');
      const { status } = await settled('agent');
      const found = await ofApp(api, pods(namespace), 'agent');
      expect(found).toHaveLength(status.desiredNumberScheduled);
      const [revision] = await revisionsOf('agent');
      for (const { metadata, spec } of found) {
        expect(metadata.labels[HASH]).toBe(revision.metadata.labels[HASH]);
        expect(
          spec.affinity.nodeAffinity
            .requiredDuringSchedulingIgnoredDuringExecution,
        ).toEqual({
          nodeSelectorTerms: [
            {
              matchFields: [
                {
                  key: 'metadata.name',
                  operator: 'In',
                  values: [spec.nodeName],
                },
              ],
            },
          ],
        });
      }
    });

    it('replaces them when its template changes', async () => {
      await create('rolls');
      await settled('rolls');
      const before = await ofApp(api, pods(namespace), 'rolls');
      await api.patch(daemonSets(namespace, 'rolls'), anotherVersion('2'));
      await settled('rolls');
      expect(await revisionsOf('rolls')).toHaveLength(2);
      const uids = before.map(({ metadata }) => metadata.uid);
      const after = (await ofApp(api, pods(namespace), 'rolls')).filter(
        ({ metadata }) => !metadata.deletionTimestamp,
      );
      for (const { metadata } of after)
        expect(uids).not.toContain(metadata.uid);
    });
  });
});
