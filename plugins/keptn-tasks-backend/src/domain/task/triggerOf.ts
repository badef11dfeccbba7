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

import type {
  V1ManagedFieldsEntry,
  V1ObjectMeta,
} from '@kubernetes/client-node';
import type { Run } from 'backstage-plugin-keptn-tasks-common';
import type { KeptnTask } from '../resources';
import { toMs } from '../time';

/** Owners that make tasks for the phases of a deployment. */
const RELEASES = new Set(['KeptnAppVersion', 'KeptnWorkloadVersion']);

/**
 * What started a task, as far as the cluster can tell: a release, or the program that created it, known by the field
 * manager it gave.
 */
export function triggerOf({ metadata }: KeptnTask): Run['trigger'] {
  const isOfRelease = metadata.ownerReferences?.some(
    ({ controller, kind }) => controller && RELEASES.has(kind),
  );
  if (isOfRelease) {
    return { source: 'release' };
  }
  return {
    source: 'cluster',
    by: programName(creationEntry(metadata)?.manager),
  };
}

/** The field manager's entry of whoever created an object: the oldest one; others changed it, or its status. */
export function creationEntry({
  managedFields = [],
}: V1ObjectMeta): V1ManagedFieldsEntry | undefined {
  return managedFields
    .filter(({ subresource }) => !subresource)
    .sort((a, b) => (toMs(a.time) ?? 0) - (toMs(b.time) ?? 0))[0];
}

/** kubectl and Argo CD give a manager for each of their ways to write; people know them by one name. */
function programName(manager: string | undefined): string | undefined {
  if (!manager) return undefined;
  if (/^kubectl(-|$)/.test(manager)) return 'kubectl';
  if (/^argocd-/.test(manager)) return 'argocd';
  return manager;
}
