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

import { KubeObject } from '../ClusterApi';
import { FieldError, invalid, required } from '../errors/FieldError';
import { Strategy } from '../resources/ResourceType';
import { Json } from '../schema/json';
import { labelledFields } from '../selectors/fieldSelector';
import { subdomainProblems } from '../service/names';

const reference = (field: 'involvedObject' | 'regarding') =>
  Object.fromEntries(
    [
      'kind',
      'namespace',
      'name',
      'uid',
      'apiVersion',
      'resourceVersion',
      'fieldPath',
    ].map(part => [
      `${field}.${part}`,
      (event: KubeObject) => String(event[field]?.[part] ?? ''),
    ]),
  );

const common: Omit<Strategy, 'fields'> = {
  hasGeneration: false,
  unconditionalUpdate: true,
  validateName: subdomainProblems,
};

/** The rules of Events in the core group. */
export const coreEventStrategy: Strategy = {
  ...common,
  fields: labelledFields({
    ...reference('involvedObject'),
    reason: event => event.reason ?? '',
    type: event => event.type ?? '',
    source: event => event.source?.component || event.reportingComponent || '',
    reportingComponent: event => event.reportingComponent ?? '',
  }),
  validate: event =>
    validateNamespace(event, event.involvedObject, 'involvedObject'),
};

/** The rules of Events in events.k8s.io, which must be complete. */
export const eventStrategy: Strategy = {
  ...common,
  fields: labelledFields({
    ...reference('regarding'),
    reason: event => event.reason ?? '',
    type: event => event.type ?? '',
    reportingController: event => event.reportingController ?? '',
  }),
  validate: event => [
    ...validateNamespace(event, event.regarding, 'regarding'),
    ...validateNewEvent(event),
  ],
};

function validateNamespace(
  event: KubeObject,
  object: Json | undefined,
  field: string,
): FieldError[] {
  const namespace = object?.namespace || 'default';
  if (event.metadata.namespace === namespace) return [];
  return [
    invalid(
      `${field}.namespace`,
      object?.namespace ?? '',
      'does not match event.namespace',
    ),
  ];
}

function validateNewEvent(event: KubeObject): FieldError[] {
  if (!event.eventTime) {
    return event.deprecatedFirstTimestamp ? [] : [required('eventTime')];
  }
  const errors: FieldError[] = [];
  for (const field of [
    'reportingController',
    'reportingInstance',
    'action',
    'reason',
  ]) {
    if (!event[field]) errors.push(required(field));
  }
  if (!['Normal', 'Warning'].includes(event.type)) {
    errors.push(invalid('type', event.type ?? '', 'has invalid value: '));
  }
  if (Buffer.byteLength(event.note ?? '') > 1024) {
    errors.push(invalid('note', event.note, 'can have at most 1024 bytes'));
  }
  return errors;
}

const RENAMED: Array<[core: string, current: string]> = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['reportingComponent', 'reportingController'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
];

/** A stored (core) Event as events.k8s.io shows it. */
export function toCurrentEvent(stored: KubeObject): KubeObject {
  const event: KubeObject = { ...stored, apiVersion: 'events.k8s.io/v1' };
  for (const [core, current] of RENAMED) {
    if (event[core] !== undefined) event[current] = event[core];
    delete event[core];
  }
  return event;
}

/** An Event of events.k8s.io as it is stored. */
export function toCoreEvent(current: KubeObject): KubeObject {
  const event: KubeObject = { ...current, apiVersion: 'v1' };
  for (const [core, name] of RENAMED) {
    if (event[name] !== undefined) event[core] = event[name];
    delete event[name];
  }
  return event;
}
