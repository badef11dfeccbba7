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

import { toError } from '@backstage/errors';
import type { Change } from '../../../cluster/ResourceCache';
import type { VersionObject } from '../../../domain/release/phase/Phase';
import type { Wake } from '../../Controller';
import type { ReleaseContext } from '../ReleaseContext';
import type { ReleaseRecords } from './ReleaseRecords';

/** A version is looked at when it is new or changed; when it was deleted, its record ends. */
export function wakeOwnChanges(
  { logger }: Pick<ReleaseContext, 'logger'>,
  watch: {
    onChange(listener: (change: Change<VersionObject>) => void): () => void;
  },
  records: ReleaseRecords,
  what: string,
  wake: Wake,
): () => void {
  return watch.onChange(({ type, object }) => {
    if (type !== 'deleted') {
      wake(object.metadata, type === 'added' ? 'first' : 'later');
      return;
    }
    records
      .deleted(object.metadata.uid)
      .catch(error =>
        logger.error(
          `The end of a deleted ${what} could not be recorded`,
          toError(error),
        ),
      );
  });
}
