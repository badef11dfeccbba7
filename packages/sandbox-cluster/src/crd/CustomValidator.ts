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

import { RuleSet } from '../cel/RuleSet';
import { KubeObject } from '../ClusterApi';
import { FieldError, invalid } from '../errors/FieldError';
import { Schema } from '../schema/Schema';
import { validateUniqueItems } from '../schema/uniqueItems';
import { validateSchema } from '../schema/validate';

/** Errors after which the API server does not run the CEL rules. */
const BLOCKING = [
  'FieldValueRequired',
  'FieldValueTypeInvalid',
  'FieldValueNotSupported',
  'FieldValueTooLong',
  'FieldValueTooMany',
];

/** Checks objects of a custom resource against its schema and its rules. */
export class CustomValidator {
  private readonly rules: RuleSet;

  constructor(private readonly schema: Schema) {
    this.rules = new RuleSet(schema);
  }

  validate(
    object: KubeObject,
    old?: KubeObject,
    subresource?: string,
  ): FieldError[] {
    const errors = validateSchema(object, this.schema).map(error =>
      subresource === 'status' ? fromStatus(error) : error,
    );
    const details = errors.flatMap(error => this.fractionDetail(error));
    const unique = validateUniqueItems(object, this.schema);
    const all = [...errors, ...details, ...unique];
    if (!object.metadata.name || all.some(e => BLOCKING.includes(e.reason))) {
      return [
        ...all,
        {
          ...invalid(
            '<nil>',
            null,
            'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
          ),
        },
      ];
    }
    return [...all, ...this.rules.check(object, old)];
  }

  /** A fraction where an integer is wanted is refused twice. */
  private fractionDetail({ message, field }: FieldError): FieldError[] {
    if (!/must be of type integer: "number"$/.test(message)) return [];
    return [
      invalid(
        '<nil>',
        '',
        `Checked value must be of type integer (default format) in ${field}`,
      ),
    ];
  }
}

/** Messages about a write to `/status` count paths from there. */
function fromStatus({ reason, message, field }: FieldError): FieldError {
  const shortened = message.replace(/(^|\s)status\.(\S+ in body )/, '$1$2');
  return { reason, message: shortened, field };
}
