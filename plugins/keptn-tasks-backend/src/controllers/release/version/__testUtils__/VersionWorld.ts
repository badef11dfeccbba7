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

import type { ClusterClient } from '../../../../cluster/ClusterClient';
import { ClusterError } from '../../../../cluster/ClusterError';
import { at } from '../../../../domain/__testUtils__/builders';
import {
  aWorkloadVersion,
  clearApp,
} from '../../../../domain/release/phase/__testUtils__/versionBuilders';
import { attemptOf } from '../../../../domain/release/repeat';
import type { KeptnWorkloadVersion } from '../../../../domain/release/resources';
import { itemName } from '../../../../domain/release/phase/itemName';
import type { ReleaseSighting } from '../../../../history/ReleaseStore';

type Stored = any;

export const PRE = ['smoke', 'lint'];
export const POST = ['notify'];
const PROBES = 3;
const MAX_ATTEMPTS = 4;

/** What may go wrong with one request. */
export type Fault = 'request lost' | 'response lost' | 'crash';

/** A promise of the product that is broken. */
export class BrokenPromise extends Error {}

/** The process that asked is no more. */
export class Dead extends Error {}

/**
 * An API server with one version of a workload, its ReplicaSet and its tasks, and a history. It counts what was
 * created for which item, and watches over what has ended.
 */
export class VersionWorld {
  nowMs = at(10).getTime();
  readonly objects = new Map<string, Stored>();
  readonly created = new Map<string, number>();
  readonly sightings = new Map<number, ReleaseSighting>();
  private revision = 100;
  private readonly identities = new Map<string, string>();
  private ended?: string;

