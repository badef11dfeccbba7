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

import type { ObjectKey } from '../../../cluster/ClusterClient';
import type {
  KeptnApp,
  KeptnAppCreationRequest,
} from '../../../domain/release/resources';
import {
  APP_MANAGED_BY,
  APP_MANAGED_BY_LABEL,
} from '../../../domain/release/annotations';
import {
  isDiscovered,
  planDiscoveredApp,
} from '../../../domain/release/app/discoveredApp';
import {
  discoverySeconds,
  remainingWindowMs,
} from '../../../domain/release/app/discoveryWindow';
import type { CreateReleaseController } from '../ReleaseController';
import type { ReleaseContext } from '../ReleaseContext';
import { isLeftOver } from '../workload/findHolder';

/**
 * From a request for an app to the app: made of the workloads that name it, once they had time to appear. An app that
 * people write themselves is theirs.
 */
export const createCreationRequestController: CreateReleaseController =
  context => {
    const { watches, assertLeader, now } = context;
    /** Uids of requests that are deleted, as long as no watch has said so. */
    const answered = new Set<string>();
    const keys = function* keys() {
      for (const { metadata } of watches.creationRequests.cache.values()) {
        yield metadata;
      }
    };
    return {
      name: 'app creation request',
      keys,
      connect(wake) {
        const ends = [
          watches.creationRequests.onChange(({ type, object }) => {
            if (type === 'deleted') {
              answered.delete(object.metadata.uid);
            } else {
              wake(object.metadata);
            }
          }),
          // Somebody has taken the app into his own hands: nothing need be waited for.
          watches.apps.onChange(({ object }) => {
            if (watches.creationRequests.cache.get(object.metadata)) {
              wake(object.metadata);
            }
          }),
          // The window may be another one.
          watches.keptnConfigs?.onChange(() => {
            for (const key of keys()) {
              wake(key);
            }
          }),
        ];
        return () => ends.forEach(end => end?.());
      },
      async reconcile(key) {
        const request = watches.creationRequests.cache.get(key);
        if (
          !request ||
          request.metadata.deletionTimestamp ||
          answered.has(request.metadata.uid)
        ) {
          return {};
        }
        assertLeader();
        const waitMs = remainingWindowMs(request, windowOf(context), now());
        const requeueAfterMs = waitMs > 0 ? waitMs : undefined;
        if (requeueAfterMs && !isWritten(knownApp(context, request))) {
          return { requeueAfterMs };
        }
        // Read live: a request is answered once, and what it misses then nobody notices.
        const app = await context.client.get('KeptnApp', appKey(request));
        if (requeueAfterMs && !isWritten(app)) {
          return { requeueAfterMs };
        }
        await answer(context, request, app);
        answered.add(request.metadata.uid);
        return {};
      },
    };
  };

function windowOf({ settings, watches, config }: ReleaseContext): number {
  return discoverySeconds(
    settings,
    watches.keptnConfigs?.cache.values() ?? [],
    config.keptnNamespace,
  );
}

/** Whether somebody writes the app himself. */
function isWritten(app: KeptnApp | undefined): boolean {
  return app !== undefined && !isDiscovered(app);
}

function knownApp(
  { watches }: ReleaseContext,
  request: KeptnAppCreationRequest,
): KeptnApp | undefined {
  return watches.apps.cache.get(appKey(request));
}

function appKey({ metadata, spec }: KeptnAppCreationRequest): ObjectKey {
  return { namespace: metadata.namespace, name: spec.appName };
}

async function answer(
  { client, watches }: ReleaseContext,
  request: KeptnAppCreationRequest,
  app: KeptnApp | undefined,
): Promise<void> {
  const { namespace, annotations, uid } = request.metadata;
  const { appName } = request.spec;
  const key = appKey(request);
  const workloads = await client.list('KeptnWorkload', { namespace });
  const plan = planDiscoveredApp(
    app,
    workloads.filter(
      workload =>
        workload.spec.app === appName &&
        !workload.metadata.deletionTimestamp &&
        !isLeftOver(watches, workload),
    ),
  );
  if (plan.type === 'create') {
    const created = await client.create('KeptnApp', {
      metadata: {
        ...key,
        labels: { [APP_MANAGED_BY_LABEL]: APP_MANAGED_BY },
        annotations,
      },
      spec: plan.spec,
    });
    watches.apps.learn(created);
  } else if (plan.type === 'update') {
    const { resourceVersion } = app!.metadata;
    const updated = await client.patch('KeptnApp', key, {
      metadata: { resourceVersion },
      spec: plan.spec,
    });
    watches.apps.learn(updated);
  }
  await client.delete('KeptnAppCreationRequest', request.metadata, { uid });
}
