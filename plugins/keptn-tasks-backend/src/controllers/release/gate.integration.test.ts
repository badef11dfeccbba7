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

import type { KubeObject } from 'sandbox-cluster';
import { until } from '../../__testUtils__/clusterHarness';
import { ReleaseHarness } from '../../__testUtils__/releaseHarness';
import {
  CLEARED_REVISIONS,
  GATE_REMOVED_ANNOTATION,
  SCHEDULING_GATE,
} from '../../domain/release/annotations';
import type { KeptnWorkloadVersionStatus } from '../../domain/release/resources';
import { revisionKeyOf, revisionOwnerOf } from '../../domain/release/revision';
import { GateReplica } from './gate/__testUtils__/GateReplica';

jest.setTimeout(240_000);

const LIFECYCLE = 'lifecycle.keptn.sh/v1';
const PATIENCE_MS = 60_000;
const QUOTA_GATE = 'example.com/quota';
const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

describe('gates', () => {
  let harness: ReleaseHarness;
  let replica: GateReplica | undefined;
  let number = 0;
  let name: string;

  beforeAll(async () => {
    harness = await ReleaseHarness.start();
  });
  beforeEach(() => {
    number += 1;
    name = `one-${number}`;
  });
  afterEach(async () => {
    await replica?.stop();
    replica = undefined;
  });
  afterAll(() => harness.stop());

  const start = async (
    ...args: Parameters<typeof GateReplica.start> extends [
      unknown,
      ...infer Rest,
    ]
      ? Rest
      : never
  ) => {
    replica = await GateReplica.start(harness, ...args);
  };
  const gatesOf = ({ spec }: KubeObject): string[] =>
    (spec.schedulingGates ?? []).map((gate: { name: string }) => gate.name);
  const list = (namespace = 'shop') =>
    harness.cluster
      .resource('v1', 'ConfigMap')
      .get(namespace, CLEARED_REVISIONS);
  const keys = (namespace?: string) => Object.keys(list(namespace)?.data ?? {});
  const eventsAbout = (pod: KubeObject, reason: string): KubeObject[] =>
    harness.cluster
      .list('Event')
      .filter(
        event =>
          event.involvedObject.uid === pod.metadata.uid &&
          event.reason === reason,
      );
  const onePod = (of: string, namespace?: string) =>
    until(() => harness.pods(of, namespace)[0], PATIENCE_MS);
  /** A Pod of that workload that is gated and was not there before. */
  const nextPod = (of: string, before: KubeObject[]) =>
    until(
      () =>
        harness
          .pods(of)
          .find(
            pod =>
              harness.isGated(pod) &&
              !before.some(({ metadata }) => metadata.uid === pod.metadata.uid),
          ),
      PATIENCE_MS,
    );

  /** What the phases of a release would have come to for the revision of a Pod. */
  const version = (
    versionName: string,
    pod: KubeObject,
    status: KeptnWorkloadVersionStatus,
  ) => {
    const versions = harness.cluster.resource(
      LIFECYCLE,
      'KeptnWorkloadVersion',
    );
    const namespace = pod.metadata.namespace!;
    const key = revisionKeyOf(pod as never);
    const { uid, kind, name: owner } = revisionOwnerOf(pod as never)!;
    if (!versions.get(namespace, versionName)) {
      versions.create({
        apiVersion: LIFECYCLE,
        kind: 'KeptnWorkloadVersion',
        metadata: {
          name: versionName,
          namespace,
          annotations: { 'keptn-tasks/revisions': key! },
        },
        spec: {
          app: 'shop',
          version: '1',
          workloadName: versionName,
          resourceReference: { uid, kind, name: owner },
        },
      });
    }
    versions.updateStatus({
      ...versions.get(namespace, versionName)!,
      status,
    });
    return key!;
  };
  const clear = (versionName: string, pod: KubeObject) =>
    version(versionName, pod, { deploymentStatus: 'Progressing' });

  it('only our gate goes; those of other systems stay (D-43)', async () => {
    await start();
    harness.deploy(name, {
      podSpec: {
        schedulingGates: [{ name: QUOTA_GATE }, { name: SCHEDULING_GATE }],
      },
    });
    clear(name, await onePod(name));
    const pod = await until(
      () => harness.pods(name).find(one => !harness.isGated(one)),
      PATIENCE_MS,
    );
    expect(gatesOf(pod)).toEqual([QUOTA_GATE]);
    expect(pod.metadata.annotations?.[GATE_REMOVED_ANNOTATION]).toBe('true');
    expect(eventsAbout(pod, 'GateRemoved')).toEqual([]);
  });

  it('the gate stays when the checks have failed (D-02), until somebody releases it', async () => {
    await start();
    harness.deploy(name);
    const key = version(name, await onePod(name), {
      deploymentStatus: 'Deprecated',
      status: 'Failed',
    });
    // What comes later and is done first shows that the gate was looked at.
    harness.deploy(`${name}-later`);
    clear(`${name}-later`, await onePod(`${name}-later`));
    await harness.running(`${name}-later`, 1);
    expect(harness.isGated(harness.pods(name)[0])).toBe(true);
    expect(keys()).not.toContain(key);

    harness.apply({
      apiVersion: LIFECYCLE,
      kind: 'KeptnWorkloadVersion',
      metadata: {
        name,
        namespace: 'shop',
        annotations: {
          'keptn-tasks/release-gate': 'The check is wrong, see OPS-7',
          'keptn-tasks/release-gate-by': 'user:default/ada',
        },
      },
    });
    await harness.running(name, 1);
    const event = await until(
      () => eventsAbout(harness.pods(name)[0], 'GateRemoved')[0],
    );
    // An annotation proves nobody: only the history of the API names who did it.
    expect(event.message).toBe(
      `The gate of ${name} was released by hand: The check is wrong, see OPS-7`,
    );
    await until(() => keys().includes(key));
    expect(list()?.data[key]).toBe(`${name}, released by hand`);
  });

  it.each(['StatefulSet', 'DaemonSet'] as const)(
    'the second version of a %s is held too (D-03)',
    async kind => {
      await start();
      harness.deploy(name, { kind });
      const first = await onePod(name);
      const firstKey = clear(`${name}-1`, first);
      await harness.running(name, 1);

      harness.deploy(name, { kind, version: '2.0.0' });
      const second = await nextPod(name, [first]);
      await until(() => keys().includes(firstKey));
      expect(revisionKeyOf(second as never)).not.toBe(firstKey);
      expect(harness.isGated(harness.pods(name)[0])).toBe(true);

      const secondKey = clear(`${name}-2`, second);
      await harness.running(name, 1);
      await until(() => keys().includes(secondKey));
    },
  );

  it('versions that know no revisions open the gates of their ReplicaSet', async () => {
    await start();
    harness.deploy(name);
    const pod = await onePod(name);
    const versions = harness.cluster.resource(
      LIFECYCLE,
      'KeptnWorkloadVersion',
    );
    const { uid, kind, name: owner } = revisionOwnerOf(pod as never)!;
    const made = versions.create({
      apiVersion: LIFECYCLE,
      kind: 'KeptnWorkloadVersion',
      metadata: { name, namespace: 'shop' },
      spec: {
        app: 'shop',
        version: '1',
        workloadName: name,
        resourceReference: { uid, kind, name: owner },
      },
    });
    versions.updateStatus({
      ...made,
      status: { deploymentStatus: 'Progressing' },
    });
    await harness.running(name, 1);
    await until(() => keys().includes(`ReplicaSet.${owner}`));
  });

  it('one write opens a gate, also when many Pods wait', async () => {
    await start();
    harness.deploy(name, { replicas: 20 });
    await harness.gated(name, 20);
    harness.cluster.sandbox.faults.requests.clear();
    clear(name, harness.pods(name)[0]);
    await harness.gated(name, 0);
    expect(
      harness.cluster.sandbox.faults.requests
        .list({ userAgent: 'keptn-tasks', writes: true })
        .filter(({ resource }) => resource === 'pods'),
    ).toHaveLength(20);
  });

  it('a write that somebody got ahead of is done again', async () => {
    harness.deploy(name);
    const pod = await onePod(name);
    clear(name, pod);
    harness.cluster.sandbox.faults.failNext({
      verb: 'patch',
      resource: 'pods',
      status: 409,
    });
    await start();
    await harness.running(name, 1);
    expect(
      harness.pods(name)[0].metadata.annotations?.[GATE_REMOVED_ANNOTATION],
    ).toBe('true');
  });

  it('a gate that nobody will open says so on its Pod', async () => {
    await start();
    harness.cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace: 'shop',
        labels: { 'test/name': name },
      },
      spec: {
        schedulingGates: [{ name: SCHEDULING_GATE }],
        containers: [{ name: 'one', image: 'busybox:1.36' }],
      },
    });
    const bare = await onePod(name);
    await until(() => eventsAbout(bare, 'NoWorkload').length);

    const nameless = `${name}-nameless`;
    harness.deploy(nameless, { annotations: { 'keptn.sh/workload': '' } });
    const pod = await onePod(nameless);
    const event = await until(() => eventsAbout(pod, 'NoWorkload')[0]);
    expect(event.message).toContain(
      `Annotate the Pod template of Deployment ${nameless} with keptn.sh/workload`,
    );
    expect(harness.isGated(harness.pods(nameless)[0])).toBe(true);
  });

  describe('in a namespace that has not opted in', () => {
    it('are left alone, with a word; once it opts in they are looked after', async () => {
      const namespace = `late-${number}`;
      harness.cluster.create({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      });
      await start();
      harness.deploy(name, { namespace });
      const pod = await onePod(name, namespace);
      const event = await until(
        () => eventsAbout(pod, 'NamespaceNotOptedIn')[0],
      );
      expect(event.message).toContain(
        `namespace ${namespace} is not looked after`,
      );
      const key = clear(name, pod);
      expect(list(namespace)).toBeUndefined();

      harness.optIn(namespace);
      await harness.running(name, 1, namespace);
      await until(() => keys(namespace).includes(key));
    });

    it('are not even met by what ran before it opted in', async () => {
      const namespace = `running-${number}`;
      harness.cluster.create({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      });
      for (const kind of KINDS) {
        harness.deploy(`${name}-${kind.toLowerCase()}`, {
          kind,
          namespace,
          gated: false,
        });
      }
      await harness.running(`${name}-daemonset`, 1, namespace);
      // To this replica all of that is two minutes old.
      await start({}, () => new Date(Date.now() + 120_000));
      harness.optIn(namespace);
      const data = await until(() => list(namespace)?.data, PATIENCE_MS);
      expect(Object.values(data)).toEqual([
        'ran before the namespace was opted in',
        'ran before the namespace was opted in',
        'ran before the namespace was opted in',
      ]);
    });
  });

  describe('the list of cleared revisions', () => {
    it('is made again when it is deleted or edited, and keeps its age', async () => {
      await start();
      harness.deploy(name);
      const key = clear(name, await onePod(name));
      await until(() => keys().includes(key), PATIENCE_MS);
      const configMaps = harness.cluster.resource('v1', 'ConfigMap');
      const before = list()!;

      configMaps.update({ ...before, data: { 'ReplicaSet.bogus': 'mine' } });
      await until(() => keys().includes(key), PATIENCE_MS);
      expect(list()!.data).toEqual(before.data);
      expect(list()!.metadata.annotations).toEqual(before.metadata.annotations);

      configMaps.delete('shop', CLEARED_REVISIONS);
      await until(() => keys().includes(key), PATIENCE_MS);
      expect(list()!.data).toEqual(before.data);

      // Without its label it is not ours to watch, and is taken back.
      configMaps.update({
        ...list()!,
        metadata: { ...list()!.metadata, labels: {} },
        data: {},
      });
      await until(() => keys().includes(key), PATIENCE_MS);
    });

    it('forgets what is gone (D-51)', async () => {
      await start();
      harness.deploy(name);
      const key = clear(name, await onePod(name));
      await until(() => keys().includes(key), PATIENCE_MS);
      harness.cluster
        .resource('apps/v1', 'Deployment')
        .delete('shop', name, { propagationPolicy: 'Background' });
      await until(() => !keys().includes(key), PATIENCE_MS);
    });
  });

  it('with gates off every gate of ours goes, in every namespace', async () => {
    harness.cluster.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: `off-${number}` },
    });
    harness.deploy(name);
    harness.deploy(name, { namespace: `off-${number}` });
    await harness.gated(name, 1);
    await harness.gated(name, 1, `off-${number}`);
    await start({ gates: 'off' });
    await harness.running(name, 1);
    await harness.running(name, 1, `off-${number}`);
    expect(list(`off-${number}`)).toBeUndefined();
  });
});

