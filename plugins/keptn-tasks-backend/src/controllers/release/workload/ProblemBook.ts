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
import { keyText } from '../../../cluster/ResourceCache';
import type { WorkloadProblem } from '../../../history/ReleaseStore';
import type { ReleaseContext } from '../ReleaseContext';
import { keyOfOwner } from './ownerKeys';

/** What people are told about workloads in the portal. Stored only when it changes. */
export class ProblemBook {
  private readonly stored = new Map<string, string>();
  private readonly read = new Map<string, Promise<ObjectKey[]>>();

  constructor(private readonly context: ReleaseContext) {}

  /** Makes a workload have these problems and no others. */
  async report(key: ObjectKey, problem: WorkloadProblem): Promise<void> {
    await this.keysOf(key.namespace);
    const text =
      problem.messages.length > 0 ? JSON.stringify(problem) : undefined;
    if (this.stored.get(keyText(key)) === text) {
      return;
    }
    const { config, releases, assertLeader } = this.context;
    assertLeader();
    await releases.saveProblems(config.name, key.namespace, problem);
    if (text) {
      this.stored.set(keyText(key), text);
    } else {
      this.stored.delete(keyText(key));
    }
  }

  /** The workloads of a namespace that had problems when it was first asked for. */
  keysOf(namespace: string): Promise<ObjectKey[]> {
    const known = this.read.get(namespace);
    if (known) {
      return known;
    }
    const reading = this.readNamespace(namespace).catch(error => {
      this.read.delete(namespace);
      throw error;
    });
    this.read.set(namespace, reading);
    return reading;
  }

  private async readNamespace(namespace: string): Promise<ObjectKey[]> {
    const { config, releases } = this.context;
    const problems = await releases.listProblems([
      { cluster: config.name, namespace },
    ]);
    return problems.flatMap(
      ({ kind, name, appName, workloadName, messages }) => {
        const key = keyOfOwner(namespace, { kind, name });
        if (key) {
          const problem = { kind, name, appName, workloadName, messages };
          this.stored.set(keyText(key), JSON.stringify(problem));
        }
        return key ? [key] : [];
      },
    );
  }
}
