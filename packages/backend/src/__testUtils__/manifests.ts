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

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { KubernetesObject } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';

const ROOT = path.resolve(__dirname, '../../../..');

/** The objects in the manifests of a directory of this repository, or in one manifest. */
export function readManifests(file: string): KubernetesObject[] {
  const full = path.join(ROOT, file);
  const files = file.endsWith('.yaml')
    ? [full]
    : readdirSync(full)
        .filter(name => name.endsWith('.yaml'))
        .map(name => path.join(full, name));
  return files
    .flatMap(name => parseAllDocuments(readFileSync(name, 'utf8')))
    .map(document => document.toJS())
    .filter(Boolean);
}

/** What a shell script in a container does, as a definition. */
export function aScript(
  name: string,
  namespace: string,
  script: string,
  spec: object = {},
): KubernetesObject & { spec: object } {
  return {
    apiVersion: 'lifecycle.keptn.sh/v1',
    kind: 'KeptnTaskDefinition',
    metadata: { name, namespace },
    spec: {
      retries: 0,
      timeout: '2m',
      container: {
        name: 'script',
        image: 'busybox:1.36',
        command: ['sh', '-c', script],
      },
      ...spec,
    },
  };
}

/** What a Python program does, as a definition with parameters. */
export function aProgram(
  name: string,
  namespace: string,
  lines: string[],
  parameters: Record<string, string>,
  spec: object = {},
): KubernetesObject & { spec: object } {
  return {
    apiVersion: 'lifecycle.keptn.sh/v1',
    kind: 'KeptnTaskDefinition',
    metadata: { name, namespace },
    spec: {
      retries: 0,
      timeout: '2m',
      python: {
        inline: { code: lines.join('\n') },
        parameters: { map: parameters },
      },
      ...spec,
    },
  };
}

/** A task, as somebody applies it. */
export function aTask(
  name: string,
  namespace: string,
  spec: object,
): KubernetesObject & { spec: object } {
  return {
    apiVersion: 'lifecycle.keptn.sh/v1',
    kind: 'KeptnTask',
    metadata: { name, namespace },
    spec,
  };
}

/** A Deployment whose Pods wait at the gate, with the checks that its annotations name. */
export function aWorkload(
  name: string,
  namespace: string,
  checks: { version?: string; pre?: string; post?: string },
): KubernetesObject & { spec: object } {
  const { version = '1.0.0', pre, post } = checks;
  const labels = { run: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels,
          annotations: {
            'keptn.sh/workload': name,
            'keptn.sh/version': version,
            ...(pre && { 'keptn.sh/pre-deployment-tasks': pre }),
            ...(post && { 'keptn.sh/post-deployment-tasks': post }),
          },
        },
        spec: {
          terminationGracePeriodSeconds: 0,
          schedulingGates: [{ name: 'keptn-prechecks-gate' }],
          containers: [
            { name: 'server', image: `ghcr.io/example/${name}:${version}` },
          ],
        },
      },
    },
  };
}
