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

import { ownerReference } from '../../ownership';
import { REVISION_ANNOTATION, REVISIONS_ANNOTATION } from '../annotations';
import { workloadVersionName } from '../names';
import { isVersionFinished } from '../repeat';
import type {
  KeptnWorkload,
  KeptnWorkloadSpec,
  KeptnWorkloadVersion,
} from '../resources';
import { mergePatch } from '../../mergePatch';

/** Revisions remembered of a version whose name never changes. */
const MAX_REVISIONS = 50;

/** Name of the version that a KeptnWorkload asks for now. */
export function currentWorkloadVersionName({
  metadata,
  spec,
}: KeptnWorkload): string {
  return workloadVersionName(metadata.name, spec.version);
}

/** Whether this is the version that a KeptnWorkload asks for now, rather than one that is only called alike. */
export function isVersionAskedFor(
  { spec }: KeptnWorkloadVersion,
  workload: Pick<KeptnWorkload, 'metadata' | 'spec'>,
): boolean {
  return (
    spec.workloadName === workload.metadata.name &&
    spec.version.toLowerCase() === workload.spec.version.toLowerCase()
  );
}

/** The version that a KeptnWorkload asks for now. `previous` is the one before it. */
export function workloadVersionManifest(
  workload: KeptnWorkload,
  previous: string | undefined,
): Pick<KeptnWorkloadVersion, 'spec'> & { metadata: object } {
  const { metadata, spec } = workload;
  const revision = metadata.annotations?.[REVISION_ANNOTATION];
  return {
    metadata: {
      name: currentWorkloadVersionName(workload),
      namespace: metadata.namespace,
      ownerReferences: [ownerReference(workload)],
      ...(revision && { annotations: { [REVISIONS_ANNOTATION]: revision } }),
    },
    spec: {
      ...spec,
      workloadName: metadata.name,
      ...(previous && { previousVersion: previous }),
    },
  };
}

/**
 * Merge patch that makes a version follow its KeptnWorkload; `undefined` when it does. Of a version that is over only
 * what it was deployed as: its checks were made with the lists of their time.
 */
export function workloadVersionPatch(
  version: KeptnWorkloadVersion,
  workload: KeptnWorkload,
): object | undefined {
  const { metadata, spec } = version;
  const desired = isVersionFinished(version)
    ? { ...embedded(spec), resourceReference: workload.spec.resourceReference }
    : workload.spec;
  const specPatch = mergePatch(embedded(spec), desired);
  const revisions = revisionsOf(version);
  const revision = workload.metadata.annotations?.[REVISION_ANNOTATION];
  const isNew = revision !== undefined && !revisions.includes(revision);
  return specPatch || isNew
    ? {
        metadata: {
          resourceVersion: metadata.resourceVersion,
          ...(isNew && {
            annotations: {
              [REVISIONS_ANNOTATION]: [...revisions, revision]
                .slice(-MAX_REVISIONS)
                .join(','),
            },
          }),
        },
        ...(specPatch && { spec: specPatch }),
      }
    : undefined;
}

/** The revisions that a version stands for, as far as it knows them. */
export function revisionsOf({ metadata }: KeptnWorkloadVersion): string[] {
  return (metadata.annotations?.[REVISIONS_ANNOTATION] ?? '')
    .split(',')
    .filter(Boolean);
}

function embedded({
  workloadName: _workloadName,
  previousVersion: _previousVersion,
  traceId: _traceId,
  ...spec
}: KeptnWorkloadVersion['spec']): KeptnWorkloadSpec {
  return spec;
}
