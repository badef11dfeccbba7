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
import {
  FieldError,
  forbiddenField,
  invalid,
  required,
} from '../errors/FieldError';
import { ResourceType } from '../resources/ResourceType';
import { labelValueProblems, qualifiedNameProblems } from './names';

const MAX_ANNOTATION_BYTES = 256 * 1024;
const PLAIN_FINALIZERS = ['orphan', 'foregroundDeletion', 'kubernetes'];

/** The rules of metadata that hold for every kind. */
export function validateMetadata(
  object: KubeObject,
  type: ResourceType,
): FieldError[] {
  const { metadata } = object;
  const errors: FieldError[] = [];
  if (!metadata.name) {
    errors.push(required('metadata.name', 'name or generateName is required'));
  } else {
    for (const problem of type.strategy.validateName(metadata.name)) {
      errors.push(invalid('metadata.name', metadata.name, problem));
    }
  }
  errors.push(
    ...validateLabels(metadata.labels, 'metadata.labels'),
    ...validateAnnotations(metadata.annotations),
    ...validateFinalizers(metadata.finalizers ?? [], requiresDomain(type)),
    ...validateOwners(metadata),
  );
  return errors;
}

/** Keys and values of a label map, wherever it stands. */
export function validateLabels(
  labels: Record<string, string> | undefined,
  field: string,
): FieldError[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...qualifiedNameProblems(key).map(p => invalid(field, key, p)),
    ...labelValueProblems(value).map(p => invalid(field, value, p)),
  ]);
}

function validateAnnotations(
  annotations: Record<string, string> | undefined,
): FieldError[] {
  let size = 0;
  const errors: FieldError[] = [];
  for (const [key, value] of Object.entries(annotations ?? {})) {
    size += Buffer.byteLength(key) + Buffer.byteLength(value);
    for (const problem of qualifiedNameProblems(key.toLowerCase())) {
      errors.push(invalid('metadata.annotations', key, problem));
    }
  }
  if (size > MAX_ANNOTATION_BYTES) {
    errors.push({
      reason: 'FieldValueTooLong',
      message: `Too long: may not be more than ${MAX_ANNOTATION_BYTES} bytes`,
      field: 'metadata.annotations',
    });
  }
  return errors;
}

/** Kinds of the main API server allow no finalizers without a domain but their own. */
function requiresDomain(type: ResourceType): boolean {
  return type.builtIn && type.group !== 'apiextensions.k8s.io';
}

function validateFinalizers(
  finalizers: readonly string[],
  needsDomain: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, finalizer] of finalizers.entries()) {
    const at = `metadata.finalizers[${index}]`;
    const problems = qualifiedNameProblems(finalizer);
    for (const problem of problems) {
      errors.push(invalid(at, finalizer, problem));
    }
    const plain = !finalizer.includes('/');
    if (
      needsDomain &&
      !problems.length &&
      plain &&
      !PLAIN_FINALIZERS.includes(finalizer)
    ) {
      errors.push(
        invalid(
          at,
          finalizer,
          'name is neither a standard finalizer name nor is it fully qualified',
        ),
      );
    }
  }
  if (
    finalizers.includes('orphan') &&
    finalizers.includes('foregroundDeletion')
  ) {
    errors.push(
      invalid(
        'metadata.finalizers',
        finalizers,
        'finalizers orphan and foregroundDeletion cannot be both set',
      ),
    );
  }
  return errors;
}

function validateOwners(metadata: KubeObject['metadata']): FieldError[] {
  const errors: FieldError[] = [];
  let controller: string | undefined;
  (metadata.ownerReferences ?? []).forEach(owner => {
    const at = 'metadata.ownerReferences';
    if (!owner.apiVersion) {
      errors.push(
        invalid(
          `${at}.apiVersion`,
          owner.apiVersion ?? '',
          'version must not be empty',
        ),
      );
    }
    for (const field of ['kind', 'name', 'uid'] as const) {
      if (!owner[field]) {
        errors.push(invalid(`${at}.${field}`, '', 'must not be empty'));
      }
    }
    if (owner.controller) {
      if (controller !== undefined) {
        errors.push(
          invalid(
            'metadata.ownerReferences',
            metadata.ownerReferences,
            `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${owner.kind}/${owner.name}`,
          ),
        );
      }
      controller = `${owner.kind}/${owner.name}`;
    }
  });
  return errors;
}

/** What of metadata may not change in an update. */
export function validateMetadataUpdate(
  object: KubeObject,
  old: KubeObject,
): FieldError[] {
  if (!old.metadata.deletionTimestamp) return [];
  const before = new Set(old.metadata.finalizers ?? []);
  const added = (object.metadata.finalizers ?? []).filter(f => !before.has(f));
  if (added.length === 0) return [];
  const list = added.map(f => JSON.stringify(f)).join(', ');
  return [
    forbiddenField(
      'metadata.finalizers',
      `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`,
    ),
  ];
}