describe('with the policy', () => {
  let harness: ReleaseHarness;

  beforeAll(async () => {
    harness = await ReleaseHarness.start();
    harness.cluster.applyFile('deploy/gates/policy.yaml');
  });
  afterAll(() => harness.stop());

  it.each(KINDS)(
    'Pods of a cleared revision of a %s run while nobody looks after gates',
    async kind => {
      const name = `steady-${kind.toLowerCase()}`;
      const list = () =>
        harness.cluster
          .resource('v1', 'ConfigMap')
          .get('shop', CLEARED_REVISIONS);
      const replica = await GateReplica.start(harness, { gates: 'policy' });
      await until(list, PATIENCE_MS);
      harness.deploy(name, { kind, gated: false });
      await harness.gated(name, 1);
      const [first] = harness.pods(name);
      const { uid, name: owner } = revisionOwnerOf(first as never)!;
      const key = revisionKeyOf(first as never)!;
      const versions = harness.cluster.resource(
        LIFECYCLE,
        'KeptnWorkloadVersion',
      );
      const made = versions.create({
        apiVersion: LIFECYCLE,
        kind: 'KeptnWorkloadVersion',
        metadata: {
          name,
          namespace: 'shop',
          annotations: { 'keptn-tasks/revisions': key },
        },
        spec: {
          app: 'shop',
          version: '1',
          workloadName: name,
          resourceReference: { uid, kind, name: owner },
        },
      });
      versions.updateStatus({
        ...made,
        status: { deploymentStatus: 'Progressing' },
      });
      await harness.running(name, 1);
      await until(() => list()?.data?.[key], PATIENCE_MS);
      await replica.stop();

      harness.cluster
        .resource('v1', 'Pod')
        .delete('shop', first.metadata.name, { gracePeriodSeconds: 0 });
      await until(
        () =>
          harness
            .pods(name)
            .some(({ metadata }) => metadata.uid !== first.metadata.uid),
        PATIENCE_MS,
      );
      await harness.running(name, 1);

      harness.deploy(name, { kind, gated: false, version: '2.0.0' });
      await until(
        () => harness.pods(name).some(pod => harness.isGated(pod)),
        PATIENCE_MS,
      );
    },
  );
});
