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

/** Pods name PriorityClasses and RuntimeClasses that exist. */
export function priorityAndRuntime(store: Store): AdmissionPlugin {
  return {
    mutate(type, pod) {
      if (type.kind !== 'Pod' || !type.builtIn) return;
      const name = displayName(pod);
      const { priorityClassName, runtimeClassName } = pod.spec;
      if (priorityClassName) {
        const found = store
          .collection('scheduling.k8s.io/priorityclasses')
          .get(undefined, priorityClassName);
        if (!found) {
          throw forbidden(
            type,
            name,
            `no PriorityClass with name ${priorityClassName} was found`,
          );
        }
        pod.spec.priority = found.value;
        pod.spec.preemptionPolicy =
          found.preemptionPolicy ?? 'PreemptLowerPriority';
      } else {
        pod.spec.priority ??= 0;
        pod.spec.preemptionPolicy ??= 'PreemptLowerPriority';
      }
      if (!runtimeClassName) return;
      const found = store
        .collection('node.k8s.io/runtimeclasses')
        .get(undefined, runtimeClassName);
      if (!found) {
        throw forbidden(
          type,
          name,
          `pod rejected: RuntimeClass "${runtimeClassName}" not found`,
        );
      }
    },
  };
}
