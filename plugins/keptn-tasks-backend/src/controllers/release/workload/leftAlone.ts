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

import { CLEARED_REVISIONS } from '../../../domain/release/annotations';
import { isTakenAsItIs } from '../../../domain/release/gate/whyCleared';
import {
  knownClearedRevisions,
  observeRevision,
} from '../gate/observeRevisions';
import type { ReleaseContext } from '../ReleaseContext';
import type { CurrentRevision } from './observeWorkload';

/**
 * Whether a revision ran before its namespace was looked after, so that nothing is made for it; `undefined` until it
 * is known since when the namespace is.
 */
export function isLeftAlone(
  context: ReleaseContext,
  namespace: string,
  { key, createdAt, resource }: CurrentRevision,
): boolean | undefined {
  const configMap = context.configMaps?.cache.get({
    namespace,
    name: CLEARED_REVISIONS,
  });
  return (
    configMap &&
    isTakenAsItIs(
      observeRevision(context.watches, {
        namespace,
        key,
        ownerUid: resource.uid,
        createdAt: new Date(createdAt ?? 0),
      }),
      knownClearedRevisions(context, namespace),
    )
  );
}
