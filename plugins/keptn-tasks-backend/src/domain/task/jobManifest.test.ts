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
import path from 'node:path';
import { parse } from 'yaml';
import { aDefinition, aTask, lookupAmong } from '../__testUtils__/builders';
import { resolveDefinition } from '../definition/resolveDefinition';
import type { KeptnTask, KeptnTaskDefinition } from '../resources';
import { defaultTaskSettings, type TaskSettings } from '../settings';
import { effectiveTask } from './effectiveTask';
import { jobManifest } from './jobManifest';

function manifestOf(
  task: KeptnTask,
  definitions: KeptnTaskDefinition[],
  settings: Partial<TaskSettings> = {},
  configMap: string | undefined = undefined,
) {
  const all = { ...defaultTaskSettings, ...settings };
  const resolution = resolveDefinition(
    'smoke',
    'shop',
    lookupAmong(...definitions),
    all,
  );
  if (resolution.state !== 'resolved') {
    throw new Error(resolution.message);
  }
  const effective = effectiveTask(task, resolution.effective, all);
  return jobManifest(task, effective, configMap, all);
}

function podOf(...args: Parameters<typeof manifestOf>) {
  return manifestOf(...args).spec!.template.spec!;
}

function fixture(name: string) {
  return parse(
    readFileSync(path.join(__dirname, '__fixtures__', name), 'utf8'),
  );
}

