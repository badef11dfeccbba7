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

// The words of a schema.

export const string = description => ({
  type: 'string',
  ...(description && { description }),
});
export const dateTime = description => ({
  ...string(description),
  format: 'date-time',
});
export const integer = (description, rest = {}) => ({
  type: 'integer',
  format: 'int32',
  description,
  ...rest,
});
export const boolean = description => ({ type: 'boolean', description });
export const map = description => ({
  type: 'object',
  description,
  additionalProperties: { type: 'string' },
});
export const object = (description, properties, rest = {}) => ({
  type: 'object',
  ...(description && { description }),
  properties,
  ...rest,
});
/** Checked by the API server when the Pod is made; nothing is lost here, also not what later versions of it add. */
export const open = (type, description) =>
  type === 'array'
    ? {
        type,
        description,
        items: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      }
    : { type, description, 'x-kubernetes-preserve-unknown-fields': true };
export const strings = description => ({
  type: 'array',
  description,
  items: { type: 'string' },
});

/** Anchored as a whole: what Go cannot parse would make the whole kind unreadable for Go clients. */
const DURATION = '^(0|([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h))+)$';
export const duration = (description, rest = {}) => ({
  ...string(description),
  pattern: DURATION,
  ...rest,
});
