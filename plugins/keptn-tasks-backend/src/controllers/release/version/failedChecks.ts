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
  effectiveConfig,
  failedChecksOf,
} from '../../../domain/release/blocking';
import type { KeptnConfig } from '../../../domain/release/resources';
import type { FailureMode } from '../../../domain/release/settings';
import type { ReleaseContext } from '../ReleaseContext';

/** The KeptnConfig that counts in the cluster. */
export function keptnConfigOf({
  watches,
  config,
}: ReleaseContext): KeptnConfig | undefined {
  return effectiveConfig(
    watches.keptnConfigs?.cache.values() ?? [],
    config.keptnNamespace,
  );
}

/** What a failed check of an app or of its workloads does now. */
export function failedChecksIn(
  context: ReleaseContext,
  namespace: string,
  app: string,
): FailureMode {
  const { watches, settings } = context;
  const key = { namespace, name: app };
  return failedChecksOf({
    app: watches.apps.cache.get(key),
    appContext: watches.appContexts.cache.get(key),
    namespace: watches.namespaces.cache.get({ namespace: '', name: namespace }),
    keptnConfig: keptnConfigOf(context),
    settings,
  });
}
