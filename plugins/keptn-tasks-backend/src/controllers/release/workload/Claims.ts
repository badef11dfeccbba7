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
import { keyText, parseKey } from '../../../cluster/ResourceCache';

/** Which workload asks to be called what. Two that ask for one name are to know of each other. */
export class Claims {
  private readonly names = new Map<string, string>();
  private readonly claimants = new Map<string, Set<string>>();

  /**
   * Notes what a workload asks to be called, nothing when it is gone or says no name. Returns the others who ask or
   * asked for the same and have to look again.
   */
  note(key: ObjectKey, workloadName: string | undefined): ObjectKey[] {
    const claimant = keyText(key);
    const name = workloadName && keyText({ ...key, name: workloadName });
    const before = this.names.get(claimant);
    if (before === name) {
      return [];
    }
    this.leave(claimant, before);
    this.join(claimant, name);
    return [...this.others(claimant, before), ...this.others(claimant, name)];
  }

  /** The others who ask for the same name. */
  rivalsOf(key: ObjectKey): ObjectKey[] {
    const claimant = keyText(key);
    return this.others(claimant, this.names.get(claimant));
  }

  private join(claimant: string, name: string | undefined): void {
    if (name) {
      this.names.set(claimant, name);
      const known = this.claimants.get(name) ?? new Set();
      this.claimants.set(name, known.add(claimant));
    }
  }

  private leave(claimant: string, name: string | undefined): void {
    this.names.delete(claimant);
    const known = name && this.claimants.get(name);
    if (known) {
      known.delete(claimant);
      if (known.size === 0) {
        this.claimants.delete(name);
      }
    }
  }

  private others(claimant: string, name: string | undefined): ObjectKey[] {
    return [...((name && this.claimants.get(name)) || [])]
      .filter(other => other !== claimant)
      .sort()
      .map(parseKey);
  }
}
