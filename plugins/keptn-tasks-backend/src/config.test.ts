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

import path from 'path';
import { ConfigReader } from '@backstage/config';
import { type KeptnTasksConfig, readConfig } from './config';

const read = (keptnTasks?: object): KeptnTasksConfig =>
  readConfig(new ConfigReader(keptnTasks ? ({ keptnTasks } as any) : {}));

const cluster = (overrides: object = {}) => ({
  clusters: [{ name: 'eu-1', url: 'https://eu-1', token: 't', ...overrides }],
});

describe('readConfig', () => {
  it('has defaults for everything, also without a section', () => {
    const config = read();
    expect(config.clusters).toEqual([]);
    expect(config.retention).toEqual({
      maxAgeMs: 180 * 24 * 60 * 60 * 1000,
      maxRunsPerDefinition: 1000,
    });
    expect(config.logs).toEqual({
      headBytes: 1024 * 1024,
      tailBytes: 4 * 1024 * 1024,
      lineBytes: 64 * 1024,
    });
    expect(config.allowExtraParameters).toBe(false);
    expect(config.settings.defaults).toEqual({
      retries: 10,
      timeout: '5m',
      ttlSecondsAfterFinished: 300,
    });
  });

  it('reads what happens around deployments', () => {
    expect(read().releases).toEqual({
      failedChecks: 'block',
      discoverySeconds: 30,
      rolloutSeconds: 300,
      definitionGraceSeconds: 120,
      keepVersions: 10,
      promotionTasks: true,
    });
    expect(
      read({
        releases: {
          failedChecks: 'warn',
          discoverySeconds: 0,
          promotionTasks: false,
        },
      }).releases,
    ).toMatchObject({
      failedChecks: 'warn',
      discoverySeconds: 0,
      promotionTasks: false,
    });
    expect(() => read({ releases: { failedChecks: 'ignore' } })).toThrow(
      "keptnTasks.releases.failedChecks is 'ignore'; it must be 'block' (a failed check keeps the deployment back) or 'warn' (it is only reported)",
    );
    expect(() => read({ releases: { keepVersions: 0 } })).toThrow(
      'keptnTasks.releases.keepVersions is 0; it must be a whole number, 1 or more',
    );
  });

  it('takes gates as declared unless it is told another way', () => {
    expect(read(cluster()).clusters[0].gates).toBe('declared');
    expect(read(cluster({ gates: 'policy' })).clusters[0].gates).toBe('policy');
    expect(() => read(cluster({ gates: 'magic' }))).toThrow(
      "keptnTasks.clusters[0].gates is 'magic'; it must be 'declared' (gates stand in Pod templates), 'policy', 'webhook' or 'off'",
    );
  });

  it('reads each way to reach a cluster', () => {
    const { clusters } = read({
      clusters: [
        {
          name: 'a',
          kubeconfig: 'kube/config',
          context: 'dev',
          mode: 'observe',
        },
        { name: 'b', url: 'https://b', tokenFile: '/token', caFile: 'ca.pem' },
        {
          name: 'c',
          inCluster: true,
          keptnNamespace: 'keptn',
          qps: 5,
          burst: 9,
        },
      ],
    });
    expect(clusters[0]).toMatchObject({
      name: 'a',
      mode: 'observe',
      kubeconfig: path.resolve('kube/config'),
      context: 'dev',
      keptnNamespace: 'keptn-system',
    });
    expect(clusters[1]).toMatchObject({
      mode: 'reconcile',
      tokenFile: '/token',
      caFile: path.resolve('ca.pem'),
    });
    expect(clusters[2]).toMatchObject({
      inCluster: true,
      keptnNamespace: 'keptn',
      qps: 5,
      burst: 9,
    });
  });

  it('reads where the webhook that holds Pods listens, and its certificate', () => {
    expect(read(cluster()).webhook).toBeUndefined();
    expect(
      read({
        ...cluster({ gates: 'webhook' }),
        webhook: {
          port: 9443,
          cluster: 'eu-1',
          secret: { namespace: 'backstage', name: 'gate' },
        },
      }).webhook,
    ).toEqual({
      port: 9443,
      host: undefined,
      certificate: {
        from: 'secret',
        cluster: 'eu-1',
        namespace: 'backstage',
        name: 'gate',
      },
    });
  });

  it('opens no namespace unless told, and those with their owners and definitions', () => {
    expect(read(cluster()).reach[0].namespaces).toEqual([]);
    const { reach } = read(
      cluster({
        namespaces: [
          'shop',
          'team-*',
          {
            name: 'payments',
            owners: ['group:Default/Pay-Team'],
            definitions: ['smoke-*'],
          },
        ],
      }),
    );
    expect(reach[0]).toMatchObject({
      cluster: 'eu-1',
      at: 'keptnTasks.clusters[0]',
      namespaces: [
        { name: 'shop' },
        { name: 'team-*' },
        {
          name: 'payments',
          owners: ['group:default/pay-team'],
          definitions: ['smoke-*'],
        },
      ],
    });
  });

  it('reads how tasks run, what is kept and what is logged', () => {
    const config = read({
      runners: {
        deno: { image: 'deno:1' },
        python: { image: 'python:1' },
        podTemplate: { nodeSelector: { pool: 'tasks' } },
        resources: { limits: { cpu: '2' } },
      },
      defaults: { retries: 0, timeout: '1h30m', ttlSecondsAfterFinished: 0 },
      graces: { definitionSeconds: 1, imagePullSeconds: 2, startSeconds: 3 },
      history: { retention: { maxAge: { days: 7 }, maxRunsPerDefinition: 50 } },
      logs: { headBytes: 0, tailBytes: 100_000, lineBytes: 300 },
      allowExtraParameters: true,
      workers: 5,
    });
    expect(config.settings).toMatchObject({
      images: { deno: 'deno:1', python: 'python:1' },
      podTemplate: { nodeSelector: { pool: 'tasks' } },
      resources: { limits: { cpu: '2' } },
      defaults: { retries: 0, timeout: '1h30m', ttlSecondsAfterFinished: 0 },
      graces: { definitionSeconds: 1, imagePullSeconds: 2, startSeconds: 3 },
    });
    expect(config).toMatchObject({
      retention: { maxAgeMs: 604_800_000, maxRunsPerDefinition: 50 },
      logs: { headBytes: 0, tailBytes: 100_000, lineBytes: 300 },
      allowExtraParameters: true,
      workers: 5,
    });
  });

  it.each<[string, object, RegExp]>([
    [
      'no name',
      { clusters: [{ url: 'https://x' }] },
      /clusters\[0\]\.name is missing/,
    ],
    [
      'one name twice',
      { clusters: [cluster().clusters[0], cluster().clusters[0]] },
      /keptnTasks\.clusters\[1\]\.name is 'eu-1'/,
    ],
    [
      'an unknown mode',
      cluster({ mode: 'watch' }),
      /keptnTasks\.clusters\[0\]\.mode is 'watch'; it must be 'reconcile'/,
    ],
    [
      'no address',
      { clusters: [{ name: 'x' }] },
      /keptnTasks\.clusters\[0\]: .*no address/,
    ],
    [
      'two addresses',
      cluster({ inCluster: true }),
      /keptnTasks\.clusters\[0\]: .*several addresses/,
    ],
    ['an unencrypted address', cluster({ url: 'http://eu-1' }), /unencrypted/],
    ['a bad rate', cluster({ qps: 0 }), /keptnTasks\.clusters\[0\]\.qps is 0/],
    [
      'namespaces that are no list',
      cluster({ namespaces: 'shop' }),
      /keptnTasks\.clusters\[0\]\.namespaces must be a list/,
    ],
    [
      'a namespace without a name',
      cluster({ namespaces: [{ owners: [] }] }),
      /namespaces\[0\] must have the name/,
    ],
    [
      'a namespace that is a number',
      cluster({ namespaces: [7] }),
      /namespaces\[0\] must be a name or an object/,
    ],
    [
      'a name that no namespace has',
      cluster({ namespaces: ['My Shop'] }),
      /namespaces\[0\].*'My Shop'/,
    ],
    [
      'an owner in short',
      cluster({ namespaces: [{ name: 'shop', owners: ['shop-team'] }] }),
      /namespaces\[0\]\.owners has 'shop-team'; write entity refs in full/,
    ],
    [
      'definitions that are no names',
      cluster({ namespaces: [{ name: 'shop', definitions: [1] }] }),
      /namespaces\[0\]\.definitions must be a list/,
    ],
    [
      'a timeout that is none',
      { defaults: { timeout: 'soon' } },
      /keptnTasks\.defaults\.timeout is 'soon'/,
    ],
    [
      'negative retries',
      { defaults: { retries: -1 } },
      /keptnTasks\.defaults\.retries is -1/,
    ],
    [
      'half a worker',
      { workers: 0.5 },
      /keptnTasks\.workers is 0\.5; it must be a whole number/,
    ],
    [
      'a short retention',
      { history: { retention: { maxAge: { minutes: 5 } } } },
      /maxAge must be at least one hour/,
    ],
    [
      'a retention that is no time',
      { history: { retention: { maxAge: 'long' } } },
      /history\.retention\.maxAge/,
    ],
    [
      'a tail that is too short',
      { logs: { tailBytes: 1 } },
      /keptnTasks\.logs\.tailBytes is 1/,
    ],
    [
      'a webhook without a port',
      { webhook: { certFile: 'tls.crt', keyFile: 'tls.key' } },
      /keptnTasks\.webhook\.port is missing; say on which port/,
    ],
    [
      'a webhook whose certificate is in a cluster that is not there',
      {
        ...cluster(),
        webhook: {
          port: 9443,
          cluster: 'eu-2',
          secret: { namespace: 'backstage', name: 'gate' },
        },
      },
      /keptnTasks\.webhook\.cluster is 'eu-2', which is none of keptnTasks\.clusters/,
    ],
    [
      'a bad pod template',
      { runners: { podTemplate: ['x'] } },
      /keptnTasks\.runners\.podTemplate/,
    ],
  ])('refuses %s and says where', (_, section, message) => {
    expect(() => read(section)).toThrow(message);
  });
});
