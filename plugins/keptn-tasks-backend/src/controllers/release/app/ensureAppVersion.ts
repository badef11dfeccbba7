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

import { ClusterError, isClusterError } from '../../../cluster/ClusterError';
import { isControlledBy } from '../../../domain/ownership';
import {
  appVersionManifest,
  currentAppVersionNames,
} from '../../../domain/release/app/appVersionManifest';
import type {
  KeptnApp,
  KeptnAppVersion,
} from '../../../domain/release/resources';
import { givenTrace } from '../../../domain/release/traceIds';
import { previousVersion } from '../../../domain/release/version/previousVersion';
import type { ReleaseContext } from '../ReleaseContext';
import { tellRefusal } from '../workload/tellRefusal';

/**
 * The attempt that an app asks for now; it is made where there is none. `undefined` when the app has changed or gone
 * meanwhile: the news wakes its controller.
 */
export async function ensureAppVersion(
  context: ReleaseContext,
  app: KeptnApp,
): Promise<KeptnAppVersion | undefined> {
  const version = await findOrCreate(context, app);
  if (
    version &&
    version.metadata.ownerReferences?.some(({ controller }) => controller) &&
    !isControlledBy(version, app)
  ) {
    throw new ClusterError(
      'conflict',
      `KeptnAppVersion ${version.metadata.name} belongs to an earlier KeptnApp of this name; waiting until Kubernetes has removed it`,
    );
  }
  return version;
}

/** The first of its names that is not somebody else's. */
async function findOrCreate(
  context: ReleaseContext,
  app: KeptnApp,
): Promise<KeptnAppVersion | undefined> {
  const { namespace } = app.metadata;
  const names = currentAppVersionNames(app);
  for (const name of names) {
    const known = context.watches.appVersions.cache.get({ namespace, name });
    if (!known && !(await isCurrent(context, app))) {
      return undefined;
    }
    const version = known ?? (await create(context, app, name));
    if (version.spec.appName === app.metadata.name) {
      return version;
    }
  }
  throw new ClusterError(
    'conflict',
    `The names ${names.join(' and ')} belong to versions of other apps`,
  );
}

/** Whether what is known of an app is what the cluster has; asked before anything that cannot be taken back. */
export async function isCurrent(
  { client, watches }: ReleaseContext,
  { metadata }: KeptnApp,
): Promise<boolean> {
  const live = await client.get('KeptnApp', metadata);
  if (live) {
    watches.apps.learn(live);
  }
  return (
    live?.metadata.uid === metadata.uid &&
    live.metadata.generation === metadata.generation
  );
}

async function create(
  context: ReleaseContext,
  app: KeptnApp,
  name: string,
): Promise<KeptnAppVersion> {
  const { client, watches } = context;
  const { namespace } = app.metadata;
  // Read live: an app version without the checks of its context would let everything pass.
  const appContext = await client.get('KeptnAppContext', app.metadata);
  const others = watches.appVersions.cache.find(
    'app',
    `${namespace}/${app.metadata.name}`,
  );
  const manifest = appVersionManifest(
    app,
    appContext,
    previousVersion(app, others),
    givenTrace({
      metadata: appContext?.spec.metadata,
      app: app.metadata.annotations,
      namespace: watches.namespaces.cache.get({
        namespace: '',
        name: namespace,
      })?.metadata?.annotations,
    }),
  );
  const stored = await client
    .create('KeptnAppVersion', {
      ...manifest,
      metadata: { ...manifest.metadata, name },
    })
    .catch(async error => {
      const live = isClusterError(error, 'already-exists')
        ? await client.get('KeptnAppVersion', { namespace, name })
        : undefined;
      if (live) {
        return live;
      }
      await tellRefusal(context, app, error, {
        reason: 'CreateAppVersionFailed',
        what: `KeptnAppVersion ${name} could not be created`,
      });
      throw error;
    });
  watches.appVersions.learn(stored);
  return stored;
}