describe('jobManifest', () => {
  it('makes the Job of inline Deno code as Keptn makes it, and safe', () => {
    const task = aTask({
      metadata: {
        name: 'pre-smoke-48213',
        labels: {
          team: 'payments',
          'app.kubernetes.io/instance': 'shop',
        },
        annotations: {
          contact: 'payments@example.test',
          'kubectl.kubernetes.io/last-applied-configuration': '{}',
          'argocd.argoproj.io/tracking-id': 'shop:x',
          'meta.helm.sh/release-name': 'shop',
          'keptn-tasks/run-id': '1',
          'keptn-tasks/cancel': 'false',
        },
      },
      spec: {
        context: {
          appName: 'shop',
          workloadName: 'shop-cart',
          workloadVersion: '2.3.0',
          taskType: 'pre',
          objectType: 'Workload',
          metadata: { traceparent: '00-5e1f-91c2-01', commit: '9ab1' },
        },
        parameters: { map: { target: 'http://cart:8080' } },
      },
    });
    const definition = aDefinition({
      deno: {
        inline: { code: 'x' },
        parameters: { map: { target: 'http://other', path: '/healthz' } },
        secureParameters: { secret: 'smoke-credentials' },
      },
    });

    const job = manifestOf(task, [definition], {}, 'keptnfn-smoke');
    expect(job).toEqual(fixture('deno-inline.yaml'));
    const { env } = job.spec!.template.spec!.containers[0];
    expect(env!.map(({ name }) => name)).toEqual([
      'DATA',
      'KEPTN_CONTEXT',
      'CMD_ARGS',
      'SECURE_DATA',
      'SCRIPT',
    ]);
  });

  it('D-24 D-25 D-26 makes the Job of a container that has what it needs', () => {
    const task = aTask({
      spec: { secureParameters: { secret: 'database' }, timeout: '90s' },
    });
    const definition = aDefinition(
      {
        retries: 2,
        timeout: '1h',
        serviceAccount: { name: 'migrator' },
        automountServiceAccountToken: { type: true },
        imagePullSecrets: [{ name: 'registry' }],
        container: {
          name: 'migrate',
          image: 'registry.example.test/migrate:1',
          command: ['migrate'],
          env: [
            {
              name: 'KEPTN_CONTEXT',
              valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
            },
            { name: 'DATA', value: 'mine' },
          ],
          volumeMounts: [
            { name: 'scratch', mountPath: '/tmp' },
            { name: 'scratch', mountPath: '/var/tmp' },
            { name: 'reports', mountPath: '/reports' },
          ],
        },
      },
      {
        annotations: {
          'keptn-tasks/pod-template':
            'volumes: [{ name: reports, persistentVolumeClaim: { claimName: reports } }]',
        },
      },
    );

    expect(
      manifestOf(task, [definition], {
        podTemplate: { nodeSelector: { pool: 'tasks' } },
      }),
    ).toEqual(fixture('container.yaml'));
  });

  it('says nothing at all in variables that have nothing to say', () => {
    const { env } = podOf(aTask(), [aDefinition()]).containers[0];
    expect(env!.map(({ name }) => name)).toEqual([
      'KEPTN_CONTEXT',
      'CMD_ARGS',
      'SCRIPT',
    ]);
  });

  it('leaves the entry point of the images alone unless it has to', () => {
    const python = podOf(aTask(), [
      aDefinition({ python: { inline: { code: 'x' } } }),
    ]);
    expect(python.containers[0]).toMatchObject({
      image: 'ghcr.io/keptn/python-runtime:v1.0.8',
    });
    expect(python.containers[0].command).toBeUndefined();
  });

  it.each([
    {
      name: 'D-22 gives a Deno script its arguments',
      spec: {
        deno: {
          inline: { code: 'x' },
          cmdParameters: `--level 'very high' $(A)`,
        },
      },
      command: [
        'deno',
        'run',
        '--allow-net',
        '--allow-write',
        '--allow-read',
        '--allow-env=DATA,SECURE_DATA,KEPTN_CONTEXT',
        '/var/data/function.ts',
        '--level',
        'very high',
        '$$(A)',
      ],
    },
    {
      name: 'D-22 gives a Python script its arguments',
      spec: { python: { inline: { code: 'x' }, cmdParameters: '-v 2' } },
      command: ['python3', '/var/data/function.py', '-v', '2'],
    },
    {
      name: 'D-21 runs a download only when it is complete',
      spec: {
        python: { httpRef: { url: 'https://a/b.py' }, cmdParameters: '-v' },
      },
      command: [
        '/bin/sh',
        '-c',
        'set -e; file=`mktemp`; curl -fsSL --output "$file" "$SCRIPT"; exec python3 "$file" "$@"',
        'sh',
        '-v',
      ],
    },
    {
      name: 'lets Deno download by itself',
      spec: { deno: { httpRef: { url: 'https://a/b.ts' } } },
      command: undefined,
    },
  ])('$name', ({ spec, command }) => {
    const [container] = podOf(aTask(), [aDefinition(spec)]).containers;
    expect(container.command).toEqual(command);
    expect(container.args).toBeUndefined();
  });

  it('D-10 takes retries and timeout of the task, then of the definition, then the defaults', () => {
    const definition = aDefinition({
      deno: { inline: { code: 'x' } },
      retries: 3,
      timeout: '2m',
    });
    const own = aTask({ spec: { retries: 0, timeout: '1.5s' } });
    expect(manifestOf(own, [definition]).spec).toMatchObject({
      backoffLimit: 0,
      activeDeadlineSeconds: 1,
    });
    expect(manifestOf(aTask(), [definition]).spec).toMatchObject({
      backoffLimit: 3,
      activeDeadlineSeconds: 120,
    });
    expect(manifestOf(aTask(), [aDefinition()]).spec).toMatchObject({
      backoffLimit: 10,
      activeDeadlineSeconds: 300,
    });
  });

  it('D-04 sets no time to live', () => {
    const definition = aDefinition({
      deno: { inline: { code: 'x' } },
      ttlSecondsAfterFinished: 0,
    });
    expect(
      manifestOf(aTask(), [definition]).spec!.ttlSecondsAfterFinished,
    ).toBeUndefined();
  });

  it('does not let a Pod of a task pass for a workload', () => {
    const task = aTask({
      metadata: {
        labels: { 'keptn.sh/workload': 'cart', 'app.kubernetes.io/name': 'x' },
        annotations: { 'keptn.sh/app': 'shop', 'keptn.sh/version': '1' },
      },
    });
    const { metadata } = manifestOf(task, [aDefinition()]).spec!.template;
    expect(Object.keys(metadata!.labels!)).not.toContain('keptn.sh/workload');
    expect(Object.keys(metadata!.labels!)).not.toContain(
      'app.kubernetes.io/name',
    );
    expect(metadata!.annotations).toBeUndefined();
  });

  it('D-29 lets the platform and the definition shape the Pod, the definition last', () => {
    const pod = podOf(
      aTask(),
      [
        aDefinition(undefined, {
          annotations: {
            'keptn-tasks/pod-template': JSON.stringify({
              securityContext: { runAsUser: null },
              tolerations: [{ key: 'mine' }],
              containers: [
                {
                  resources: { limits: { memory: '2Gi' } },
                  env: [
                    { name: 'SCRIPT', value: 'never' },
                    { name: 'HTTP_PROXY', value: 'http://proxy' },
                  ],
                },
              ],
            }),
          },
        }),
      ],
      {
        podTemplate: {
          securityContext: { runAsUser: 4000, fsGroup: 5 },
          tolerations: [{ key: 'platform' }],
          priorityClassName: 'low',
        },
      },
    );
    expect(pod).toMatchObject({
      securityContext: { runAsNonRoot: true, fsGroup: 5 },
      tolerations: [{ key: 'mine' }],
      priorityClassName: 'low',
    });
    expect(pod.securityContext!.runAsUser).toBeUndefined();
    const [container] = pod.containers;
    expect(container.resources).toEqual({
      requests: { cpu: '50m', memory: '128Mi' },
      limits: { cpu: '1', memory: '2Gi' },
    });
    expect(container.env!.filter(({ name }) => name === 'SCRIPT')).toEqual([
      { name: 'SCRIPT', value: '/var/data/function.ts' },
    ]);
    expect(container.env!.at(-1)!.name).toBe('HTTP_PROXY');
  });

  it('does not change what a definition says about its own container', () => {
    const given = {
      name: 'c',
      image: 'i',
      resources: { limits: { memory: '1Gi' } },
    };
    const pod = podOf(aTask(), [aDefinition({ container: given })], {
      podTemplate: {
        containers: [
          {
            resources: { limits: { memory: '9Gi', cpu: '2' } },
            imagePullPolicy: 'Always',
          },
        ],
      },
    });
    expect(pod.containers[0]).toMatchObject({
      imagePullPolicy: 'Always',
      resources: { limits: { memory: '1Gi', cpu: '2' } },
    });
    expect(pod.securityContext).toEqual({
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  it('can be made without running anything', () => {
    expect(
      manifestOf(aTask(), [aDefinition()], { suspendJobs: true }).spec!.suspend,
    ).toBe(true);
  });
});
