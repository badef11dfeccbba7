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

import { AdmissionExtensions } from '../admission/AdmissionExtensions';
import { KubeObject } from '../ClusterApi';
import { Registry } from '../resources/Registry';
import { ResourceType, WriteOptions } from '../resources/ResourceType';
import { Store } from '../store/Store';

/** Looks at writes after defaulting and before validation, and may change or refuse them. */
export interface AdmissionPlugin {
  /** Before a name is generated: refusals call the object by its generateName. */
  mutate?(type: ResourceType, object: KubeObject, options: WriteOptions): void;
  /** When the object is complete. */
  create?(type: ResourceType, object: KubeObject, options: WriteOptions): void;
  update?(
    type: ResourceType,
    object: KubeObject,
    old: KubeObject,
    options: WriteOptions,
  ): void;
  delete?(type: ResourceType, object: KubeObject, options: WriteOptions): void;
}

/** What every operation of the API works on. */
export interface ApiContext {
  store: Store;
  registry: Registry;
  admission: AdmissionPlugin[];
  extensions: AdmissionExtensions;
}

/** The present moment as metadata carries it: whole seconds. */
export function timestamp(now = new Date()): string {
  return now.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** What refusals call an object that may have no name yet. */
export function displayName({ metadata }: KubeObject): string {
  return metadata.name || metadata.generateName || '';
}
