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

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KubeObject } from '../../../ClusterApi';
import { LogFile } from './LogFile';

interface Run {
  containerId: string;
  log: LogFile;
}

/** Keeps the logs of every Pod that exists: for each container of its present and its previous run. */
export class LogStore {
  private readonly runs = new Map<string, Map<string, Run[]>>();

  constructor(private readonly root: string) {}

  /** Starts the log of a new run; of the older ones only the last is kept. */
  create(pod: KubeObject, container: string, containerId: string): LogFile {
    const containers = this.runs.get(pod.metadata.uid) ?? new Map();
    this.runs.set(pod.metadata.uid, containers);
    const runs: Run[] = containers.get(container) ?? [];
    const name = `${containerId.split('//')[1]}.log`;
    const log = new LogFile(join(this.directory(pod), container, name));
    const [previous, ...older] = runs;
    containers.set(container, [{ containerId, log }, previous].filter(Boolean));
    for (const run of older) {
      run.log.close();
      void rm(run.log.path, { force: true }).catch(() => {});
    }
    return log;
  }

  find(podUid: string, container: string, containerId: string) {
    return this.runs
      .get(podUid)
      ?.get(container)
      ?.find(run => run.containerId === containerId)?.log;
  }

  /** Ends and deletes the logs of a Pod that is gone. */
  async remove(pod: KubeObject): Promise<void> {
    for (const runs of this.runs.get(pod.metadata.uid)?.values() ?? []) {
      for (const { log } of runs) log.close();
    }
    this.runs.delete(pod.metadata.uid);
    await rm(this.directory(pod), { recursive: true, force: true });
  }

  /** Closes every file; they stay where they are. */
  close(): void {
    for (const containers of this.runs.values()) {
      for (const runs of containers.values()) {
        for (const { log } of runs) log.close();
      }
    }
  }

  private directory({ metadata }: KubeObject): string {
    const { namespace, name, uid } = metadata;
    return join(this.root, `${namespace}_${name}_${uid}`);
  }
}
