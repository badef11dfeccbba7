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
import { KubeObject } from '../../ClusterApi';
import { Registry } from '../../resources/Registry';
import { Json } from '../../schema/json';
import { viewOf } from '../../service/views';
import { Store } from '../../store/Store';
import { selects } from '../matching/selectors';

/**
 * The objects that a binding gives its policy as `params`, one invocation for each; `null` where the policy takes none.
 * None at all when they are missing and that is allowed. Throws where it is not.
 */
export function paramsFor(
  { paramKind }: Json,
  { paramRef }: Json,
  namespace: string | undefined,
  { registry, store }: { registry: Registry; store: Store },
): Array<KubeObject | null> {
  if (!paramKind || !paramRef) return [null];
  const type = registry.findKind(paramKind.apiVersion, paramKind.kind);
  if (!type) {
    throw new Error(
      `paramKind kind \`${paramKind.apiVersion}, Kind=${paramKind.kind}\` not known`,
    );
  }
  const where = type.namespaced ? paramRef.namespace || namespace : undefined;
  if (type.namespaced && !where) {
    throw new Error(
      'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources',
    );
  }
  const collection = store.collection(type.storage);
  const named = paramRef.name && collection.get(where, paramRef.name);
  const found: KubeObject[] = paramRef.name
    ? [named].filter(Boolean)
    : collection
        .list(where)
        .filter(({ metadata }) => selects(paramRef.selector, metadata.labels));
  if (!found.length && paramRef.parameterNotFoundAction === 'Deny') {
    throw new Error(
      'no params found for policy binding with `Deny` parameterNotFoundAction',
    );
  }
  return found.map(object => viewOf(type, object));
}
