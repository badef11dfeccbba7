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
import { appVersionName, appVersionNames } from '../names';
import type {
  KeptnApp,
  KeptnAppContext,
  KeptnAppVersion,
  KeptnAppVersionSpec,
  TraceCarrier,
} from '../resources';

/**
 * The attempt to release an app that its spec asks for now, with the checks of its context as they are now. `previous`
 * is the version before it, `trace` one that it continues.
 */
export function appVersionManifest(
  app: KeptnApp,
  context: KeptnAppContext | undefined,
  previous: string | undefined,
  trace?: TraceCarrier,
): Pick<KeptnAppVersion, 'spec'> & { metadata: object } {
  return {
    metadata: {
      name: currentAppVersionName(app),
      namespace: app.metadata.namespace,
      ownerReferences: [ownerReference(app)],
    },
    spec: {
      ...appVersionSpec(app, context, previous),
      ...(trace && { traceId: trace }),
    },
  };
}

/** Name of the attempt that an app asks for now. */
export function currentAppVersionName({ metadata, spec }: KeptnApp): string {
  return appVersionName(metadata.name, spec.version, metadata.generation ?? 1);
}

/** The names that this attempt may have: one of another app may be called alike. */
export function currentAppVersionNames({ metadata, spec }: KeptnApp): string[] {
  return appVersionNames(metadata.name, spec.version, metadata.generation ?? 1);
}

function appVersionSpec(
  { metadata, spec }: KeptnApp,
  context: KeptnAppContext | undefined,
  previous: string | undefined,
): KeptnAppVersionSpec {
  return {
    ...context?.spec,
    ...spec,
    appName: metadata.name,
    ...(previous && { previousVersion: previous }),
  };
}
