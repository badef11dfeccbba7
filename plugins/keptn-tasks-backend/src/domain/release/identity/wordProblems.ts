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

import { GATE_REMOVED_ANNOTATION, OPT_IN_ANNOTATION } from '../annotations';
import type { KeyName, Words } from './keys';
import { KEY_PREFIX, KEYS, LIST_KEYS, lookUp } from './keys';

const KNOWN = Object.values(KEYS).map(({ keptn }) => keptn as string);
/** Names of something: they mean nothing when they are empty. */
const NAMES: KeyName[] = ['workload', 'app', 'version', 'container'];

/** What is wrong with the keys that an object carries, whatever their values mean. One sentence each. */
export function wordProblems(words: Words | undefined): string[] {
  return [...unknownKeys(words), ...emptyNames(words)];
}

/**
 * Of a workload whose Pod template or metadata carries checks that nobody will make: it does not say what it is
 * called.
 */
export function namelessProblem(words: Words[]): string | undefined {
  const orphan = words
    .flatMap(keptnKeys)
    .find(key => KNOWN.includes(key) && key !== KEYS.workload.keptn);
  return orphan
    ? `${orphan} has no effect because the workload has no name: add the annotation ${KEYS.workload.keptn} or the label ${KEYS.workload.common} beside it.`
    : undefined;
}

/** Checks on the workload itself that are not read, because its Pod template says what it is called. */
export function shadowedProblems(controller: Words | undefined): string[] {
  return [...LIST_KEYS, 'metadata' as const]
    .filter(name => lookUp(controller, name))
    .map(
      name =>
        `${KEYS[name].keptn} on the workload itself is not read, because the Pod template names the workload; move it to the Pod template.`,
    );
}

function unknownKeys(words: Words | undefined): string[] {
  return keptnKeys(words)
    .filter(key => !KNOWN.includes(key) && key !== GATE_REMOVED_ANNOTATION)
    .map(key =>
      key === OPT_IN_ANNOTATION
        ? `${key} has no effect here; it belongs to the annotations of the namespace.`
        : `${key} is not a key that is known, and has no effect; known are ${KNOWN.join(
            ', ',
          )}.`,
    );
}

function emptyNames(words: Words | undefined): string[] {
  return NAMES.map(name => KEYS[name].keptn)
    .filter(key => words?.annotations?.[key]?.trim() === '')
    .map(
      key =>
        `${key} is empty and counts as absent; give it a value or remove it.`,
    );
}

function keptnKeys(words: Words | undefined): string[] {
  const keys = [words?.annotations, words?.labels].flatMap(map =>
    Object.keys(map ?? {}),
  );
  return [...new Set(keys)].filter(key => key.startsWith(KEY_PREFIX)).sort();
}
