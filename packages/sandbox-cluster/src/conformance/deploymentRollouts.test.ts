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

import { untilGone } from './support/eventually';
import { eventOf } from './support/eventsOf';
import { deployments, pods, replicaSets } from './support/paths';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import {
  anotherVersion,
  conditionOf,
  isRolledOut,
  ofApp,
  openGates,
  untilFits,
  workload,
} from './support/workloads';

const REVISION = 'deployment.kubernetes.io/revision';

describeWithPods('The Pods of a Deployment', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);

  const create = (name: string, spec = {}, podSpec = {}) =>
    api.post(
      deployments(namespace),
      workload('Deployment', name, spec, podSpec),
    );
  const patch = (name: string, body: Record<string, any>) =>
    api.patch(deployments(namespace, name), body);
  const until = (name: string, fits: (deployment: any) => unknown) =>
    untilFits(api, deployments(namespace, name), `Deployment ${name}`, fits);
  const setsOf = async (app: string) => {
    const sets = await ofApp(api, replicaSets(namespace), app);
    return sets.sort(
      (a, b) =>
        Number(a.metadata.annotations[REVISION]) -
        Number(b.metadata.annotations[REVISION]),
    );
  };

  it('has them run, and says so', async () => {
    await create('runs', { replicas: 2 });
    const deployment = await until(
      'runs',
      found =>
        isRolledOut(found) &&
        conditionOf(found, 'Progressing') === 'True NewReplicaSetAvailable',
    );
    expect(conditionOf(deployment, 'Available')).toBe(
      'True MinimumReplicasAvailable',
    );
    expect(deployment.status).toMatchObject({ readyReplicas: 2 });
    expect(deployment.status.unavailableReplicas).toBeUndefined();
    const [set] = await setsOf('runs');
    expect(set.status).toMatchObject({
      replicas: 2,
      fullyLabeledReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      observedGeneration: set.metadata.generation,
    });
    const { message } = await eventOf(
      api,
      namespace,
      'Deployment',
      'runs',
      'ScalingReplicaSet',
    );
    expect(message).toMatch(/^Scaled up replica set runs-\w+ (from 0 )?to 2$/);
  });

  it('replaces them while enough of them work', async () => {
    await create('rolls', { replicas: 3 });
    await until('rolls', isRolledOut);
    const watch = await api.watch(deployments(namespace));
    await patch('rolls', anotherVersion('2'));
    await until('rolls', isRolledOut);
    watch.stop();
    const states = watch.events
      .map(({ object }) => object)
      .filter(({ metadata }) => metadata.name === 'rolls');
    for (const { status } of states) {
      expect(status.replicas).toBeLessThanOrEqual(4);
      expect(status.availableReplicas).toBeGreaterThanOrEqual(3);
    }
    const sets = await setsOf('rolls');
    expect(sets.map(({ spec }) => spec.replicas)).toEqual([0, 3]);
  });

  it('keeps the old ones while new ones cannot start', async () => {
    await create('stuck', { replicas: 1, progressDeadlineSeconds: 3 });
    await until('stuck', isRolledOut);
    await patch('stuck', {
      spec: {
        template: {
          spec: {
            containers: [{ name: 'main', image: 'registry.invalid/none:1' }],
          },
        },
      },
    });
    const deployment = await until(
      'stuck',
      found =>
        conditionOf(found, 'Progressing') === 'False ProgressDeadlineExceeded',
    );
    expect(deployment.status).toMatchObject({
      replicas: 2,
      updatedReplicas: 1,
      availableReplicas: 1,
      unavailableReplicas: 1,
    });
  });

  it('lets them run when their gates are taken off', async () => {
    const schedulingGates = [{ name: 'conformance.example.test/gate' }];
    await create('freed', { replicas: 2 }, { schedulingGates });
    await until('freed', ({ status }) => status.replicas === 2);
    for (const { metadata } of await ofApp(api, pods(namespace), 'freed')) {
      await openGates(api, namespace, metadata.name);
    }
    const { status } = await until('freed', isRolledOut);
    expect(status.readyReplicas).toBe(2);
  });

  it('takes them along when it is deleted', async () => {
    await create('gone');
    await until('gone', isRolledOut);
    const [pod] = await ofApp(api, pods(namespace), 'gone');
    await api.delete(deployments(namespace, 'gone'));
    await untilGone(api, pods(namespace, pod.metadata.name));
    expect(await setsOf('gone')).toEqual([]);
  });
});
