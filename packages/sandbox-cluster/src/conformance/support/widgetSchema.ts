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

/** The schema of a widget: one field for each rule that the tests look at. */
export function widgetSchema() {
  return {
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        required: ['size', 'color'],
        properties: {
          size: { type: 'integer', minimum: 1, maximum: 10 },
          color: { type: 'string', enum: ['red', 'green', 'blue'] },
          code: { type: 'string', pattern: '^[a-z]{3}-[0-9]+$' },
          mode: { type: 'string', default: 'auto' },
          note: { type: 'string', minLength: 1, maxLength: 5 },
          timeout: { type: 'string', format: 'duration' },
          when: { type: 'string', format: 'date-time' },
          ratio: { type: 'number' },
          enabled: { type: 'boolean' },
          portOrName: { 'x-kubernetes-int-or-string': true },
          maybe: { type: 'string', nullable: true },
          free: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
          inner: {
            type: 'object',
            default: {},
            properties: { retries: { type: 'integer', default: 3 } },
          },
          rows: {
            type: 'array',
            maxItems: 3,
            items: {
              type: 'array',
              maxItems: 2,
              items: { type: 'string', maxLength: 10 },
            },
          },
          parts: {
            type: 'array',
            maxItems: 4,
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['name'],
            items: {
              type: 'object',
              required: ['name'],
              properties: {
                name: { type: 'string', maxLength: 20 },
                count: { type: 'integer', default: 1 },
              },
            },
          },
          tags: {
            type: 'array',
            maxItems: 5,
            'x-kubernetes-list-type': 'set',
            items: { type: 'string', maxLength: 10 },
          },
          min: { type: 'integer' },
          max: { type: 'integer' },
          fixed: {
            type: 'string',
            'x-kubernetes-validations': [
              { rule: 'self == oldSelf', message: 'fixed is immutable' },
            ],
          },
        },
        'x-kubernetes-validations': [
          {
            rule: '!has(self.min) || !has(self.max) || self.min <= self.max',
            message: 'min must not exceed max',
          },
          {
            rule: 'self.color != "red" || self.size < 5',
            messageExpression:
              'self.size > 8 ? "red ones must be much smaller" : "red ones must be smaller than 5"',
            reason: 'FieldValueForbidden',
            fieldPath: '.size',
          },
        ],
      },
      status: {
        type: 'object',
        properties: {
          phase: { type: 'string' },
          ready: { type: 'integer' },
        },
      },
    },
  };
}
