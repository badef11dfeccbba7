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

import { forbidden } from '../errors/StatusError';
import { AdmissionPlugin, displayName } from '../service/ApiContext';
import { Store } from '../store/Store';

/** Pods run as a ServiceAccount that exists: `default` unless they name one. */
export function serviceAccounts(store: Store): AdmissionPlugin {
  return {
    mutate(type, pod) {
      if (type.kind !== 'Pod' || !type.builtIn) return;
      const name = pod.spec.serviceAccountName || 'default';
      const { namespace } = pod.metadata;
      const account = store.collection('/serviceaccounts').get(namespace, name);
      if (!account) {
        throw forbidden(
          type,
          displayName(pod),
          `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`,
        );
      }
      pod.spec.serviceAccountName = name;
      pod.spec.serviceAccount = name;
      if (!pod.spec.imagePullSecrets && account.imagePullSecrets) {
        pod.spec.imagePullSecrets = account.imagePullSecrets;
      }
    },
  };
}
