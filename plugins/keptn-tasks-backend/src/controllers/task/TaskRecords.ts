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

import type { ObjectKey } from '../../cluster/ClusterClient';
import type { KeptnTask } from '../../domain/resources';
import type { RecordedRun, RunUpdate } from '../../domain/task/TaskPlan';
import type { RunStore } from '../../history/RunStore';
import { sightingOf } from './sightingOf';

interface Entry {
  key: ObjectKey;
  uid: string;
  recorded: RecordedRun;
  /** What was stored last, so that nothing is stored twice. */
  stored?: string;
}

/**
 * What the history holds of the tasks at work, so that a look need not ask for it. Only the replica that leads writes
 * runs of a cluster; the records are thrown away with its leadership.
 */
export class TaskRecords {
  private readonly byUid = new Map<string, Entry>();
  private readonly byRun = new Map<string, Entry>();
  private readonly settled = new Set<string>();
  private readonly asked = new Map<string, Promise<Entry>>();

  constructor(
    private readonly cluster: string,
    private readonly runs: RunStore,
  ) {}

  /** What is recorded of a task; it is recorded now if it never was. */
  async get(task: KeptnTask): Promise<RecordedRun> {
    const { uid } = task.metadata;
    return (this.byUid.get(uid) ?? (await this.ask(task))).recorded;
  }

  /** Asks for what will be needed soon. Asked together, many tasks are recorded at once. */
  expect(task: KeptnTask): void {
    if (!this.byUid.has(task.metadata.uid)) {
      // The look that needs it asks again.
      this.ask(task).catch(() => undefined);
    }
  }

  private ask(task: KeptnTask): Promise<Entry> {
    const { uid } = task.metadata;
    const asked =
      this.asked.get(uid) ??
      this.sight(task).finally(() => this.asked.delete(uid));
    this.asked.set(uid, asked);
    return asked;
  }

  private async sight(task: KeptnTask): Promise<Entry> {
    const { uid, namespace, name } = task.metadata;
    const recorded = await this.runs.sight(sightingOf(this.cluster, task));
    const entry = { key: { namespace, name }, uid, recorded };
    this.byUid.set(uid, entry);
    this.byRun.set(recorded.id, entry);
    return entry;
  }

  /** Stores what a look has found, unless that is stored already. */
  async update(task: KeptnTask, update: RunUpdate): Promise<RecordedRun> {
    const entry = this.byUid.get(task.metadata.uid)!;
    const content = JSON.stringify(update);
    if (entry.stored !== content) {
      const recorded = await this.runs.update(entry.recorded.id, update);
      entry.recorded = {
        ...recorded,
        logsStored: recorded.logsStored || entry.recorded.logsStored,
      };
      entry.stored = content;
    }
    return entry.recorded;
  }

  /** Stores that the logs of all attempts are stored. */
  async setLogsStored(task: KeptnTask): Promise<void> {
    const entry = this.byUid.get(task.metadata.uid)!;
    await this.runs.setLogsStored(entry.recorded.id);
    entry.recorded = { ...entry.recorded, logsStored: true };
  }

  /** The task of a run at work. */
  keyOf(runId: string): ObjectKey | undefined {
    return this.byRun.get(runId)?.key;
  }

  /** Nothing is left to do for this task, ever. */
  settle(uid: string): void {
    this.forget(uid);
    this.settled.add(uid);
  }

  isSettled(uid: string): boolean {
    return this.settled.has(uid);
  }

  /** The task is gone: its run ends if it had not. */
  async taskDeleted(uid: string, at: Date): Promise<void> {
    const wasSettled = this.settled.delete(uid);
    this.forget(uid);
    if (!wasSettled) {
      await this.runs.taskDeleted(this.cluster, uid, at.toISOString());
    }
  }

  private forget(uid: string): void {
    const entry = this.byUid.get(uid);
    if (entry) {
      this.byUid.delete(uid);
      this.byRun.delete(entry.recorded.id);
    }
  }
}
