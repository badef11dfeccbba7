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

import type { V1ObjectMeta } from '@kubernetes/client-node';
import { parseDurationMs } from '../duration';
import { FAILED_CHECKS_ANNOTATION } from './annotations';
import type { KeptnConfig } from './resources';
import type { FailureMode, ReleaseSettings } from './settings';

/** Whoever may say something about what a failed check does; the first in this order that does decides. */
export interface BlockingSources {
  app?: { metadata?: V1ObjectMeta };
  appContext?: { metadata?: V1ObjectMeta };
  namespace?: { metadata?: V1ObjectMeta };
  /** That of the cluster. */
  keptnConfig?: KeptnConfig;
  settings: ReleaseSettings;
}

/** What a failed check does to a deployment. An annotation with another value says nothing. */
export function failedChecksOf(sources: BlockingSources): FailureMode {
  const { app, appContext, namespace, keptnConfig, settings } = sources;
  const said = [app, appContext, namespace]
    .map(object => object?.metadata?.annotations?.[FAILED_CHECKS_ANNOTATION])
    .find(
      (value): value is FailureMode => value === 'block' || value === 'warn',
    );
  if (said) {
    return said;
  }
  const blocks = keptnConfig?.spec?.blockDeployment;
  if (blocks === undefined) {
    return settings.failedChecks;
  }
  return blocks ? 'block' : 'warn';
}

/** How long a rollout may take. */
export function rolloutSecondsOf(
  keptnConfig: KeptnConfig | undefined,
  settings: ReleaseSettings,
): number {
  const ms = parseDurationMs(keptnConfig?.spec?.observabilityTimeout ?? '');
  return ms === undefined ? settings.rolloutSeconds : Math.ceil(ms / 1000);
}

/**
 * The KeptnConfig that counts: one in the Keptn namespace, the first by name should there be several. Others belong to
 * people who may not decide for the whole cluster.
 */
export function effectiveConfig(
  configs: Iterable<KeptnConfig>,
  keptnNamespace: string,
): KeptnConfig | undefined {
  return [...configs]
    .filter(({ metadata }) => metadata.namespace === keptnNamespace)
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))[0];
}
