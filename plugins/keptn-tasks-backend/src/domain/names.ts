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

import { createHash } from 'node:crypto';
import type { KeptnTask } from './resources';

/** Longest name of a Job: it becomes the value of a label on its Pods. */
const MAX_JOB_NAME = 63;
const HASH_LENGTH = 10;

/** Keptn's prefix for the ConfigMap that carries the inline code of a definition. */
const FUNCTION_CONFIG_MAP_PREFIX = 'keptnfn-';
const MAX_DEFINITION_PART = 245;

/**
 * Name of the Job of a task. The same task always gets the same name and no other task ever does, so that creating
 * the Job twice is refused by the API server itself. Dots are replaced: the name becomes part of host names.
 */
export function jobName(task: KeptnTask): string {
  const hash = createHash('sha256')
    .update(task.metadata.uid)
    .digest('hex')
    .slice(0, HASH_LENGTH);
  const head = task.metadata.name
    .replace(/\./g, '-')
    .slice(0, MAX_JOB_NAME - HASH_LENGTH - 1)
    .replace(/-+$/, '');
  return `${head}-${hash}`;
}

/** Name of the ConfigMap that carries the inline code of a definition. */
export function functionConfigMapName(definitionName: string): string {
  return `${FUNCTION_CONFIG_MAP_PREFIX}${definitionName.slice(
    0,
    MAX_DEFINITION_PART,
  )}`;
}

/**
 * Name of the copy of a shared definition's code beside the Job. It changes with the code, so that a copy left by
 * an earlier look never stands in for code that was changed since.
 */
export function codeCopyName(task: KeptnTask, code: string): string {
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 8);
  return `${jobName(task)}-${hash}`;
}
