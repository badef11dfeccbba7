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

import { forbidden, notFound } from '../errors/StatusError';
import { AdmissionPlugin, displayName } from '../service/ApiContext';
import { Store } from '../store/Store';

const ALWAYS_THERE = [
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
];

/** Nothing is created in a namespace that does not exist or is going; some namespaces never go. */
export function namespaceLifecycle(store: Store): AdmissionPlugin {
  return {
    mutate(type, object) {
      const { namespace } = object.metadata;
      if (!type.namespaced || !namespace) return;
      const found = store.collection('/namespaces').get(undefined, namespace);
      if (!found)
        throw notFound({ group: '', plural: 'namespaces' }, namespace);
      if (!found.metadata.deletionTimestamp) return;
      throw forbidden(
        type,
        displayName(object),
        `unable to create new content in namespace ${namespace} because it is being terminated`,
        [
          {
            reason: 'NamespaceTerminating',
            message: `namespace ${namespace} is being terminated`,
            field: 'metadata.namespace',
          },
        ],
      );
    },
    delete(type, { metadata }) {
      if (type.kind !== 'Namespace' || !type.builtIn) return;
      if (!ALWAYS_THERE.includes(metadata.name)) return;
      throw forbidden(type, metadata.name, 'this namespace may not be deleted');
    },
  };
}
