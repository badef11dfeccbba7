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

import { refusalOf, startMachinery } from '../../__testUtils__/machinery';

const { api } = startMachinery();
let count = 0;

function make(kind: string, spec: object = {}) {
  count += 1;
  const labels = { app: 'web' };
  return api.resource('apps/v1', kind).create({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: `web-${count}`, namespace: 'default' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] },
      },
      ...spec,
    },
  });
}

describe('Workloads', () => {
  it.each([
    [
      'Deployment',
      {
        replicas: 1,
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
        },
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
      },
      {},
    ],
    ['ReplicaSet', { replicas: 1 }, { replicas: 0 }],
    [
      'StatefulSet',
      {
        replicas: 1,
        podManagementPolicy: 'OrderedReady',
        updateStrategy: {
          type: 'RollingUpdate',
          rollingUpdate: { partition: 0 },
        },
        persistentVolumeClaimRetentionPolicy: {
          whenDeleted: 'Retain',
          whenScaled: 'Retain',
        },
        revisionHistoryLimit: 10,
      },
      { replicas: 0, availableReplicas: 0 },
    ],
    [
      'DaemonSet',
      {
        updateStrategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxUnavailable: 1, maxSurge: 0 },
        },
        revisionHistoryLimit: 10,
      },
      {
        currentNumberScheduled: 0,
        numberMisscheduled: 0,
        desiredNumberScheduled: 0,
        numberReady: 0,
      },
    ],
  ])('of kind %s get their defaults', (kind, defaults, status) => {
    const made = make(kind);
    const { selector, template, ...rest } = made.spec;
    expect(rest).toEqual(defaults);
    expect(made.status).toEqual(status);
    expect(made.metadata.generation).toBe(1);
  });

  it('complete half a strategy', () => {
    const strategy = {
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0 },
    };
    expect(make('Deployment', { strategy }).spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' },
    });
    const updateStrategy = { type: 'OnDelete' };
    expect(make('DaemonSet', { updateStrategy }).spec.updateStrategy).toEqual(
      updateStrategy,
    );
  });

  it.each<[string, object, string]>([
    [
      'Deployment',
      { strategy: { type: 'Sudden' } },
      'spec.strategy.type: Unsupported value: "Sudden": supported values: "Recreate", "RollingUpdate"',
    ],
    [
      'Deployment',
      {
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 'few' } },
      },
      'spec.strategy.rollingUpdate.maxSurge: Invalid value: "few": a valid percent string must be',
    ],
    [
      'Deployment',
      { minReadySeconds: 700 },
      'spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds',
    ],
    [
      'StatefulSet',
      { podManagementPolicy: 'Random' },
      "spec.podManagementPolicy: Invalid value: \"Random\": must be 'OrderedReady' or 'Parallel'",
    ],
    [
      'StatefulSet',
      {
        updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 1 } },
      },
      'spec.updateStrategy.rollingUpdate: Invalid value: {"partition":1}: only allowed for updateStrategy \'RollingUpdate\'',
    ],
    [
      'DaemonSet',
      {
        updateStrategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxUnavailable: 0 },
        },
      },
      'spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0',
    ],
    [
      'DaemonSet',
      {
        updateStrategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: 1 },
        },
      },
      'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero',
    ],
    [
      'ReplicaSet',
      { selector: { matchLabels: { app: 'other' } } },
      'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
    ],
  ])('of kind %s are refused with %j', (kind, spec, message) => {
    const { code, message: text } = refusalOf(() => make(kind, spec));
    expect(code).toBe(422);
    expect(text).toContain(message);
  });

  it('keep their selector', () => {
    const made = make('Deployment');
    const spec = {
      ...made.spec,
      selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
    };
    const deployments = api.resource('apps/v1', 'Deployment');
    expect(
      refusalOf(() => deployments.update({ ...made, spec })).message,
    ).toContain('spec.selector: Invalid value');
  });

  it('count the templates of a DaemonSet', () => {
    const sets = api.resource('apps/v1', 'DaemonSet');
    const made = make('DaemonSet', { minReadySeconds: 1 });
    const generation = 'deprecated.daemonset.template.generation';
    expect(made.metadata.annotations).toEqual({ [generation]: '1' });
    const spec = { ...made.spec, minReadySeconds: 2 };
    const slower = sets.update({ ...made, spec });
    expect(slower.metadata.annotations![generation]).toBe('1');
    const template = structuredClone(slower.spec.template);
    template.spec.containers[0].image = 'nginx:1.28';
    const changed = sets.update({
      ...slower,
      spec: { ...slower.spec, template },
    });
    expect(changed.metadata.annotations![generation]).toBe('2');
  });
});
