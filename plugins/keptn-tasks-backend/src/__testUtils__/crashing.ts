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

import type { ClusterClient } from '../cluster/ClusterClient';
import type { RunLogStore } from '../history/RunLogStore';
import type { RunStore } from '../history/RunStore';

/** What a process does that dies: nothing any more. */
export class Crash extends Error {
  constructor() {
    super('The process is gone');
  }
}

const CLUSTER_WRITES: (keyof ClusterClient)[] = [
  'create',
  'replace',
  'patch',
  'patchStatus',
  'delete',
];
const STORE_WRITES: (keyof RunStore)[] = [
  'sight',
  'update',
  'importFinished',
  'taskDeleted',
  'setLogsStored',
];

/**
 * A process that dies right after its n-th write, to the cluster or to the history. The write itself is carried out,
 * but nobody learns what came of it, and nothing is read or written any more.
 */
export class CrashPoint {
  readonly writes: string[] = [];
  private isDead = false;
  private readonly died: Promise<void>;
  private die: () => void = () => undefined;

  constructor(private readonly afterWrite: number) {
    this.died = new Promise(resolve => {
      this.die = resolve;
    });
  }

  get happened(): boolean {
    return this.isDead;
  }

  /** Resolves when the process has died. */
  get death(): Promise<void> {
    return this.died;
  }

  client(client: ClusterClient): ClusterClient {
    return this.wrap(client, CLUSTER_WRITES);
  }

  store(store: RunStore): RunStore {
    return this.wrap(store, STORE_WRITES);
  }

  /** Its appends are no steps of their own: lines come in any number of pieces. */
  logs(store: RunLogStore): RunLogStore {
    return {
      read: store.read.bind(store),
      tail: store.tail.bind(store),
      onAppend: store.onAppend.bind(store),
      open: async (...run) => {
        this.assertAlive();
        const writer = await store.open(...run);
        return this.wrap(writer, []);
      },
    };
  }

  private wrap<T extends object>(target: T, writes: (keyof T)[]): T {
    return new Proxy(target, {
      get: (_, name) => {
        const member = target[name as keyof T];
        if (typeof member !== 'function') {
          return member;
        }
        return async (...args: unknown[]) => {
          this.assertAlive();
          const isWrite = writes.includes(name as keyof T);
          if (isWrite) {
            this.writes.push(String(name));
          }
          const number = this.writes.length;
          const result = await member.apply(target, args);
          if (isWrite && number >= this.afterWrite) {
            this.isDead = true;
            this.die();
          }
          this.assertAlive();
          return result;
        };
      },
    });
  }

  private assertAlive(): void {
    if (this.isDead) {
      throw new Crash();
    }
  }
}
