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
import { semanticEqual } from '../../schema/json';
import { ChildIndex } from '../workload/ChildIndex';
import { claimChildren } from '../workload/claim';
import { controllerReference } from '../workload/owners';
import { templateHash } from '../workload/templateHash';

/** The templates that a workload had, each as a ControllerRevision. */
export interface Revisions {
  /** The revision of the present template. */
  update: KubeObject;
  /** All of them, the oldest number first. */
  history: KubeObject[];
}

/**
 * Keeps the history of a workload's template: a new one is stored, one that was there before gets the highest number
 * again.
 *
 * @param hashLabel - the label that carries the hash of a revision's template
 */
export function syncRevisions(
  index: ChildIndex,
  owner: KubeObject,
  hashLabel: string,
): Revisions {
  const data = {
    spec: { template: { ...owner.spec.template, $patch: 'replace' } },
  };
  const history = claimChildren(index, owner).sort(byNumber);
  const next = (history.at(-1)?.revision ?? 0) + 1;
  const same = history.filter(revision => semanticEqual(revision.data, data));
  const known = same.at(-1);
  const update =
    known ?? index.client.create(revisionFor(owner, data, next, hashLabel));
  const isLast = !known || known === history.at(-1);
  return {
    update: isLast
      ? update
      : index.client.update({ ...update, revision: next }),
    history: index.ownedBy(owner).sort(byNumber),
  };
}

/** The Pod template that a revision holds. */
export function templateIn(revision: KubeObject): Record<string, any> {
  const { $patch: _, ...template } = revision.data.spec.template;
  return template;
}

/** Deletes the oldest revisions beyond the workload's history limit, never one that is still in use. */
export function trimRevisions(
  index: ChildIndex,
  owner: KubeObject,
  history: KubeObject[],
  isInUse: (revision: KubeObject) => boolean,
): void {
  const unused = history.filter(revision => !isInUse(revision));
  const surplus = unused.length - (owner.spec.revisionHistoryLimit ?? 10);
  for (const { metadata } of unused.slice(0, Math.max(0, surplus))) {
    const { namespace, name, uid } = metadata;
    index.client.delete(namespace, name, { preconditions: { uid } });
  }
}

function revisionFor(
  owner: KubeObject,
  data: Record<string, unknown>,
  revision: number,
  hashLabel: string,
) {
  const { name, namespace, annotations } = owner.metadata;
  const hash = templateHash(data);
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels: { ...owner.spec.template.metadata?.labels, [hashLabel]: hash },
      ...(annotations && { annotations: { ...annotations } }),
      ownerReferences: [controllerReference(owner)],
    },
    data,
    revision,
  };
}

function byNumber(a: KubeObject, b: KubeObject): number {
  return (a.revision ?? 0) - (b.revision ?? 0);
}
