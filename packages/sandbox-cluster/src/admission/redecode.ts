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
import { Json } from '../schema/json';
import { decodeBody } from '../service/decodeBody';
import { AdmissionWrite } from './matching/AdmissionWrite';

/** A changed object as the server reads it: fields that the kind has not are dropped, defaults filled in. */
export function redecode(write: AdmissionWrite, changed: Json): KubeObject {
  return decodeBody(write.type, changed, {
    ...write.options,
    fieldValidation: 'Ignore',
  });
}
