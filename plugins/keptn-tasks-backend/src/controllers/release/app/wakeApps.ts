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

import type { KeptnAppVersion } from '../../../domain/release/resources';
import type { Wake } from '../../Controller';
import { controllerOf } from '../../trim';
import type { ReleaseContext } from '../ReleaseContext';

/** What wakes the controller of apps, until the returned function is called. */
export function wakeApps(
  { watches, tasks }: ReleaseContext,
  wake: Wake,
): () => void {
  const wakeOwner = ({ metadata, spec }: KeptnAppVersion) =>
    wake({ namespace: metadata.namespace, name: spec.appName });
  const ends = [
    // The last workload that named it may be gone, or name another.
    watches.workloads.onChange(change => {
      if (change.type === 'added') {
        return;
      }
      const { metadata, spec } = change.object;
      const app =
        change.type === 'modified' ? change.previous.spec.app : spec.app;
      if (change.type === 'deleted' || app !== spec.app) {
        wake({ namespace: metadata.namespace, name: app });
      }
    }),
    // It asks for another attempt.
    watches.apps.onChange(({ object }) => wake(object.metadata)),
    // It was deleted, or has ended: there may be one too many. Or a late writer has revived what was superseded.
    watches.appVersions.onChange(({ object }) => wakeOwner(object)),
    // A task that was being created while its version was superseded.
    tasks.onChange(({ type, object }) => {
      const owner = type === 'added' && controllerOf(object, 'KeptnAppVersion');
      const version =
        owner &&
        watches.appVersions.cache.get({
          namespace: object.metadata.namespace,
          name: owner.name,
        });
      if (version && version.status?.status === 'Deprecated') {
        wakeOwner(version);
      }
    }),
  ];
  return () => ends.forEach(end => end());
}
