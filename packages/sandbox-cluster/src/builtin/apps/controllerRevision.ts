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

import { invalid, required } from '../../errors/FieldError';
import { Strategy } from '../../resources/ResourceType';
import { semanticEqual } from '../../schema/json';
import { labelledFields } from '../../selectors/fieldSelector';
import { plainStrategy } from '../simple';

/** The rules of ControllerRevisions: what they hold never changes, only its number does. */
export const controllerRevisionStrategy: Strategy = {
  ...plainStrategy,
  fields: labelledFields(),
  validate: ({ data, revision = 0 }) => [
    ...(data ? [] : [required('data', 'data is mandatory')]),
    ...(revision < 0
      ? [invalid('revision', revision, 'must be greater than or equal to 0')]
      : []),
  ],
  validateUpdate: (next, old) =>
    semanticEqual(next.data, old.data)
      ? []
      : [invalid('data', next.data, 'field is immutable')],
};
