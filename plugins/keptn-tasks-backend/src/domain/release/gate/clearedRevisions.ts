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
import { MANAGED_BY, MANAGED_BY_LABEL } from '../../labels';
import { CLEARED_REVISIONS, SINCE_ANNOTATION } from '../annotations';
import { isListable } from '../revision';
import type { ClearedRevisions, ObservedRevision } from './ObservedRevision';
import { describeClearance, whyCleared } from './whyCleared';

/** Kubernetes takes 1 MiB of keys and values; the rest is for metadata. */
const MAX_BYTES = 1_000_000;

/** Reads what a namespace's ConfigMap says; as if it was made now where there is none. */
export function readClearedRevisions(
  configMap: V1ConfigMap | undefined,
  now: Date,
): ClearedRevisions {
  const { annotations, creationTimestamp } = configMap?.metadata ?? {};
  const said = new Date(annotations?.[SINCE_ANNOTATION] ?? NaN);
  return {
    since: Number.isNaN(said.getTime())
      ? new Date(creationTimestamp ?? now)
      : said,
    keys: new Set(Object.keys(configMap?.data ?? {})),
  };
}

/**
 * The ConfigMap that a namespace should have: the cleared ones of its revisions, each with the reason in a few words.
 * What no longer exists is not in it. Where there are too many, the youngest are.
 */
export function clearedRevisionsManifest(
  namespace: string,
  revisions: ObservedRevision[],
  known: ClearedRevisions,
): V1ConfigMap {
  return {
    metadata: {
      name: CLEARED_REVISIONS,
      namespace,
      labels: { [MANAGED_BY_LABEL]: MANAGED_BY },
      annotations: { [SINCE_ANNOTATION]: known.since.toISOString() },
    },
    data: dataOf(revisions, known),
  };
}

function dataOf(
  revisions: ObservedRevision[],
  known: ClearedRevisions,
): Record<string, string> {
  const youngestFirst = [...revisions].sort(
    (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
  );
  const listed: [string, string][] = [];
  let bytes = 0;
  for (const revision of youngestFirst) {
    const { key } = revision;
    const clearance = isListable(key) ? whyCleared(revision, known) : undefined;
    if (clearance) {
      const text = describeClearance(clearance);
      bytes += Buffer.byteLength(key) + Buffer.byteLength(text);
      if (bytes > MAX_BYTES) {
        break;
      }
      listed.push([key, text]);
    }
  }
  return Object.fromEntries(listed.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether a ConfigMap says what another one should, wherever it came from. */
export function isSameList(
  existing: V1ConfigMap,
  desired: V1ConfigMap,
): boolean {
  const part = ({ metadata, data }: V1ConfigMap) =>
    JSON.stringify([
      metadata?.labels?.[MANAGED_BY_LABEL],
      metadata?.annotations?.[SINCE_ANNOTATION],
      Object.entries(data ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)),
    ]);
  return part(existing) === part(desired);
}
