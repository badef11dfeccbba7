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

import { POD_TEMPLATE_ANNOTATION } from '../annotations';
import { parseDurationMs } from '../duration';
import type {
  KeptnTaskDefinition,
  KeptnTaskDefinitionSpec,
  RuntimeSpec,
} from '../resources';
import { parsePodTemplate } from './podTemplate';

const RUNNERS = ['deno', 'python', 'container'] as const;
const SOURCES = ['inline', 'httpRef', 'functionRef', 'configMapRef'] as const;
/** What the API server accepts as the name of most objects. */
const OBJECT_NAME =
  /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_INT32 = 2 ** 31 - 1;

/** One sentence for each thing that is wrong with a definition: the field, and what is allowed. */
export function validateDefinition(definition: KeptnTaskDefinition): string[] {
  const spec = definition.spec ?? {};
  return [
    ...validateRunner(spec),
    ...validateNumber('spec.retries', spec.retries),
    ...validateTimeout(spec.timeout),
    ...validateNumber(
      'spec.ttlSecondsAfterFinished',
      spec.ttlSecondsAfterFinished,
    ),
    ...validateName('spec.serviceAccount.name', spec.serviceAccount?.name),
    ...(spec.imagePullSecrets ?? []).flatMap(({ name }, index) =>
      validateName(`spec.imagePullSecrets[${index}].name`, name || undefined),
    ),
    ...validatePodTemplate(definition.metadata.annotations),
  ];
}

/** A sentence about a timeout that is no duration or too short, or nothing. */
export function validateTimeout(timeout: string | undefined): string[] {
  if (timeout === undefined) {
    return [];
  }
  const ms = parseDurationMs(timeout);
  if (ms === undefined) {
    return [
      `spec.timeout is "${timeout}"; it must be a duration such as 90s, 5m or 1h30m.`,
    ];
  }
  if (ms < 1000) {
    return [
      `spec.timeout is "${timeout}"; it must be at least 1s, because a shorter one ends the task before it begins.`,
    ];
  }
  return ms / 1000 > MAX_INT32
    ? [`spec.timeout is "${timeout}"; it must be less than 68 years.`]
    : [];
}

/** A sentence about a number that is not a whole number from 0 on, or nothing. */
export function validateNumber(
  field: string,
  value: number | undefined,
): string[] {
  return value === undefined ||
    (Number.isInteger(value) && value >= 0 && value <= MAX_INT32)
    ? []
    : [`${field} is ${value}; it must be a whole number, 0 or more.`];
}

/** A sentence about a name that no object can have, or nothing. */
export function validateName(
  field: string,
  name: string | undefined,
): string[] {
  if (name === undefined || OBJECT_NAME.test(name)) {
    return [];
  }
  return [
    name === ''
      ? `${field} is empty; it must be the name of an object.`
      : `${field} is "${name}", which cannot be the name of an object: only lower-case letters, digits, "-" and ".".`,
  ];
}

function validateRunner(spec: KeptnTaskDefinitionSpec): string[] {
  const given = RUNNERS.filter(
    runner => spec[runner] !== undefined && spec[runner] !== null,
  );
  if (given.length === 0) {
    return [
      'function' in spec
        ? 'spec.function is no longer supported; use spec.deno with the same content.'
        : 'spec must have exactly one of deno, python and container; it has none.',
    ];
  }
  if (given.length > 1) {
    return [
      `spec must have exactly one of deno, python and container; it has ${given.join(
        ' and ',
      )}.`,
    ];
  }
  const [runner] = given;
  return runner === 'container'
    ? validateContainer(spec.container)
    : validateFunction(`spec.${runner}`, spec[runner]!);
}

function validateContainer(
  container: KeptnTaskDefinitionSpec['container'],
): string[] {
  return [
    ...(container?.name
      ? []
      : ['spec.container.name is missing; a container must have a name.']),
    ...(container?.image
      ? []
      : ['spec.container.image is missing; it must name the image to run.']),
  ];
}

function validateFunction(path: string, runtime: RuntimeSpec): string[] {
  const given = SOURCES.filter(
    source => runtime[source] !== undefined && runtime[source] !== null,
  );
  const problems: string[] = [];
  if (given.length !== 1) {
    problems.push(
      `${path} must have exactly one of ${SOURCES.join(
        ', ',
      )} as the source of its code; it has ${
        given.length ? given.join(' and ') : 'none'
      }.`,
    );
  }
  if (runtime.inline && !runtime.inline.code) {
    problems.push(`${path}.inline.code is empty; it must hold the code.`);
  }
  if (runtime.httpRef) {
    problems.push(...validateUrl(`${path}.httpRef.url`, runtime.httpRef.url));
  }
  for (const source of ['functionRef', 'configMapRef'] as const) {
    if (runtime[source]) {
      problems.push(
        ...validateName(`${path}.${source}.name`, runtime[source].name ?? ''),
      );
    }
  }
  // An empty name is how a definition says "none".
  problems.push(
    ...validateName(
      `${path}.secureParameters.secret`,
      runtime.secureParameters?.secret || undefined,
    ),
  );
  return problems;
}

function validateUrl(field: string, url: string | undefined): string[] {
  try {
    const { protocol } = new URL(url ?? '');
    if (protocol === 'http:' || protocol === 'https:') {
      return [];
    }
  } catch {
    // Said below.
  }
  return [
    url
      ? `${field} is "${url}"; it must be an http or https URL.`
      : `${field} is empty; it must be an http or https URL.`,
  ];
}

function validatePodTemplate(
  annotations: Record<string, string> | undefined,
): string[] {
  const text = annotations?.[POD_TEMPLATE_ANNOTATION];
  if (!text) {
    return [];
  }
  const { problem } = parsePodTemplate(
    text,
    `Annotation ${POD_TEMPLATE_ANNOTATION}`,
  );
  return problem ? [problem] : [];
}
