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

import { Json } from '../../schema/json';
import { Store } from '../../store/Store';
import { AdmissionWrite } from './AdmissionWrite';

type Labels = Record<string, string>;

/** Whether labels fit a LabelSelector object. An absent or empty one fits everything. */
export function selects(selector: Json | undefined, labels: Labels = {}) {
  const wanted = Object.entries((selector?.matchLabels ?? {}) as Labels);
  const expressions: Json[] = selector?.matchExpressions ?? [];
  return (
    wanted.every(([key, value]) => labels[key] === value) &&
    expressions.every(({ key, operator, values = [] }) => {
      const isThere = Object.hasOwn(labels, key);
      switch (operator) {
        case 'In':
          return isThere && values.includes(labels[key]);
        case 'NotIn':
          return !isThere || !values.includes(labels[key]);
        case 'Exists':
          return isThere;
        default:
          return !isThere;
      }
    })
  );
}

/** Whether the namespace of a write fits. Namespaces stand for themselves; what is in none always fits. */
export function namespaceFits(
  selector: Json | undefined,
  write: AdmissionWrite,
  store: Store,
): boolean {
  if (!selector) return true;
  const { type, namespace, object, old } = write;
  if (type.kind === 'Namespace' && type.builtIn) {
    return selects(selector, (object ?? old)?.metadata.labels);
  }
  if (!namespace) return true;
  const found = store.collection('/namespaces').get(undefined, namespace);
  return selects(selector, found?.metadata.labels);
}

/** Whether the object fits, as it was or as it is to be. */
export function objectFits(
  selector: Json | undefined,
  { object, old }: AdmissionWrite,
): boolean {
  if (!selector) return true;
  return [object, old].some(
    state => state && selects(selector, state.metadata.labels),
  );
}
