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

import { DeleteOptions } from '../ClusterApi';
import {
  FieldError,
  forbiddenField,
  notSupported,
  required,
} from '../errors/FieldError';
import { badRequest, invalidObject } from '../errors/StatusError';
import { ResourceType, User, WriteOptions } from '../resources/ResourceType';
import { isObject } from '../schema/json';
import { parseFieldSelector } from '../selectors/fieldSelector';
import { parseLabelSelector } from '../selectors/labelSelector';
import { ListQuery } from '../service/list';
import { isTrue } from './requestInfo';

const FIELD_VALIDATION = ['', 'Ignore', 'Strict', 'Warn'];

/** The parameters of a list or a watch, checked. */
export function readListQuery(
  type: ResourceType,
  namespace: string | undefined,
  query: URLSearchParams,
  isWatch: boolean,
): ListQuery {
  const errors = listOptionErrors(query, isWatch);
  if (errors.length) throw invalidOptions('ListOptions', errors);
  const labels = query.get('labelSelector');
  const fields = query.get('fieldSelector');
  const limit = readInteger(query, 'limit');
  return {
    namespace,
    labels: labels ? parseLabelSelector(labels) : undefined,
    fields: fields
      ? parseFieldSelector(fields, type.strategy.fields)
      : undefined,
    limit,
    continueToken: query.get('continue') || undefined,
    resourceVersion: query.get('resourceVersion') || undefined,
    resourceVersionMatch: query.get('resourceVersionMatch') || undefined,
  };
}

function listOptionErrors(
  query: URLSearchParams,
  isWatch: boolean,
): FieldError[] {
  const field = 'resourceVersionMatch';
  const match = query.get(field) || undefined;
  const version = query.get('resourceVersion') || undefined;
  const sendsInitial = query.has('sendInitialEvents');
  if (isWatch) {
    if (sendsInitial && match !== 'NotOlderThan') {
      return [
        forbiddenField(
          field,
          'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
        ),
      ];
    }
    if (!sendsInitial && match) {
      return [
        forbiddenField(
          field,
          'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
        ),
      ];
    }
    return [];
  }
  if (sendsInitial) {
    return [
      forbiddenField(
        'sendInitialEvents',
        'sendInitialEvents is forbidden for list',
      ),
    ];
  }
  if (!match) return [];
  if (!version) {
    return [
      forbiddenField(
        field,
        'resourceVersionMatch is forbidden unless resourceVersion is provided',
      ),
    ];
  }
  if (query.get('continue')) {
    return [
      forbiddenField(
        field,
        'resourceVersionMatch is forbidden when continue is provided',
      ),
    ];
  }
  if (!['Exact', 'NotOlderThan'].includes(match)) {
    return [notSupported(field, match, ['Exact', 'NotOlderThan', ''])];
  }
  if (match === 'Exact' && version === '0') {
    return [
      forbiddenField(
        field,
        'resourceVersionMatch "Exact" is forbidden for resourceVersion "0"',
      ),
    ];
  }
  return [];
}

/** An integer parameter; undefined when it is absent or empty. */
export function readInteger(
  query: URLSearchParams,
  name: string,
): number | undefined {
  const text = query.get(name);
  if (!text) return undefined;
  if (!/^-?\d+$/.test(text)) {
    throw badRequest(
      `unable to convert query parameter ${name}: strconv.ParseInt: parsing ${JSON.stringify(
        text,
      )}: invalid syntax`,
    );
  }
  return Number(text);
}

/** The parameters of a create, update or patch, checked. */
export function readWriteOptions(
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions',
  query: URLSearchParams,
  request: { user: User; userAgent: string; warn: (text: string) => void },
  isApply = false,
): WriteOptions {
  const errors: FieldError[] = [];
  const manager = query.get('fieldManager') ?? '';
  const validation = query.get('fieldValidation') ?? '';
  if (isApply && !manager) {
    errors.push(required('fieldManager', 'is required for apply patch'));
  }
  if (
    !isApply &&
    query.has('force') &&
    kind === 'PatchOptions' &&
    isTrue(query.get('force'))
  ) {
    errors.push(
      forbiddenField('force', 'may not be specified for non-apply patch'),
    );
  }
  errors.push(...dryRunErrors(query.getAll('dryRun')));
  if (!FIELD_VALIDATION.includes(validation)) {
    errors.push(notSupported('fieldValidation', validation, FIELD_VALIDATION));
  }
  if (errors.length) throw invalidOptions(kind, errors);
  return {
    user: request.user,
    warn: request.warn,
    dryRun: query.has('dryRun'),
    fieldValidation: (validation || 'Warn') as WriteOptions['fieldValidation'],
    manager: manager || request.userAgent.split('/')[0] || 'unknown',
  };
}

function dryRunErrors(values: string[]): FieldError[] {
  return values.every(value => value === 'All')
    ? []
    : [notSupported('dryRun', values, ['All'])];
}

/** The options of a delete, from its body and its query. */
export function readDeleteOptions(
  body: unknown,
  query: URLSearchParams,
): DeleteOptions & { dryRun: boolean } {
  const given = isObject(body) ? body : {};
  const values: string[] = given.dryRun ?? query.getAll('dryRun');
  const errors = dryRunErrors(values);
  const policy =
    given.propagationPolicy ??
    query.get('propagationPolicy') ??
    orphanPolicy(given.orphanDependents ?? query.get('orphanDependents'));
  if (policy && !['Foreground', 'Background', 'Orphan'].includes(policy)) {
    errors.push(
      notSupported('propagationPolicy', policy, [
        'Foreground',
        'Background',
        'Orphan',
        'nil',
      ]),
    );
  }
  if (errors.length) throw invalidOptions('DeleteOptions', errors);
  return {
    gracePeriodSeconds:
      given.gracePeriodSeconds ?? readInteger(query, 'gracePeriodSeconds'),
    propagationPolicy: policy ?? undefined,
    preconditions: given.preconditions,
    dryRun: values.length > 0,
  };
}

function orphanPolicy(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  return String(value) === 'true' ? 'Orphan' : 'Background';
}

function invalidOptions(kind: string, errors: FieldError[]) {
  return invalidObject({ group: 'meta.k8s.io', kind }, '', errors);
}
