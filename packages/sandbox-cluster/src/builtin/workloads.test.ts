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

import { refusalOf, startMachinery } from '../__testUtils__/machinery';
import { KubeObject } from '../ClusterApi';

const { api } = startMachinery();
const jobs = api.resource('batch/v1', 'Job');
const pods = api.resource('v1', 'Pod');
const container = { name: 'main', image: 'busybox' };
let count = 0;

function makeJob(spec: object = {}, podSpec: object = {}): KubeObject {
  count += 1;
  return jobs.create({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `job-${count}`, namespace: 'default' },
    spec: {
      template: {
        spec: { restartPolicy: 'Never', containers: [container], ...podSpec },
      },
      ...spec,
    },
  });
}

function makePod(spec: object = {}): KubeObject {
  count += 1;
  return pods.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${count}`, namespace: 'default' },
    spec: { containers: [container], ...spec },
  });
}

describe('Jobs', () => {
  it('get their defaults, selector and labels', () => {
    const job = makeJob();
    const { uid, name } = job.metadata;
    const labels = {
      'batch.kubernetes.io/controller-uid': uid,
      'batch.kubernetes.io/job-name': name,
      'controller-uid': uid,
      'job-name': name,
    };
    expect(job.metadata).toMatchObject({ labels, generation: 1 });
    expect(job.status).toEqual({});
    expect(job.spec).toEqual({
      parallelism: 1,
      completions: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      suspend: false,
      manualSelector: false,
      podReplacementPolicy: 'TerminatingOrFailed',
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: 30,
          dnsPolicy: 'ClusterFirst',
          securityContext: {},
          schedulerName: 'default-scheduler',
          containers: [
            {
              ...container,
              resources: {},
              terminationMessagePath: '/dev/termination-log',
              terminationMessagePolicy: 'File',
              imagePullPolicy: 'Always',
            },
          ],
        },
      },
    });
  });

  it('refuse another template, but take other numbers', () => {
    const job = makeJob();
    const changed = jobs.update({
      ...job,
      spec: { ...job.spec, parallelism: 3 },
    });
    expect(changed.metadata.generation).toBe(2);
    const template = {
      ...job.spec.template,
      metadata: { labels: { other: 'x' } },
    };
    expect(
      refusalOf(() =>
        jobs.update({ ...changed, spec: { ...changed.spec, template } }),
      ),
    ).toMatchObject({
      code: 422,
      details: {
        causes: [{ field: 'spec.template', reason: 'FieldValueInvalid' }],
      },
    });
  });

  it.each<[string, object, object, string]>([
    [
      'a negative number',
      { backoffLimit: -1 },
      {},
      'spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      'restartPolicy Always',
      {},
      { restartPolicy: 'Always' },
      'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
    ],
    [
      'no container',
      {},
      { containers: [] },
      'spec.template.spec.containers: Required value',
    ],
    [
      'a container without an image',
      {},
      { containers: [{ name: 'a' }] },
      'spec.template.spec.containers[0].image: Required value',
    ],
    [
      'a mount of nothing',
      {},
      {
        containers: [
          { ...container, volumeMounts: [{ name: 'v', mountPath: '/v' }] },
        ],
      },
      'spec.template.spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ],
    [
      'a limit below its request',
      {},
      {
        containers: [
          {
            ...container,
            resources: {
              limits: { memory: '1Mi' },
              requests: { memory: '1Gi' },
            },
          },
        ],
      },
      'spec.template.spec.containers[0].resources.requests: Invalid value: "1Gi": must be less than or equal to memory limit of 1Mi',
    ],
  ])('refuse %s', (_, spec, podSpec, message) => {
    const { code, message: text } = refusalOf(() => makeJob(spec, podSpec));
    expect(code).toBe(422);
    expect(text).toContain(message);
  });

  it('only count spec in their generation', () => {
    const job = makeJob();
    const after = jobs.updateStatus({ ...job, status: { active: 1 } });
    expect([after.metadata.generation, after.status]).toEqual([
      1,
      { active: 1 },
    ]);
    expect(jobs.update(after).metadata.resourceVersion).toBe(
      after.metadata.resourceVersion,
    );
  });
});

describe('Pods', () => {
  it('that run are deleted with their grace period, and end with grace 0', () => {
    const pod = makePod({
      nodeName: 'sandbox',
      terminationGracePeriodSeconds: 7,
    });
    const { name } = pod.metadata;
    pods.delete('default', name);
    const deleting = pods.get('default', name)!;
    expect(deleting.metadata).toMatchObject({
      deletionGracePeriodSeconds: 7,
      generation: 2,
    });
    pods.delete('default', name, { gracePeriodSeconds: 0 });
    expect(pods.get('default', name)).toBeUndefined();
  });

  it('that have no node go at once, and show it in two steps', () => {
    const { name } = makePod().metadata;
    const events: string[] = [];
    const stop = pods.watch(({ type, object }) => {
      if (object.metadata.name === name) events.push(type);
    });
    pods.delete('default', name);
    stop();
    expect(events).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
  });

  it('with a finalizer stay until it is taken off', () => {
    const pod = makePod();
    const { name } = pod.metadata;
    pods.update({
      ...pod,
      metadata: {
        ...pod.metadata,
        finalizers: ['batch.kubernetes.io/job-tracking'],
      },
    });
    pods.delete('default', name);
    const held = pods.get('default', name)!;
    expect(held.metadata.deletionGracePeriodSeconds).toBe(0);
    pods.update({ ...held, metadata: { ...held.metadata, finalizers: [] } });
    expect(pods.get('default', name)).toBeUndefined();
  });

  it('are given a node without a new generation, by the system alone', () => {
    const pod = makePod();
    const bound = pods.update({
      ...pod,
      spec: { ...pod.spec, nodeName: 'sandbox' },
    });
    expect([bound.spec.nodeName, bound.metadata.generation]).toEqual([
      'sandbox',
      1,
    ]);
    const moved = { ...bound, spec: { ...bound.spec, nodeName: 'other' } };
    expect(refusalOf(() => pods.update(moved)).message).toContain(
      'pod updates may not change fields other than',
    );
  });

  it('refuse what is no quantity', () => {
    const resources = { limits: { memory: 'lots' } };
    expect(
      refusalOf(() => makePod({ containers: [{ ...container, resources }] }))
        .message,
    ).toBe(
      'Pod in version "v1" cannot be handled as a Pod: quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\'',
    );
  });

  it('let gates be taken away, never added', () => {
    const pod = makePod({ schedulingGates: [{ name: 'example.test/a' }] });
    const gates = [{ name: 'example.test/a' }, { name: 'example.test/b' }];
    expect(
      refusalOf(() =>
        pods.update({ ...pod, spec: { ...pod.spec, schedulingGates: gates } }),
      ).message,
    ).toContain(
      "only deletion is allowed, but found new scheduling gate 'example.test/b'",
    );
    const opened = pods.update({
      ...pod,
      spec: { ...pod.spec, schedulingGates: [] },
    });
    expect(opened.status.conditions).toBeUndefined();
  });
});
