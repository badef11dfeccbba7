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

import type { ItemRefusal } from '../../../domain/release/phase/Phase';

/** What the API server said when it was asked for tasks and evaluations of phases, by their namespace and name. */
export class ItemRefusals {
  private readonly byName = new Map<string, ItemRefusal & { times: number }>();

  get(namespace: string, name: string): ItemRefusal | undefined {
    return this.byName.get(`${namespace}/${name}`);
  }

  /** Notes a refusal. Since when it is refused stays, whatever the words. Returns how often it was. */
  note(namespace: string, name: string, message: string, now: Date): number {
    const key = `${namespace}/${name}`;
    const { since = now, times = 0 } = this.byName.get(key) ?? {};
    this.byName.set(key, { message, since, times: times + 1 });
    return times + 1;
  }

  clear(namespace: string, name: string): void {
    this.byName.delete(`${namespace}/${name}`);
  }
}
