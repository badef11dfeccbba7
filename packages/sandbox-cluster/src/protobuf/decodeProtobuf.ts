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

import { Json } from '../schema/json';
import { messages } from './messages';
import { readFields } from './ProtobufReader';
import { specialTypes } from './specialTypes';

const MAGIC = [0x6b, 0x38, 0x73, 0x00];

/** Groups whose package is not the first part of their name. */
const PACKAGES: Record<string, string> = {
  '': 'core',
  'rbac.authorization.k8s.io': 'rbac',
};

/** Scalars that are pointers in Go: a zero that is there was meant. */
const POINTERS = new Set(
  `parallelism completions backoffLimit activeDeadlineSeconds ttlSecondsAfterFinished suspend manualSelector
  replicas terminationGracePeriodSeconds optional automountServiceAccountToken runAsUser runAsGroup
  runAsNonRoot fsGroup allowPrivilegeEscalation privileged readOnlyRootFilesystem immutable defaultMode mode
  controller blockOwnerDeletion enableServiceLinks gracePeriodSeconds deletionGracePeriodSeconds
  orphanDependents priority revisionHistoryLimit progressDeadlineSeconds leaseDurationSeconds
  leaseTransitions shareProcessNamespace hostUsers setHostnameAsFQDN expirationSeconds`.split(
    /\s+/,
  ),
);

interface Field {
  name: string;
  type: string;
  repeated: boolean;
  inline: boolean;
  isMap: boolean;
}

const parsed = new Map<string, Map<number, Field>>();

/** Whether a body is in Kubernetes' protobuf envelope. */
export function isProtobuf(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, index) => bytes[index] === byte);
}

/**
 * An object from Kubernetes' protobuf envelope, as JSON. Throws an Error that names the kind when it is
 * not known, a RangeError when the bytes are broken.
 */
export function decodeProtobuf(bytes: Uint8Array): Json {
  let apiVersion = '';
  let kind = '';
  let raw: Uint8Array = new Uint8Array();
  for (const { number, value } of readFields(bytes.subarray(MAGIC.length))) {
    if (typeof value === 'bigint') continue;
    if (number === 2) raw = value;
    if (number !== 1) continue;
    for (const field of readFields(value)) {
      const text = Buffer.from(field.value as Uint8Array).toString();
      if (field.number === 1) apiVersion = text;
      if (field.number === 2) kind = text;
    }
  }
  const message = messageName(apiVersion, kind);
  if (!messages[message]) {
    throw new Error(
      `no kind "${kind}" is registered for version "${apiVersion}"`,
    );
  }
  return { apiVersion, kind, ...readMessage(raw, message) };
}

function messageName(apiVersion: string, kind: string): string {
  if (kind === 'DeleteOptions') return 'meta.v1.DeleteOptions';
  const parts = apiVersion.split('/');
  const version = parts.pop() ?? '';
  const group = parts[0] ?? '';
  return `${PACKAGES[group] ?? group.split('.')[0]}.${version}.${kind}`;
}

function fieldsOf(message: string): Map<number, Field> {
  let fields = parsed.get(message);
  if (!fields) {
    fields = new Map();
    for (const entry of (messages[message] ?? '').split('; ').filter(Boolean)) {
      const [number, name, type] = entry.split(' ');
      fields.set(Number(number), {
        name,
        type: type.replace(/^[*!]*(map:)?/, ''),
        repeated: type.startsWith('*'),
        inline: type.includes('!'),
        isMap: type.startsWith('map:'),
      });
    }
    parsed.set(message, fields);
  }
  return fields;
}

function readMessage(bytes: Uint8Array, message: string): Json {
  const object: Json = {};
  const fields = fieldsOf(message);
  for (const { number, value } of readFields(bytes)) {
    const field = fields.get(number);
    if (!field) continue;
    if (field.isMap) {
      const [key, item] = readEntry(value as Uint8Array, field.type);
      object[field.name] = { ...object[field.name], [key]: item };
      continue;
    }
    const item = readValue(value, field.type);
    if (field.inline) Object.assign(object, item);
    else if (field.repeated) (object[field.name] ??= []).push(item);
    else if (item !== undefined && !isUnset(item, field.name)) {
      object[field.name] = item;
    }
  }
  return object;
}

/** Go writes the zero value of everything that is not a pointer. */
function isUnset(item: unknown, name: string): boolean {
  return item === '' || ((item === 0 || item === false) && !POINTERS.has(name));
}

function readEntry(bytes: Uint8Array, type: string): [string, unknown] {
  let key = '';
  let item: unknown = type === 'string' || type === 'bytes' ? '' : {};
  for (const { number, value } of readFields(bytes)) {
    if (number === 1) key = Buffer.from(value as Uint8Array).toString();
    else item = readValue(value, type);
  }
  return [key, item];
}

function readValue(value: bigint | Uint8Array, type: string): unknown {
  if (typeof value === 'bigint') {
    return type === 'bool' ? value !== 0n : Number(BigInt.asIntN(64, value));
  }
  const special = specialTypes[type];
  if (special) return special(value);
  switch (type) {
    case 'string':
      return Buffer.from(value).toString();
    case 'bytes':
      return Buffer.from(value).toString('base64');
    case 'double':
      return Buffer.from(value).readDoubleLE();
    case 'authentication.v1.ExtraValue':
    case 'authorization.v1.ExtraValue':
      return readMessage(value, type).items ?? [];
    default:
      return readMessage(value, type);
  }
}
