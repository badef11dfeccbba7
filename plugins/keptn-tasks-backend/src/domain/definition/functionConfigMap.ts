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

import type { V1ConfigMap } from '@kubernetes/client-node';
import {
  COMPONENT,
  COMPONENT_LABEL,
  MANAGED_BY,
  MANAGED_BY_LABEL,
} from '../labels';
import { functionConfigMapName } from '../names';
import { ownerReference } from '../ownership';
import type { KeptnTaskDefinition } from '../resources';

/** The key of a ConfigMap under which Keptn looks for code. */
export const CODE_KEY = 'code';

/** The ConfigMap that carries the inline code of a definition and goes away with it. */
export function functionConfigMap(
  definition: KeptnTaskDefinition,
  code: string,
): V1ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: functionConfigMapName(definition.metadata.name),
      namespace: definition.metadata.namespace,
      labels: { [MANAGED_BY_LABEL]: MANAGED_BY, [COMPONENT_LABEL]: COMPONENT },
      ownerReferences: [ownerReference(definition)],
    },
    data: { [CODE_KEY]: code },
  };
}
