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
import { statusTime } from '../domain/release/phase/statusTime';

/** What a Pod template says in a test. */
export interface TemplateWords {
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  image?: string;
}

/** Annotations of a workload in a version. */
export function says(
  workload: string,
  version: string,
  more: Record<string, string> = {},
): Record<string, string> {
  return {
    'keptn.sh/workload': workload,
    'keptn.sh/version': version,
    ...more,
  };
}

/** Now, as a status has it. */
export function wholeSeconds(): string {
  return statusTime(new Date());
}

/** A Pod template of one container. */
export function templateOf(
  name: string,
  { annotations, labels, image = `ghcr.io/example/${name}:1` }: TemplateWords,
) {
  return {
    metadata: { labels: { test: name, ...labels }, annotations },
    spec: { containers: [{ name: 'server', image }] },
  };
}

/** By which an object belongs to its controller. */
export function controllerReference({
  apiVersion,
  kind,
  metadata,
}: KubeObject) {
  return {
    apiVersion: apiVersion!,
    kind: kind!,
    name: metadata.name,
    uid: metadata.uid,
    controller: true,
  };
}

/** As much of Argo's kind as is looked at. */
export function rolloutCrd() {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'rollouts.argoproj.io' },
    spec: {
      group: 'argoproj.io',
      scope: 'Namespaced',
      names: { kind: 'Rollout', plural: 'rollouts', singular: 'rollout' },
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: {
            openAPIV3Schema: {
              type: 'object',
              'x-kubernetes-preserve-unknown-fields': true,
            },
          },
        },
      ],
    },
  };
}
