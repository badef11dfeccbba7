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

import { isControlledBy } from '../../../domain/ownership';
import { planRepeats } from '../../../domain/release/app/planRepeats';
import { isVersionFinished } from '../../../domain/release/repeat';
import type {
  KeptnApp,
  KeptnAppVersion,
} from '../../../domain/release/resources';
import { prunableVersions } from '../../../domain/release/version/prunableVersions';
import type { ReleaseContext } from '../ReleaseContext';
import type { CreateReleaseController } from '../ReleaseController';
import { Activations } from './Activations';
import { ensureAppVersion } from './ensureAppVersion';
import { recordedOnly } from './recordedOnly';
import { removeEmptyApp } from './removeEmptyApp';
import { supersedeAppVersions } from './supersedeAppVersions';
import { wakeApps } from './wakeApps';

/**
 * From a KeptnApp to the attempt that its spec asks for now. Any change of the spec is a new attempt; the ones before
 * it come to their end.
 */
export const createAppController: CreateReleaseController = context => {
  const { watches, assertLeader } = context;
  const activations = new Activations(context);
  return {
    name: 'app',
    *keys() {
      for (const { metadata } of watches.apps.cache.values()) {
        yield metadata;
      }
    },
    connect(wake) {
      const end = watches.apps.onChange(({ type, object }) => {
        if (type === 'deleted') {
          activations.forget(object.metadata.uid);
        }
      });
      const endWaking = wakeApps(context, wake);
      return () => {
        end();
        endWaking();
      };
    },
    async reconcile(key) {
      const app = watches.apps.cache.get(key);
      if (!app || app.metadata.deletionTimestamp) {
        return {};
      }
      assertLeader();
      if (await removeEmptyApp(context, app)) {
        return {};
      }
      const current = await ensureAppVersion(context, app);
      if (!current) {
        return {};
      }
      await activations.tell(app.metadata.uid, current);
      await reportVersion(context, app);
      const others = othersOf(context, app, current);
      if (await supersedeAppVersions(context, app, current, others)) {
        await repeatFailed(context, current, others);
        await prune(context, others);
      }
      return {};
    },
  };
};

async function reportVersion(
  { client, watches }: ReleaseContext,
  { metadata, spec, status }: KeptnApp,
): Promise<void> {
  if (status?.currentVersion !== spec.version) {
    const { generation, resourceVersion } =
      watches.apps.cache.get(metadata)?.metadata ?? metadata;
    if (generation !== metadata.generation) {
      return;
    }
    const stored = await client.patchStatus('KeptnApp', metadata, {
      metadata: { resourceVersion },
      status: { currentVersion: spec.version },
    });
    watches.apps.learn(stored, 'quietly');
  }
}

function othersOf(
  { watches }: ReleaseContext,
  app: KeptnApp,
  current: KeptnAppVersion,
): KeptnAppVersion[] {
  const { namespace, name } = app.metadata;
  return watches.appVersions.cache
    .find('app', `${namespace}/${name}`)
    .filter(
      other =>
        other.metadata.uid !== current.metadata.uid &&
        isControlledBy(other, app),
    );
}

async function repeatFailed(
  { client, watches }: ReleaseContext,
  current: KeptnAppVersion,
  others: KeptnAppVersion[],
): Promise<void> {
  const { namespace } = current.metadata;
  const workloadVersions = watches.workloadVersions.cache.find(
    'app',
    `${namespace}/${current.spec.appName}`,
  );
  for (const repeat of planRepeats(current, others, workloadVersions)) {
    const { metadata } = repeat.version;
    const { resourceVersion } = metadata;
    const stored = await client.patch('KeptnWorkloadVersion', metadata, {
      metadata: { resourceVersion, annotations: repeat.annotations },
    });
    watches.workloadVersions.learn(stored);
  }
}

/** Deletes attempts that are too many, with their tasks. */
async function prune(
  context: ReleaseContext,
  others: KeptnAppVersion[],
): Promise<void> {
  const unused = prunableVersions(others, {
    keep: context.settings.keepVersions,
    isInUse: other => !isVersionFinished(other),
  });
  for (const { metadata } of await recordedOnly(context, unused)) {
    const { uid } = metadata;
    await context.client.delete('KeptnAppVersion', metadata, { uid });
  }
}
