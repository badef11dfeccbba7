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

import { map, object, string } from './words.mjs';

export const parameters = object(
  'Values for the code, as JSON in the variable DATA.',
  {
    map: map('Name and value of each parameter.'),
  },
);
export const secureParameters = object(
  'A Secret for the code, in the variable SECURE_DATA.',
  {
    secret: string(
      'Name of a Secret in the namespace of the task; its key is SECURE_DATA.',
    ),
  },
);
