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
import { celValue } from '../../cel/celValue';
import { AdmissionVariables } from '../../cel/admissionExpression';
import { KubeObject } from '../../ClusterApi';
import { AdmissionWrite, requestOf, wireObject } from './AdmissionWrite';

/** Values of the variables that every expression about a write can name. */
export function variablesOf(write: AdmissionWrite): AdmissionVariables {
  const { type, object, old } = write;
  const valueOf = (state: KubeObject | undefined) =>
    state ? celValue(wireObject(type, state), undefined) : null;
  return {
    object: valueOf(object),
    oldObject: valueOf(old),
    request: celValue(requestOf(write), undefined),
  };
}
