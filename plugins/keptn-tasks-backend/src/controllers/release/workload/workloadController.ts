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
import { isRepeatDue, isVersionFinished } from '../../../domain/release/repeat';
import type {
  KeptnWorkload,
  KeptnWorkloadVersion,
} from '../../../domain/release/resources';
import { repeatAnnotations } from '../../../domain/release/version/repeatAnnotations';
import { isPastPreChecks } from '../../../domain/release/version/versionState';
import { Activations } from '../app/Activations';
import type { ReleaseContext } from '../ReleaseContext';
import type { CreateReleaseController } from '../ReleaseController';
import { cancelTasks } from './cancelTasks';
import { endLeftOver } from './endLeftOver';
import { ensureWorkloadVersion } from './ensureWorkloadVersion';
import { isLeftOver } from './findHolder';
import { pruneWorkloadVersions } from './pruneWorkloadVersions';
import { supersededBy, supersedeWorkloadVersion } from './supersede';
import { wakeWorkloads } from './wakeWorkloads';

/** From a KeptnWorkload to the version that it asks for now, and the end of those that it asks for no more. */
export const createWorkloadController: CreateReleaseController = context => {
  const { watches, assertLeader } = context;
  const activations = new Activations(context);
  return {
    name: 'workload',
    *keys() {
      for (const { metadata } of watches.workloads.cache.values()) {
        yield metadata;
      }
    },
    connect(wake) {
      const end = watches.workloads.onChange(({ type, object }) => {
        if (type === 'deleted') {
          activations.forget(object.metadata.uid);
        }
      });
      const endWaking = wakeWorkloads(context, wake);
      return () => {
        end();
        endWaking();
      };
    },
    async reconcile(key) {
      const workload = watches.workloads.cache.get(key);
      if (!workload || workload.metadata.deletionTimestamp) {
        return {};
      }
      assertLeader();
      if (isLeftOver(watches, workload)) {
        await endLeftOver(context, workload);
        return {};
      }
      const version = await beginAfresh(
        context,
        await ensureWorkloadVersion(context, workload),
      );
      await activations.tell(workload.metadata.uid, version);
      await reportVersion(context, workload);
      const others = othersOf(context, workload, version);
      await supersede(context, workload, version, others);
      await pruneWorkloadVersions(context, others);
      return {};
    },
  };
};

/** A version that was superseded and is asked for again was never judged: its checks begin anew. */
async function beginAfresh(
  { client, watches, now }: ReleaseContext,
  version: KeptnWorkloadVersion,
): Promise<KeptnWorkloadVersion> {
  const { metadata, status } = version;
  if (status?.status !== 'Deprecated' || isRepeatDue(version)) {
    return version;
  }
  const stored = await client.patch('KeptnWorkloadVersion', metadata, {
    metadata: {
      resourceVersion: metadata.resourceVersion,
      annotations: repeatAnnotations(version, now().getTime()),
    },
  });
  watches.workloadVersions.learn(stored);
  return stored;
}

async function reportVersion(
  { client, watches }: ReleaseContext,
  { metadata, spec, status }: KeptnWorkload,
): Promise<void> {
  if (status?.currentVersion !== spec.version) {
    const stored = await client.patchStatus('KeptnWorkload', metadata, {
      metadata: { resourceVersion: metadata.resourceVersion },
      status: { currentVersion: spec.version },
    });
    watches.workloads.learn(stored, 'quietly');
  }
}

function othersOf(
  { watches }: ReleaseContext,
  workload: KeptnWorkload,
  version: KeptnWorkloadVersion,
): KeptnWorkloadVersion[] {
  const { namespace, name } = workload.metadata;
  return watches.workloadVersions.cache
    .find('workload', `${namespace}/${name}`)
    .filter(
      other =>
        other.metadata.uid !== version.metadata.uid &&
        isControlledBy(other, workload),
    );
}

/** Ends what has not passed its checks; a version that is being deployed goes on, and its checks after that. */
async function supersede(
  context: ReleaseContext,
  workload: KeptnWorkload,
  version: KeptnWorkloadVersion,
  others: KeptnWorkloadVersion[],
): Promise<void> {
  const { watches, client } = context;
  const by = version.metadata.name;
  const waiting = others.filter(
    other => !isVersionFinished(other) && !isPastPreChecks(other),
  );
  if (waiting.length > 0) {
    const live = await client.get('KeptnWorkload', workload.metadata);
    if (live?.spec.version !== workload.spec.version) {
      // What is known here is old; the news wakes us.
      if (live) {
        watches.workloads.learn(live);
      }
      return;
    }
    for (const other of waiting) {
      await supersedeWorkloadVersion(context, other, by);
    }
  }
  for (const { metadata, status } of others) {
    const isEnded = waiting.some(one => one.metadata.uid === metadata.uid);
    if (isEnded || status?.status === 'Deprecated') {
      await cancelTasks(context, metadata.uid, supersededBy(by));
    }
  }
}
