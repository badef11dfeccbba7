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

/** Longest name of an object. */
const MAX_NAME = 253;
/** No part of a name is shortened below this, as long as there is room for it. */
const MIN_PART = 80;
const HASH_LENGTH = 8;
/** What the names of our objects may consist of: a DNS subdomain. */
const OBJECT_NAME =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const FIRST_NUMBER = 10_000;
const LAST_NUMBER = 99_998;

/** Whether Kubernetes takes this as the name of an object. */
export function isObjectName(name: string): boolean {
  return name.length <= MAX_NAME && OBJECT_NAME.test(name);
}

/**
 * A name made of parts as Keptn makes them: joined by dashes, shortened where it is too long, in lower case, with
 * dashes for underscores. Where that is no name (Keptn would never create the object), what is not allowed becomes a
 * dash and a hash of the original follows, so that two originals never become one name.
 */
export function objectName(...parts: string[]): string {
  const name = joinParts(parts).toLowerCase().replace(/_/g, '-');
  return isObjectName(name) ? name : withHash(name, parts.join('-'));
}

/** Name of an app as its object has it. */
export function appObjectName(app: string): string {
  return objectName(app);
}

/**
 * Name of a KeptnWorkload. It always begins with the app's and a dash: the rest is how the app lists it. Keptn gives
 * up that rule for names that are too long, and then never finds them again.
 */
export function workloadObjectName(app: string, workload: string): string {
  const prefix = `${app}-`;
  const name = objectName(app, workload);
  return name.startsWith(prefix)
    ? name
    : `${prefix}${withHash(workload.toLowerCase(), workload, prefix.length)}`;
}

/** How an app lists a KeptnWorkload: without the name of the app. */
export function listedName(app: string, workloadName: string): string {
  const prefix = `${app}-`;
  return workloadName.startsWith(prefix)
    ? workloadName.slice(prefix.length)
    : workloadName;
}

/** Name of the version of a KeptnWorkload. */
export function workloadVersionName(
  workloadName: string,
  version: string,
): string {
  return objectName(workloadName, version);
}

/**
 * The names that the version of a KeptnWorkload may have: Keptn's, and one for where that belongs to somebody else.
 * Version `b-1` of `a` and version `1` of `a-b` are called alike.
 */
export function workloadVersionNames(
  workloadName: string,
  version: string,
): string[] {
  const name = workloadVersionName(workloadName, version);
  return [name, withHash(name, [workloadName, version].join('\n'))];
}

/** Name of the attempt to release a version of an app. Any change of the app's spec is a new attempt. */
export function appVersionName(
  app: string,
  version: string,
  generation: number,
): string {
  return objectName(app, version, generationHash(generation));
}

/** The same as `workloadVersionNames`, of an app. */
export function appVersionNames(
  app: string,
  version: string,
  generation: number,
): string[] {
  const name = appVersionName(app, version, generation);
  return [name, withHash(name, [app, version, generation].join('\n'))];
}

/** Stands for a generation of an app in names. */
export function generationHash(generation: number): string {
  return sha256(String(generation)).slice(0, 8);
}

/** What a task or evaluation of a phase is for. */
export interface PhaseItem {
  /** Uid of the version whose phase it is. */
  ownerUid: string;
  /** Which attempt of that version, from 1. */
  attempt: number;
  /** `pre`, `post`, `promotion`, `pre-eval` or `post-eval`. */
  checkType: string;
  definition: string;
  /** From 0; counts names that turned out to be somebody else's. */
  probe: number;
}

/**
 * Name of the task or evaluation that a phase starts. It looks as Keptn's do, but its number follows from what it is
 * for: starting it twice is refused by the API server itself.
 */
export function phaseTaskName(item: PhaseItem): string {
  const { checkType, definition } = item;
  return objectName(checkType, definition, String(numberOf(item)));
}

function numberOf(item: PhaseItem): number {
  const { ownerUid, attempt, checkType, definition, probe } = item;
  const digest = createHash('sha256')
    .update([ownerUid, attempt, checkType, definition, probe].join('\n'))
    .digest();
  return (
    FIRST_NUMBER + (digest.readUInt32BE() % (LAST_NUMBER - FIRST_NUMBER + 1))
  );
}

/** Keptn's way of making room: each part but the last gives what is too much, down to a minimum. */
function joinParts(parts: string[]): string {
  let minimum = MIN_PART;
  while (parts.length * minimum > MAX_NAME) {
    minimum = Math.floor(minimum / 2);
  }
  const shortened = [...parts];
  for (let index = 0; index < shortened.length - 1; index++) {
    const excess = shortened.join('-').length - MAX_NAME;
    if (excess <= 0) {
      break;
    }
    const part = shortened[index];
    if (part.length > minimum) {
      shortened[index] = part.slice(0, Math.max(minimum, part.length - excess));
    }
  }
  return shortened.join('-');
}

/** A name that is allowed, with a hash of what it stands for. */
function withHash(name: string, original: string, reserved = 0): string {
  const room = MAX_NAME - reserved - HASH_LENGTH - 1;
  const head = name
    // What people write may be very long, and then these searches take very long.
    .slice(0, 4 * MAX_NAME)
    .replace(/[^a-z0-9.-]/g, '-')
    .replace(/[-.]*\.[-.]*/g, '.')
    .slice(0, Math.max(0, room))
    .replace(/^[-.]+|[-.]+$/g, '');
  const hash = sha256(original.toLowerCase()).slice(0, HASH_LENGTH);
  return head ? `${head}-${hash}` : hash;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
