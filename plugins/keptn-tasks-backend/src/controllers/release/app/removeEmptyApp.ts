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

import {
  APP_MANAGED_BY,
  APP_MANAGED_BY_LABEL,
} from '../../../domain/release/annotations';
import type { KeptnApp } from '../../../domain/release/resources';
import type { ReleaseContext } from '../ReleaseContext';

/**
 * Deletes an app that was made of the workloads that named it, when none does any more; its versions go with it, and
 * the history keeps them. An app that somebody has written stays.
 */
export async function removeEmptyApp(
  { client, watches }: ReleaseContext,
  { metadata }: KeptnApp,
): Promise<boolean> {
  const { namespace, name, uid, labels } = metadata;
  if (labels?.[APP_MANAGED_BY_LABEL] !== APP_MANAGED_BY) {
    return false;
  }
  if (watches.workloads.cache.find('app', `${namespace}/${name}`).length > 0) {
    return false;
  }
  // What the watch has not brought yet counts.
  const live = await client.list('KeptnWorkload', { namespace });
  if (live.some(({ spec }) => spec.app === name)) {
    return false;
  }
  await client.delete('KeptnApp', { namespace, name }, { uid });
  return true;
}
