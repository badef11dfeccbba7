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

import type { V1Container } from '@kubernetes/client-node';
import type { Run } from 'backstage-plugin-keptn-tasks-common';
import type { KeptnTaskDefinition } from '../resources';
import type { PodTemplate } from './podTemplate';

/** Where the code of a function comes from once its references are followed. */
export type CodeSource =
  /** The definition's own code; a ConfigMap beside the definition carries it. */
  | { type: 'inline'; code: string; definition: KeptnTaskDefinition }
  /** Code under the key `code` of a ConfigMap in this namespace. */
  | { type: 'config-map'; namespace: string; name: string }
  | { type: 'url'; url: string };

/** A parameter and which definition it came from. */
export interface DefinitionParameter {
  name: string;
  value: string;
  source: 'definition' | 'reference';
  definition: string;
}

/** A definition with its references followed: what a task of it runs, before the task's own wishes. */
export interface EffectiveDefinition {
  name: string;
  /** Where the definition itself was found. */
  namespace: string;
  runner: NonNullable<Run['runner']>;
  image: string;
  /** For deno and python. */
  code?: CodeSource;
  /** For the container runner, as the definition has it. */
  container?: V1Container;
  /** In the order of their names. */
  parameters: DefinitionParameter[];
  /** Name of the Secret. */
  secureParameters?: string;
  cmdParameters?: string;
  retries?: number;
  timeout?: string;
  ttlSecondsAfterFinished?: number;
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  imagePullSecrets?: { name?: string }[];
  /** From the definition's annotation. */
  podTemplate?: PodTemplate;
}
