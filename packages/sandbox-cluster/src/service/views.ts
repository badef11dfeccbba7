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
import { deepFreeze } from '../schema/json';
import { ResourceType } from '../resources/ResourceType';

const caches = new WeakMap<ResourceType, WeakMap<KubeObject, KubeObject>>();

function cacheOf(type: ResourceType): WeakMap<KubeObject, KubeObject> {
  let cache = caches.get(type);
  if (!cache) {
    cache = new WeakMap();
    caches.set(type, cache);
  }
  return cache;
}

/** A stored object as one API version shows it. Frozen; the same object for the same input. */
export function viewOf(type: ResourceType, stored: KubeObject): KubeObject {
  if (!type.fromStorage) return stored;
  const cache = cacheOf(type);
  let view = cache.get(stored);
  if (!view) {
    view = deepFreeze(type.fromStorage(stored));
    cache.set(stored, view);
  }
  return view;
}
