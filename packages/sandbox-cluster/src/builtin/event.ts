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
import { Json, semanticEqual } from '../schema/json';
import { labelledFields } from '../selectors/fieldSelector';
import { qualifiedNameProblems, subdomainProblems } from '../service/names';

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

/** Fields of events.k8s.io, and what refusals call them. */
const IMMUTABLE: Array<[field: string, name: string]> = [
  ['regarding', 'involvedObject'],
  ['reason', 'reason'],
  ['note', 'message'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
  ['eventTime', 'eventTime'],
  ['type', 'type'],
  ['related', 'related'],
  ['action', 'action'],
  ['reportingController', 'reportingController'],
  ['reportingInstance', 'reportingInstance'],
];

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
  // These are always there in Go's JSON.
  setDefaults: event => {
    event.source ??= {};
    event.firstTimestamp ??= null;
    event.lastTimestamp ??= null;
    event.eventTime ??= null;
    event.reportingComponent ??= '';
    event.reportingInstance ??= '';
  },
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
  setDefaults: event => {
    event.deprecatedSource ??= {};
    event.deprecatedFirstTimestamp ??= null;
    event.deprecatedLastTimestamp ??= null;
    event.eventTime ??= null;
  },
  validateUpdate: (event, old) =>
    IMMUTABLE.filter(([field]) => !semanticEqual(event[field], old[field])).map(
      ([field, name]) => invalid(name, event[field], 'field is immutable'),
    ),
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
  // An event that came through the core group has none of this.
  if (!event.eventTime) {
    return event.deprecatedFirstTimestamp ? [] : [required('eventTime')];
  }
  const errors: FieldError[] = [];
  const { reportingController = '', type = '', note = '' } = event;
  if (!reportingController) errors.push(required('reportingController'));
  for (const problem of qualifiedNameProblems(reportingController)) {
    errors.push(invalid('reportingController', reportingController, problem));
  }
  for (const field of ['reportingInstance', 'action', 'reason']) {
    const value = event[field] ?? '';
    if (!value) errors.push(required(field));
    if (value.length > 128) {
      errors.push(invalid(field, '', 'can have at most 128 characters'));
    }
  }
  if (!['Normal', 'Warning'].includes(type)) {
    errors.push(invalid('type', '', `has invalid value: ${type}`));
  }
  if (note.length > 1024) {
    errors.push(invalid('message', '', 'can have at most 1024 characters'));
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
  for (const field of ['reportingController', 'reportingInstance', 'action']) {
    if (event[field] === '') delete event[field];
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
  event.reportingComponent ??= '';
  event.reportingInstance ??= '';
  return event;
}