  constructor(isNameTaken: boolean) {
    this.put(
      'KeptnWorkloadVersion',
      aWorkloadVersion({
        spec: { preDeploymentTasks: PRE, postDeploymentTasks: POST },
      }),
    );
    this.put('KeptnAppVersion', clearApp);
    this.put('ReplicaSet', {
      metadata: { name: 'cart-1', namespace: 'shop', uid: 'rs-1' },
      spec: { replicas: 1 },
      status: { observedGeneration: 1, replicas: 1, availableReplicas: 0 },
    });
    const { uid: ownerUid } = this.version.metadata;
    for (const [checkType, definitions] of [
      ['pre', PRE],
      ['post', POST],
    ] as const) {
      for (const definition of definitions) {
        this.setDefinition(definition, true);
        for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
          for (let probe = 0; probe < PROBES; probe++) {
            this.identities.set(
              itemName({ ownerUid, attempt, checkType, definition }, probe),
              `${attempt}/${checkType}/${definition}`,
            );
          }
        }
      }
    }
    if (isNameTaken) {
      const name = itemName({
        ownerUid,
        attempt: 1,
        checkType: 'pre',
        definition: 'smoke',
      });
      this.put('KeptnTask', {
        apiVersion: 'lifecycle.keptn.sh/v1',
        kind: 'KeptnTask',
        metadata: { name, namespace: 'shop', uid: 'of-somebody-else' },
        spec: { taskDefinition: 'other' },
      });
    }
  }

  get now(): Date {
    return new Date(this.nowMs);
  }

  get version(): KeptnWorkloadVersion {
    return this.objects.get(
      'KeptnWorkloadVersion/shop-cart-2.3.0',
    ) as KeptnWorkloadVersion;
  }

  /** Its tasks, unfinished ones first. */
  get tasks(): Stored[] {
    return [...this.objects.values()].filter(
      ({ kind, metadata }) =>
        kind === 'KeptnTask' && metadata.uid !== 'of-somebody-else',
    );
  }

  put(kind: string, object: Stored): Stored {
    const stored = structuredClone(object);
    stored.kind = kind;
    stored.metadata.resourceVersion = String(this.revision++);
    stored.metadata.uid ??= `uid-${this.revision}`;
    this.objects.set(`${kind}/${stored.metadata.name}`, stored);
    this.check();
    return structuredClone(stored);
  }

  setDefinition(name: string, isThere: boolean): void {
    const key = `KeptnTaskDefinition/${name}`;
    if (!isThere) {
      this.objects.delete(key);
    } else if (!this.objects.has(key)) {
      this.put('KeptnTaskDefinition', {
        metadata: { name, namespace: 'shop' },
        spec: {},
      });
    }
  }

  endTask(status: 'Succeeded' | 'Failed'): void {
    const task = this.tasks.find(one => !one.status?.endTime);
    if (task) {
      this.put('KeptnTask', {
        ...task,
        status: { status, endTime: this.now.toISOString() },
      });
    }
  }

  /** Nobody deletes a task in the very moment between its creation and the next write of whoever made it. */
  deleteTask(): void {
    const { status } = this.version;
    const [task] = this.tasks.filter(({ metadata }) =>
      [
        ...(status?.preDeploymentTaskStatus ?? []),
        ...(status?.postDeploymentTaskStatus ?? []),
      ].some(({ name, startTime }) => name === metadata.name && startTime),
    );
    if (task) {
      this.objects.delete(`KeptnTask/${task.metadata.name}`);
    }
  }

  rollOut(): void {
    const replicaSet = this.objects.get('ReplicaSet/cart-1');
    this.put('ReplicaSet', {
      ...replicaSet,
      status: { ...replicaSet.status, availableReplicas: 1 },
    });
  }

  /** Somebody asks for the checks of a version that has ended to be repeated. */
  repeat(): void {
    const { version } = this;
    const attempt = attemptOf(version);
    if (version.status?.endTime && attempt < MAX_ATTEMPTS) {
      this.put('KeptnWorkloadVersion', {
        ...version,
        metadata: {
          ...version.metadata,
          annotations: {
            'keptn-tasks/attempt': String(attempt + 1),
            'keptn-tasks/repeat-requested-at': this.now.toISOString(),
          },
        },
      });
    }
  }

  /** Requests of one process, of which `before` is told and may make go wrong. */
  client(before: () => Promise<Fault | undefined>): ClusterClient {
    const ask = async <T>(answer: () => T): Promise<T> => {
      const fault = await before();
      if (fault === 'request lost') {
        throw new ClusterError('unavailable', 'The request was lost');
      }
      const result = answer();
      if (fault === 'response lost') {
        throw new ClusterError('unavailable', 'The answer was lost');
      }
      if (fault === 'crash') {
        throw new Dead();
      }
      return result;
    };
    const patch = (kind: string, { name }: any, body: any, part?: 'status') =>
      ask(() => this.patch(kind, name, body, part));
    return {
      get: (kind: string, { name }: any) =>
        ask(() => structuredClone(this.objects.get(`${kind}/${name}`))),
      list: async () => [],
      create: (kind: string, object: any) =>
        ask(() => this.create(kind, object)),
      patch: (kind: string, key: any, body: any) => patch(kind, key, body),
      patchStatus: (kind: string, key: any, body: any) =>
        patch(kind, key, body, 'status'),
    } as unknown as ClusterClient;
  }

  async save(sighting: ReleaseSighting): Promise<string> {
    const before = this.sightings.get(sighting.attempt);
    if (before?.release.finishedAt) {
      if (
        sighting.release.finishedAt &&
        before.release.state !== sighting.release.state
      ) {
        throw new BrokenPromise(
          `attempt ${sighting.attempt} had ended ${before.release.state} and is ${sighting.release.state} now`,
        );
      }
      return 'kept';
    }
    this.sightings.set(sighting.attempt, structuredClone(sighting));
    return 'saved';
  }

  private create(kind: string, object: Stored): Stored {
    const { name } = object.metadata;
    if (kind === 'Event') {
      return object;
    }
    if (this.objects.has(`${kind}/${name}`)) {
      throw new ClusterError('already-exists', `${name} is there already`);
    }
    const identity = this.identities.get(name);
    if (!identity) {
      throw new BrokenPromise(`nobody knows what ${name} is for`);
    }
    const times = (this.created.get(identity) ?? 0) + 1;
    this.created.set(identity, times);
    if (times > 1) {
      throw new BrokenPromise(`${identity} was begun ${times} times`);
    }
    return this.put(kind, {
      ...object,
      metadata: {
        ...object.metadata,
        uid: `uid-${this.revision}`,
        creationTimestamp: this.now,
      },
    });
  }

  private patch(
    kind: string,
    name: string,
    body: any,
    part?: 'status',
  ): Stored {
    const stored = this.objects.get(`${kind}/${name}`);
    if (!stored) {
      throw new ClusterError('not-found', `${name} is gone`);
    }
    const { resourceVersion, uid } = body.metadata;
    if (
      (resourceVersion &&
        resourceVersion !== stored.metadata.resourceVersion) ||
      (uid && uid !== stored.metadata.uid)
    ) {
      throw new ClusterError('conflict', 'Somebody wrote in between');
    }
    const change = part ? { status: body.status } : { ...body, status: {} };
    return this.put(kind, merge(stored, change));
  }

  /** What has ended stays as it is, unless it is to begin again. */
  private check(): void {
    const { version } = this;
    if (!version) {
      return;
    }
    const { status } = version;
    const now = status?.endTime
      ? `${status.startTime} ${status.endTime} ${status.status}`
      : undefined;
    const mayBeginAgain =
      Number(
        Date.parse(
          version.metadata.annotations?.['keptn-tasks/repeat-requested-at'] ??
            '',
        ),
      ) >= Date.parse(this.ended?.split(' ')[1] ?? '');
    if (this.ended && now !== this.ended && !mayBeginAgain) {
      throw new BrokenPromise(`it was ${this.ended} and is ${now}`);
    }
    this.ended = now;
  }
}

function merge(target: any, patch: any): any {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    return patch;
  }
  const result = { ...(typeof target === 'object' ? target : {}) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      result[key] = merge(result[key], value);
    }
  }
  return result;
}
