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
import type { V1Pod } from '@kubernetes/client-node';
import {
  GATE_REMOVED_ANNOTATION,
  SCHEDULING_GATE,
} from '../domain/release/annotations';
import { isGated } from '../domain/release/gate/schedulingGate';
import { revisionKeyOf } from '../domain/release/revision';
import type { WebhookCluster } from './WebhookClusters';

/** One operation of a JSON patch. */
export interface PatchOperation {
  op: 'add';
  path: string;
  value: unknown;
}

const PATH = '/spec/schedulingGates';

/**
 * The JSON patch that puts our gate on a new Pod beside those of others; `undefined` for a Pod that is to be left as it
 * is: because nobody looks after it, because its revision is cleared, because its gate was opened before, or because it
 * has a node already, which no gate may stand beside.
 */
export function gatePatch(
  pod: V1Pod,
  namespace: string,
  cluster: WebhookCluster,
): PatchOperation[] | undefined {
  const revision = revisionKeyOf(pod);
  if (
    !revision ||
    !cluster.ready() ||
    !cluster.isOptedIn(namespace) ||
    isGated(pod) ||
    wasReleased(pod) ||
    pod.spec?.nodeName ||
    !cluster.hasIdentity(pod, namespace) ||
    cluster.isCleared(namespace, revision)
  ) {
    return undefined;
  }
  const gate = { name: SCHEDULING_GATE };
  return pod.spec?.schedulingGates?.length
    ? [{ op: 'add', path: `${PATH}/-`, value: gate }]
    : [{ op: 'add', path: PATH, value: [gate] }];
}

function wasReleased({ metadata }: V1Pod): boolean {
  return Boolean(
    metadata?.annotations?.[GATE_REMOVED_ANNOTATION] ||
      metadata?.labels?.[GATE_REMOVED_ANNOTATION],
  );
}
